package imgpipe.transfer;

import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.transfer.UploadListener.Upload;
import java.io.IOException;
import java.util.List;

/** One kind of place that outputs are published to. */
public interface Destination extends AutoCloseable {
    /**
     * Begins to publish the outputs of one task. Called from several threads.
     *
     * @param outputs the worker's files, which the destination may move away
     * @param listener is told before an output gets its final name, where that matters
     */
    Publication publication(
            Task task, Outcome.Done done, TemporaryOutputs outputs, UploadListener listener);

    /**
     * Makes what was published survive a power loss. Called from one thread, in the order of
     * publishing.
     *
     * @return those of all that were settled so far, and not returned yet, that will
     * @throws IOException when none of these do
     */
    List<Upload> settle(List<Upload> uploads) throws IOException;

    /**
     * Settles whatever is left.
     *
     * @return see {@link #settle}
     */
    List<Upload> finish() throws IOException;

    /**
     * Whether a publication may be interrupted: it leaves nothing behind then that is not whole,
     * and closes no file that others write.
     */
    default boolean isInterruptible() {
        return false;
    }

    @Override
    void close();
}
