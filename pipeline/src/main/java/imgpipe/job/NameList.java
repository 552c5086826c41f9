package imgpipe.job;

import imgpipe.listing.KeptInput;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A list of names, read as bytes: a name on Linux is any bytes, and need not be UTF-8. Every
 * reading finds the same names.
 */
final class NameList implements AutoCloseable {
    private final KeptInput input;
    private final int end;

    /**
     * A list that nothing was read of yet.
     *
     * @param list the file, or null for standard input
     * @param nulSeparated names end in NUL instead of a line feed
     */
    NameList(@Nullable Path list, boolean nulSeparated) {
        input = new KeptInput(list);
        this.end = nulSeparated ? 0 : '\n';
    }

    /** What takes the names. */
    interface Consumer {
        /** The next name; false when no more are wanted. */
        boolean accept(byte[] name) throws IOException, JobException;
    }

    /** Reads from the first name on; empty ones are passed over. */
    void read(Consumer names) throws IOException, JobException {
        try (InputStream in = new BufferedInputStream(input.open())) {
            ByteArrayOutputStream name = new ByteArrayOutputStream();
            boolean wanted = true;
            for (int b = in.read(); b >= 0 && wanted; b = in.read()) {
                if (b == end) {
                    wanted = name.size() == 0 || names.accept(name.toByteArray());
                    name.reset();
                } else {
                    name.write(b);
                }
            }
            if (wanted && name.size() > 0) {
                names.accept(name.toByteArray());
            }
        }
    }

    /**
     * The file of that name.
     *
     * @param folder that relative names begin at
     * @throws IllegalArgumentException if no file can have that name
     */
    static Path path(Path folder, byte[] name) {
        StringBuilder uri = new StringBuilder("file:///");
        if (name[0] != '/') {
            String start = folder.toUri().getRawPath();
            uri.append(start, 1, start.length()).append('/');
        }
        for (byte b : name) {
            if (b == '/') {
                // Two in a row stand for one, and must not begin the address of a machine.
                if (uri.charAt(uri.length() - 1) != '/') {
                    uri.append('/');
                }
            } else {
                uri.append('%').append(HexFormat.of().toHexDigits(b));
            }
        }
        return Path.of(URI.create(uri.toString())).normalize();
    }

    /** A name for a message. */
    static String readable(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
