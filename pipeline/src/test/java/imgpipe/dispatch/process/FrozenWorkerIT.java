package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.dispatch.Recorder;
import imgpipe.dispatch.ShardRunner;
import imgpipe.dispatch.Shards;
import imgpipe.shard.Task;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** How long a worker may stand still. */
@ExtendWith(Leftovers.class)
@Isolated
@Timeout(120)
class FrozenWorkerIT {
    @TempDir Path folder;

    @Test
    void isEndedWithinItsDeadlineAndOneSecond() throws Exception {
        long[] begun = new long[1];
        long[] died = new long[1];
        // Not as its first picture, which has longer.
        Shards shards = new Shards(folder).with("ok", "freeze-once");
        Recorder clock =
                new Recorder() {
                    @Override
                    public void started(int worker, Task task) {
                        super.started(worker, task);
                        begun[0] = died[0] == 0 ? System.nanoTime() : begun[0];
                    }

                    @Override
                    public void workerDied(int worker, String report) {
                        died[0] = System.nanoTime();
                    }
                };
        try (ShardRunner pool =
                new WorkerPool(WorkerPoolIT.settings(1, Duration.ofSeconds(1), folder, ""))) {
            pool.run(shards.source(), clock);
        }
        assertThat(clock.ends(shards.tasks())).containsOnlyKeys("done");
        assertThat(Duration.ofNanos(died[0] - begun[0]))
                .isBetween(Duration.ofMillis(990), Duration.ofSeconds(2));
    }
}
