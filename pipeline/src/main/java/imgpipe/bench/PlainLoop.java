package imgpipe.bench;

import imgpipe.dispatch.ShardRunner;
import imgpipe.dispatch.ShardSource;
import imgpipe.dispatch.TaskListener;
import imgpipe.engine.Engine;
import imgpipe.engine.TaskEngine;
import imgpipe.shard.Outcome;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.net.URI;
import java.nio.file.Path;

/** The engine in a plain loop on the calling thread: what all others are compared with. */
final class PlainLoop implements ShardRunner {
    private volatile boolean stopped;

    @Override
    public int workers() {
        return 1;
    }

    @Override
    public void run(ShardSource shards, TaskListener listener) throws InterruptedException {
        try (TaskEngine engine = Engine.create()) {
            for (Shard shard = shards.next(); shard != null; shard = shards.next()) {
                Path folder = Path.of(URI.create("file://" + shard.temporaryFolder()));
                for (Task task : shard.tasks()) {
                    if (stopped) {
                        return;
                    }
                    listener.started(0, task);
                    Outcome outcome = engine.run(task, shard.limits(), folder);
                    listener.finished(0, task, outcome);
                }
            }
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() {
        stop();
    }
}
