package imgpipe.transfer;

import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.transfer.UploadListener.Upload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A folder: files are forced to the disk and renamed on many threads, folders forced by one, once
 * for all files that have arrived meanwhile.
 */
public final class FolderDestination implements Destination {
    private final Folders folders;

    /**
     * Publishes below a folder.
     *
     * @param root without links; nothing is published outside it
     */
    public FolderDestination(Path root) {
        folders = new Folders(root);
    }

    @Override
    public Publication publication(
            Task task, Outcome.Done done, TemporaryOutputs outputs, UploadListener listener) {
        return new FolderPublication(task, done, outputs, folders, listener);
    }

    @Override
    public List<Upload> settle(List<Upload> uploads) throws IOException {
        Set<Path> touched = new LinkedHashSet<>();
        for (Upload upload : uploads) {
            upload.outputs()
                    .forEach(
                            output ->
                                    touched.add(
                                            Folders.of(
                                                    Path.of(
                                                            URI.create(
                                                                    "file://"
                                                                            + output.target())))));
        }
        folders.force(touched);
        return uploads;
    }

    @Override
    public List<Upload> finish() {
        return List.of();
    }

    @Override
    public void close() {}
}
