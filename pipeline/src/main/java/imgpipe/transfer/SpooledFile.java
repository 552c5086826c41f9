package imgpipe.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A source that was fetched and lies in the spool. */
public final class SpooledFile implements AutoCloseable {
    private final Path path;
    private final long bytes;
    private final String validator;
    private final ByteBudget.Share share;

    SpooledFile(Path path, long bytes, String validator, ByteBudget.Share share) {
        this.path = path;
        this.bytes = bytes;
        this.validator = validator;
        this.share = share;
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /** Its size. */
    public long bytes() {
        return bytes;
    }

    /** See {@link imgpipe.transfer.store.StoredObject#validator()}. */
    public String validator() {
        return validator;
    }

    /** Takes it away. May be called again. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // The end of the run, or the next one, clears the folder.
        }
        share.close();
    }
}
