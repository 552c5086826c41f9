package imgpipe.listing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read several times. What can be read only once, such as standard input, is kept in
 * a temporary file, so that every reading finds the same.
 */
public final class KeptInput implements AutoCloseable {
    private final @Nullable Path file;
    private @Nullable FileChannel kept;

    /**
     * Nothing was read yet.
     *
     * @param file or null for standard input
     */
    public KeptInput(@Nullable Path file) {
        this.file = file;
    }

    /** The content from its beginning, for one reader at a time, who closes it. */
    public InputStream open() throws IOException {
        if (file != null && Files.isRegularFile(file)) {
            return Files.newInputStream(file);
        }
        FileChannel copy = kept;
        if (copy == null) {
            copy = keep();
            kept = copy;
        }
        copy.position(0);
        return new FilterInputStream(Channels.newInputStream(copy)) {
            @Override
            public void close() {
                // The next reading needs it.
            }
        };
    }

    private FileChannel keep() throws IOException {
        Path place = Files.createTempFile("imgpipe-", ".names");
        // Taken away by its name at once, so that nothing is left however this process ends.
        FileChannel copy =
                FileChannel.open(
                        place,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        try (InputStream in = file == null ? System.in : Files.newInputStream(file)) {
            in.transferTo(Channels.newOutputStream(copy));
            return copy;
        } catch (IOException e) {
            copy.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (kept != null) {
            kept.close();
        }
    }
}
