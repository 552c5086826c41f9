package imgpipe.listing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8, of which each may be as long as it likes without filling the memory. */
final class Lines {
    /** Bytes of the longest line that is of interest. */
    static final int MOST = 1 << 20;

    private final InputStream in;
    private byte[] bytes = new byte[256];
    private int length;
    private long number;
    private boolean tooLong;

    /**
     * Reads the stream to its end, and leaves it open.
     *
     * @param in buffered
     */
    Lines(InputStream in) {
        this.in = in;
    }

    /** The next line without its end, or null; of one that is too long the beginning. */
    @Nullable String next() throws IOException {
        length = 0;
        tooLong = false;
        int b = in.read();
        if (b < 0) {
            return null;
        }
        number++;
        while (b >= 0 && b != '\n') {
            if (length == MOST) {
                tooLong = true;
            } else {
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, length * 2);
                }
                bytes[length++] = (byte) b;
            }
            b = in.read();
        }
        if (length > 0 && bytes[length - 1] == '\r') {
            length--;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Of the line read last, counted from 1. */
    long number() {
        return number;
    }

    /** Whether the line read last has more than {@link #MOST} bytes. */
    boolean isTooLong() {
        return tooLong;
    }
}
