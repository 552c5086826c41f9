package imgpipe.listing;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A table with a header (RFC 4180), of which a row may take several lines. */
final class CsvRows implements Rows {
    /** Characters of the longest record. */
    private static final int MOST = 1 << 20;

    private final String list;
    private final Columns columns;
    private final char separator;

    /**
     * Rows of that list.
     *
     * @param list its name, for messages
     * @param separator between fields
     */
    CsvRows(String list, Columns columns, char separator) {
        this.list = list;
        this.columns = columns;
        this.separator = separator;
    }

    @Override
    public void read(InputStream in, Consumer rows) throws IOException, ListException {
        long line = 1;
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder()
                        .fieldSeparator(separator)
                        .maxBufferSize(MOST)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowUnclosedQuote(false)
                        .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            CloseableIterator<CsvRecord> records = reader.iterator();
            if (!records.hasNext()) {
                return;
            }
            CsvRecord header = records.next();
            columns.require(list, header.getFields());
            int address = Columns.index(header.getFields(), columns.address());
            int name =
                    columns.name() == null ? -1 : Columns.index(header.getFields(), columns.name());
            boolean wanted = true;
            while (wanted && records.hasNext()) {
                CsvRecord row = records.next();
                line = row.getStartingLineNumber();
                String value = field(row, address);
                if (value == null) {
                    rows.unreadable(line, "has no column " + Quoted.of(columns.address()));
                } else {
                    wanted = rows.row(line, value, field(row, name));
                }
            }
        } catch (CsvParseException e) {
            // Its message may hold a piece of the list.
            throw new ListException(
                    list
                            + " cannot be read behind line "
                            + line
                            + ": a quotation mark is not closed or not doubled, or a row is"
                            + " longer than a million characters");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static @Nullable String field(CsvRecord row, int column) {
        return column < 0 || column >= row.getFieldCount() ? null : row.getField(column);
    }
}
