package imgpipe.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a ledger from its first line to its last. Nothing damaged is believed: a line whose
 * checksum is wrong or missing is passed over and counted, and so is one that is longer than
 * {@value #LONGEST} bytes. What stands behind the last line feed is what a crash has torn: it is
 * passed over and not counted.
 */
public final class LedgerReader implements AutoCloseable {
    private static final int LONGEST = 1 << 22;

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];

    /** Where the next line begins, and where that which was read ends, in the buffer. */
    private int begin;

    private int end;

    /** Where the buffer begins in the file. */
    private long position;

    private long lines;
    private long damaged;

    private LedgerReader(InputStream in) {
        this.in = in;
    }

    /** Opens a ledger; one that is not there has no lines. */
    public static LedgerReader open(Path file) throws IOException {
        try {
            return new LedgerReader(Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            return new LedgerReader(InputStream.nullInputStream());
        }
    }

    /** The next line that is whole, or null behind the last. */
    public @Nullable LedgerLine next() throws IOException {
        boolean tooLong = false;
        int seen = begin;
        while (true) {
            while (seen < end && buffer[seen] != '\n') {
                seen++;
            }
            if (seen == end) {
                if (end - begin > LONGEST) {
                    // Its bytes are not kept: a file that is no ledger may be one endless line.
                    tooLong = true;
                    begin = end;
                }
                seen -= begin;
                if (!fill()) {
                    return null;
                }
                continue;
            }
            int first = begin;
            int length = seen - first;
            begin = ++seen;
            LedgerEntry entry = tooLong ? null : LedgerFormat.read(buffer, first, length);
            if (entry != null) {
                lines++;
                return new LedgerLine(position + first, length, entry);
            }
            if (length > 0 || tooLong) {
                damaged++;
            }
            tooLong = false;
        }
    }

    /** Reads on, keeping what was read of a line; the line begins the buffer then. */
    private boolean fill() throws IOException {
        position += begin;
        System.arraycopy(buffer, begin, buffer, 0, end - begin);
        end -= begin;
        begin = 0;
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(read, 0);
        return read > 0;
    }

    /** How many whole lines there were so far. */
    public long lines() {
        return lines;
    }

    /** How many damaged or foreign lines were passed over so far. */
    public long damaged() {
        return damaged;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
