package imgpipe.engine;

import imgpipe.shard.Answer;
import imgpipe.shard.Limits;
import imgpipe.shard.MemoryBudget;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.nio.file.Path;

/** What does tasks, one at a time, for one thread. */
@FunctionalInterface
public interface TaskEngine extends AutoCloseable {
    /**
     * Does the task. Failures are outcomes; what is thrown is a defect, after which the engine is
     * not used again.
     *
     * @param temporaryFolder existing folder for the outputs, named by {@link Task#temporaryName}
     */
    Outcome run(Task task, Limits limits, Path temporaryFolder);

    /**
     * Does the task if its picture fits into a worker's memory; looks at no pixel if not.
     *
     * @return {@link imgpipe.shard.Deferred} if it fits only without others beside it
     */
    default Answer run(Task task, Limits limits, Path temporaryFolder, MemoryBudget budget) {
        return run(task, limits, temporaryFolder);
    }

    /** Gives back what the engine holds. */
    @Override
    default void close() {}
}
