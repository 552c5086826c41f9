package imgpipe.dispatch.local;

import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.nio.file.Path;

/** What does tasks, one at a time, for one thread. */
public interface TaskEngine extends AutoCloseable {
    /**
     * Does the task. Failures are outcomes; what is thrown is a defect.
     *
     * @param temporaryFolder existing folder for the outputs, named by {@link Task#temporaryName}
     */
    Outcome run(Task task, Limits limits, Path temporaryFolder);

    @Override
    void close();
}
