package imgpipe.job;

import imgpipe.dispatch.ShardSource;
import imgpipe.dispatch.TaskListener;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Footprint;
import imgpipe.shard.Outcome;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a runner and its shards, and has pictures tried again that changed since they were
 * listed or while they were read: after a pause, as files of the size and time that they have by
 * then. So the ledger tells what was read. Nobody waits for a pause while there is something else
 * to do.
 */
final class ChangedSources implements ShardSource, TaskListener {
    /** A file that is still being written after all pauses, 3.5 s, is for the next run. */
    private static final int MOST_TRIES = 4;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final ShardSource source;
    private final TaskListener listener;
    private final Map<Long, Integer> tries = new HashMap<>();
    private final PriorityQueue<Again> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Again::nanoTime));
    private final Set<Long> deferred = new HashSet<>();
    private @Nullable Shard last;
    private long inHand;
    private long shards;
    private boolean dry;

    private record Again(Task task, long nanoTime) {}

    ChangedSources(ShardSource source, TaskListener listener) {
        this.source = source;
        this.listener = listener;
    }

    @Override
    public @Nullable Shard next() throws InterruptedException {
        while (true) {
            synchronized (this) {
                Again first = waiting.peek();
                long pause = first == null ? Long.MAX_VALUE : first.nanoTime() - System.nanoTime();
                if (first != null && last != null && pause <= 0) {
                    waiting.remove();
                    shards++;
                    return new Shard(
                            -shards,
                            last.temporaryFolder(),
                            last.limits(),
                            List.of(asItIsNow(first.task())));
                }
                if (dry && inHand == 0) {
                    return null;
                }
                if (dry) {
                    // At least a millisecond: 0 would be for ever.
                    wait(TimeUnit.NANOSECONDS.toMillis(pause) + 1);
                    continue;
                }
            }
            Shard shard = source.next();
            synchronized (this) {
                if (shard == null) {
                    dry = true;
                } else {
                    last = shard;
                    inHand += shard.tasks().size();
                    return shard;
                }
            }
        }
    }

    private static Task asItIsNow(Task task) {
        try {
            BasicFileAttributes now =
                    Files.readAttributes(
                            Path.of(URI.create("file://" + task.source())),
                            BasicFileAttributes.class);
            return new Task(
                    task.id(),
                    task.name(),
                    task.source(),
                    now.size(),
                    now.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                    task.renditions());
        } catch (IOException e) {
            // A worker will find the same, and say so.
            return task;
        }
    }

    @Override
    public void started(int worker, Task task) {
        listener.started(worker, task);
    }

    @Override
    public void finished(int worker, Task task, Outcome outcome) {
        if (wasDeferred(task)) {
            listener.finished(worker, task, outcome);
            return;
        }
        if (outcome instanceof Outcome.Failed failed && failed.kind() == FailureKind.CHANGED) {
            if (isTriedAgain(task)) {
                listener.triedAgain(worker, task);
                return;
            }
            listener.finished(
                    worker,
                    task,
                    new Outcome.Failed(
                            task.id(),
                            FailureKind.CHANGED,
                            task.name(),
                            "it changed before or while it was read, "
                                    + MOST_TRIES
                                    + " times; the next run will take it as it is then"));
        } else {
            listener.finished(worker, task, outcome);
        }
        synchronized (this) {
            tries.remove(task.id());
            inHand--;
            notifyAll();
        }
    }

    /** The end of the shards is not held up by it: it waits for just that. */
    @Override
    public void deferred(int worker, Task task, Footprint need) {
        listener.deferred(worker, task, need);
        synchronized (this) {
            if (deferred.add(task.id())) {
                tries.remove(task.id());
                inHand--;
                notifyAll();
            }
        }
    }

    /** Nobody asks for shards any more when such a task is done, so it cannot be tried again. */
    private synchronized boolean wasDeferred(Task task) {
        return deferred.remove(task.id());
    }

    private synchronized boolean isTriedAgain(Task task) {
        int done = tries.merge(task.id(), 1, Integer::sum);
        if (done == MOST_TRIES) {
            return false;
        }
        long pause = FIRST_PAUSE.toNanos() << (done - 1);
        waiting.add(new Again(task, System.nanoTime() + pause));
        notifyAll();
        return true;
    }

    @Override
    public void triedAgain(int worker, Task task) {
        listener.triedAgain(worker, task);
    }

    @Override
    public void workerDied(int worker, String report) {
        listener.workerDied(worker, report);
    }
}
