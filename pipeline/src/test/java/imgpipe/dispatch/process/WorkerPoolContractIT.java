package imgpipe.dispatch.process;

import imgpipe.dispatch.ShardRunner;
import imgpipe.dispatch.ShardRunnerContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

@ExtendWith(Leftovers.class)
@ResourceLock(Leftovers.POOL)
class WorkerPoolContractIT implements ShardRunnerContract {
    @Override
    public ShardRunner runner(int workers, Path logs) {
        return new WorkerPool(WorkerPoolIT.settings(workers, Duration.ofSeconds(30), logs, ""));
    }
}
