package imgpipe.worker;

import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.nio.file.Path;

/** What does one task. */
@FunctionalInterface
public interface TaskEngine {
    /**
     * Does the task. Failures are outcomes; what is thrown is a defect.
     *
     * @param temporaryFolder existing folder for the outputs, named by {@link Task#temporaryName}
     */
    Outcome run(Task task, Limits limits, Path temporaryFolder);
}
