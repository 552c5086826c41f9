package imgpipe.listing;

import imgpipe.listing.SafeName.Named;
import imgpipe.listing.SafeName.Refused;
import imgpipe.transfer.store.Addresses;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A list of addresses: plain text, CSV or TSV with a header, or JSON lines, each also compressed by
 * gzip. The form is told by the file's extension, or by the first line where that says nothing.
 *
 * <p>A row that says the same as an earlier one, address and name, is passed over. To know these,
 * 64 bits of each row's SHA-256 are held, 11 to 27 bytes a row; that two different ones of ten
 * million rows share them, and one is lost, has a chance of 1 in 300,000.
 */
public final class AddressList implements AutoCloseable {
    private static final Set<String> SCHEMES = Set.of("http", "https", "s3");

    private final @Nullable Path file;
    private final Columns columns;
    private final KeptInput input;

    /**
     * A list that nothing was read of yet.
     *
     * @param file or null for standard input, which can be read several times too
     */
    public AddressList(@Nullable Path file, Columns columns) {
        this.file = file;
        this.columns = columns;
        input = new KeptInput(file);
    }

    /**
     * A row that can be used.
     *
     * @param line where it begins, counted from 1
     * @param address {@code http}, {@code https} or {@code s3}; may hold secrets
     * @param name relative and percent-encoded, see {@link Named}: of the column of names, or of
     *     the address where that is empty or was not asked for
     */
    public record Entry(long line, String address, String name) {}

    /** What takes the rows. */
    public interface Consumer {
        /** The next row; false when no more are wanted. */
        boolean accept(Entry entry) throws IOException;

        /**
         * A row that cannot be used.
         *
         * @param sentence without secrets, says which list and line
         */
        void refused(long line, String sentence) throws IOException;

        /** A row that says the same as an earlier one. */
        default void repeated(long line) {}
    }

    /** How messages name the list. */
    public String title() {
        return file == null ? "standard input" : file.toString();
    }

    /**
     * Reads from the first row on.
     *
     * @throws ListException when the list as a whole is of no use, or cannot be read to its end;
     *     some rows may have been told
     * @throws IOException when the file cannot be read; what the consumer throws too
     */
    public void read(Consumer consumer) throws IOException, ListException {
        if (file != null && (!Files.isReadable(file) || Files.isDirectory(file))) {
            throw new ListException(title() + " is not there or cannot be read");
        }
        Reading reading = new Reading(consumer);
        try (InputStream raw = input.open();
                InputStream in = Beginning.plain(title(), raw)) {
            Rows rows = Beginning.rows(title(), columns, in);
            if (rows instanceof TextRows && !columns.equals(Columns.USUAL)) {
                throw new ListException(
                        title() + " is plain text, one address a line, and has no columns");
            }
            rows.read(in, reading);
        } catch (EOFException | ZipException e) {
            throw new ListException(
                    title()
                            + " is cut off or damaged behind line "
                            + reading.line
                            + ": gzip cannot read it");
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private final class Reading implements Rows.Consumer {
        private final Consumer consumer;
        private final HashSet64 known = new HashSet64();
        private long line;

        Reading(Consumer consumer) {
            this.consumer = consumer;
        }

        @Override
        public boolean row(long number, String rawAddress, @Nullable String rawName)
                throws IOException {
            line = number;
            String address = rawAddress.strip();
            String given = rawName == null ? "" : rawName;
            if (!known.add(Digest.number(address + "\n" + given))) {
                consumer.repeated(line);
                return true;
            }
            String fault = fault(address, given);
            if (fault != null) {
                unreadable(line, fault);
                return true;
            }
            return switch (given.isEmpty() ? AddressName.of(address) : SafeName.of(given)) {
                case Named named -> consumer.accept(new Entry(line, address, named.name()));
                case Refused refused -> {
                    consumer.refused(line, where(line) + ": " + refused.sentence());
                    yield true;
                }
            };
        }

        @Override
        public void unreadable(long number, String why) throws IOException {
            line = number;
            consumer.refused(number, where(number) + " " + why);
        }

        private String where(long number) {
            return "line " + number + " of " + title();
        }
    }

    /** Why there is no such address, without telling it: who knows what it is. */
    private static @Nullable String fault(String address, String name) {
        if (address.isEmpty()) {
            return "has no address";
        }
        if (address.indexOf('\uFFFD') >= 0 || name.indexOf('\uFFFD') >= 0) {
            return "is no UTF-8";
        }
        String scheme = Addresses.scheme(address).orElse("");
        if (scheme.isEmpty()) {
            return "is no address: one begins with http://, https:// or s3://";
        }
        if (!SCHEMES.contains(scheme)) {
            return "has an address of " + Quoted.of(scheme) + "; only http, https and s3 are read";
        }
        if (address.chars().anyMatch(Character::isISOControl)) {
            return "has an address that holds a control character";
        }
        return null;
    }
}
