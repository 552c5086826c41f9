package imgpipe.transfer;

import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a worker has made of one task, until it is published. */
public final class TemporaryOutputs {
    private final Path folder;
    private final Task task;
    private final Outcome.Done done;

    TemporaryOutputs(Path folder, Task task, Outcome.Done done) {
        this.folder = folder;
        this.task = task;
        this.done = done;
    }

    /**
     * The file of a rendition, which has as many bytes as the worker wrote.
     *
     * @throws IOException when it has not
     */
    public Path whole(int rendition) throws IOException {
        Path file = folder.resolve(task.temporaryName(rendition));
        long wrote = done.written().get(rendition).bytes();
        long bytes = Files.size(file);
        if (bytes != wrote) {
            throw new IOException("the worker wrote " + wrote + " bytes, its file has " + bytes);
        }
        return file;
    }

    /** Bytes of all files together. */
    long bytes() {
        return done.written().stream().mapToLong(written -> written.bytes()).sum();
    }

    /** Removes what is still there: it may be much, and the run may be long. */
    public void discard() {
        for (int i = 0; i < task.renditions().size(); i++) {
            try {
                Files.deleteIfExists(folder.resolve(task.temporaryName(i)));
            } catch (IOException e) {
                // The end of the run, or the next one, clears the folder.
            }
        }
    }
}
