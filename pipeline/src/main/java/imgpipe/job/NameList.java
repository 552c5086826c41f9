package imgpipe.job;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A list of names, read as bytes: a name on Linux is any bytes, and need not be UTF-8. What can be
 * read only once, such as standard input, is kept in a temporary file, so that every reading finds
 * the same names.
 */
final class NameList implements AutoCloseable {
    private final @Nullable Path list;
    private final int end;
    private @Nullable FileChannel kept;

    /**
     * A list that nothing was read of yet.
     *
     * @param list the file, or null for standard input
     * @param nulSeparated names end in NUL instead of a line feed
     */
    NameList(@Nullable Path list, boolean nulSeparated) {
        this.list = list;
        this.end = nulSeparated ? 0 : '\n';
    }

    /** What takes the names. */
    interface Consumer {
        /** The next name; false when no more are wanted. */
        boolean accept(byte[] name) throws IOException, JobException;
    }

    /** Reads from the first name on; empty ones are passed over. */
    void read(Consumer names) throws IOException, JobException {
        try (InputStream in = new BufferedInputStream(open())) {
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

    private InputStream open() throws IOException {
        if (list != null && Files.isRegularFile(list)) {
            return Files.newInputStream(list);
        }
        FileChannel copy = kept;
        if (copy == null) {
            copy = keep();
            kept = copy;
        }
        copy.position(0);
        FileChannel content = copy;
        return new java.io.FilterInputStream(Channels.newInputStream(content)) {
            @Override
            public void close() {
                // The next reading needs it.
            }
        };
    }

    private FileChannel keep() throws IOException {
        Path file = Files.createTempFile("imgpipe-", ".names");
        // Taken away by its name at once, so that nothing is left however this process ends.
        FileChannel copy =
                FileChannel.open(
                        file,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        try (InputStream in = list == null ? System.in : Files.newInputStream(list)) {
            in.transferTo(Channels.newOutputStream(copy));
            return copy;
        } catch (IOException e) {
            copy.close();
            throw e;
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
        if (kept != null) {
            kept.close();
        }
    }
}
