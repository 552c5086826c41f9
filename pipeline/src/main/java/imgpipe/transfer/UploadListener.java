package imgpipe.transfer;

import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.io.IOException;
import java.util.List;

/**
 * Hears what becomes of outputs. {@link #published}, {@link #kept} and {@link #failed} are called
 * from one thread.
 */
public interface UploadListener {
    /**
     * These outputs are about to get their final names, under which they will have this size and
     * time. Called from several threads.
     *
     * @param outputs one for each rendition
     * @throws IOException when they shall not; it is tried again like any other fault
     */
    void publishing(Task task, List<Published> outputs) throws IOException;

    /**
     * These outputs are under their final names and will survive a power loss.
     *
     * @param batch in the order in which they were published
     */
    void published(List<Upload> batch);

    /**
     * The outputs of a task are there already, made by somebody else, and nothing is to be
     * overwritten.
     */
    void kept(Task task);

    /** The outputs of a task could not be published, after all attempts. */
    void failed(Task task, IOException cause);

    /**
     * One task's outputs.
     *
     * @param outputs one for each rendition
     */
    record Upload(Task task, Outcome.Done done, List<Published> outputs) {}
}
