package imgpipe.dispatch.process;

import imgpipe.dispatch.ShardSource;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Footprint;
import imgpipe.shard.Outcome;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A task that waits for a worker with more memory.
 *
 * @param shard that it came in
 * @param need of memory, estimated
 */
record DeferredTask(Task task, Shard shard, Footprint need) {
    /** These tasks, each in a shard of its own. */
    static ShardSource source(List<DeferredTask> tasks) {
        ConcurrentLinkedQueue<DeferredTask> left = new ConcurrentLinkedQueue<>(tasks);
        return () -> {
            DeferredTask next = left.poll();
            return next == null ? null : next.alone();
        };
    }

    /** The end of one for which no worker can have enough, though it asked for that. */
    Outcome refused() {
        return new Outcome.Failed(
                task.id(),
                FailureKind.MEMORY,
                task.name(),
                "it needs more memory than a worker that is alone may have");
    }

    private Shard alone() {
        return new Shard(shard.id(), shard.temporaryFolder(), shard.limits(), List.of(task));
    }
}
