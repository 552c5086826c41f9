package imgpipe.job;

import imgpipe.ledger.LedgerEntry.Output;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** Outputs in a folder, looked at when they are asked for. */
final class FolderOutputs implements Outputs {
    private final String uri;

    /**
     * Those below a folder.
     *
     * @param uri its percent-encoded path, ending in a slash
     */
    FolderOutputs(String uri) {
        this.uri = uri;
    }

    private Path path(String path) {
        return Path.of(URI.create("file://" + uri + path));
    }

    @Override
    public Output now(String path) {
        try {
            BasicFileAttributes now =
                    Files.readAttributes(
                            path(path), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return Output.there(path, now.size(), now.lastModifiedTime().to(TimeUnit.NANOSECONDS));
        } catch (IOException e) {
            return Output.there(path, -1, 0);
        }
    }

    @Override
    public boolean isFree(String path) {
        return Files.notExists(path(path), LinkOption.NOFOLLOW_LINKS);
    }
}
