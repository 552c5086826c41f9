package imgpipe.dispatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.dispatch.NamedBehaviour;
import imgpipe.dispatch.Recorder;
import imgpipe.dispatch.ShardRunner;
import imgpipe.dispatch.ShardRunnerContract;
import imgpipe.dispatch.Shards;
import imgpipe.engine.TaskEngine;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadRunnerTest implements ShardRunnerContract {
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public ShardRunner runner(int workers, Path logs) {
        return new ThreadRunner(workers, this::engine);
    }

    private TaskEngine engine() {
        created.incrementAndGet();
        return new TaskEngine() {
            @Override
            public Outcome run(Task task, Limits limits, Path temporaryFolder) {
                return NamedBehaviour.run(task, limits, temporaryFolder);
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    @Test
    void anEngineThatThrewAnErrorIsReplacedAndAllAreClosed(@TempDir Path folder) throws Exception {
        Shards shards = new Shards(folder).with("overflow", "exception", "ok");
        try (ShardRunner runner = runner(1, folder)) {
            runner.run(shards.source(), new Recorder());
        }
        assertThat(created).hasValue(2);
        assertThat(closed).hasValue(2);
    }
}
