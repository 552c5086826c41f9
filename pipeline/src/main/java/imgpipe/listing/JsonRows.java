package imgpipe.listing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. */
final class JsonRows implements Rows {
    private static final JsonFactory JSON = new JsonFactory();

    private final String list;
    private final Columns columns;

    /**
     * Rows of that list.
     *
     * @param list its name, for messages
     */
    JsonRows(String list, Columns columns) {
        this.list = list;
        this.columns = columns;
    }

    /** Of the fields of one object those with text or a number; null for others. */
    private record Fields(List<String> names, List<@Nullable String> values) {
        @Nullable String value(String wanted) {
            int index = Columns.index(names, wanted);
            return index < 0 ? null : values.get(index);
        }
    }

    @Override
    public void read(InputStream in, Consumer rows) throws IOException, ListException {
        Lines lines = new Lines(in);
        boolean first = true;
        boolean wanted = true;
        for (String line = lines.next(); line != null; line = wanted ? lines.next() : null) {
            if (line.isBlank()) {
                continue;
            }
            if (first && line.stripLeading().startsWith("[")) {
                throw new ListException(
                        list + " is one JSON array; give one object a line, as jq -c '.[]' does");
            }
            Fields fields = lines.isTooLong() ? null : fields(line);
            if (fields == null) {
                rows.unreadable(
                        lines.number(), lines.isTooLong() ? "is too long" : "is no JSON object");
            } else {
                if (first) {
                    columns.require(list, fields.names());
                }
                wanted = row(fields, lines.number(), rows);
            }
            first = false;
        }
    }

    private boolean row(Fields fields, long line, Consumer rows) throws IOException, ListException {
        String address = fields.value(columns.address());
        if (address == null) {
            rows.unreadable(line, "has no text in " + Quoted.of(columns.address()));
            return true;
        }
        return rows.row(
                line, address, columns.name() == null ? null : fields.value(columns.name()));
    }

    private static @Nullable Fields fields(String line) throws IOException {
        List<String> names = new ArrayList<>();
        List<@Nullable String> values = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                names.add(parser.currentName());
                JsonToken value = parser.nextToken();
                values.add(
                        value == JsonToken.VALUE_STRING || value.isNumeric()
                                ? parser.getText()
                                : null);
                parser.skipChildren();
            }
            return parser.nextToken() == null ? new Fields(names, values) : null;
        } catch (StreamReadException e) {
            return null;
        }
    }
}
