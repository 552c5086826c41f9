package imgpipe.dispatch.process;

import imgpipe.dispatch.ShardSource;
import imgpipe.shard.Shard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The shards that workers pull. Those given back by the dead go before those of the source. A shard
 * is taken from the source only when a worker waits for it, by one thread of its own: waiting for
 * the source must not keep anybody from what was given back, nor from hearing of an end.
 */
final class ShardQueue {
    private final ShardSource source;
    private final Deque<Shard> available = new ArrayDeque<>();
    private final List<DeferredTask> deferred = new ArrayList<>();
    private int waiting;
    private int outstanding;
    private boolean dry;
    private boolean stopped;

    ShardQueue(ShardSource source) {
        this.source = source;
    }

    /** Takes from the source until it is dry or the queue stopped. */
    void feed() throws InterruptedException {
        while (awaitDemand()) {
            Shard shard = source.next();
            synchronized (this) {
                if (shard == null) {
                    dry = true;
                } else {
                    available.addLast(shard);
                }
                notifyAll();
            }
        }
    }

    private synchronized boolean awaitDemand() throws InterruptedException {
        while (!dry && !stopped && waiting <= available.size()) {
            wait();
        }
        return !dry && !stopped;
    }

    /**
     * Waits for a shard, which is then outstanding until {@link #done()} or {@link #giveBack}.
     *
     * @param gone whether the one who asks does not want it any more; asked after each {@link
     *     #wake()}
     * @return null if there is none and none will come, the queue is stopped, or the asker is gone
     */
    synchronized @Nullable Shard take(BooleanSupplier gone) throws InterruptedException {
        waiting++;
        notifyAll();
        try {
            while (hasNext() && !gone.getAsBoolean()) {
                Shard shard = available.pollFirst();
                if (shard != null) {
                    outstanding++;
                    return shard;
                }
                wait();
            }
            return null;
        } finally {
            waiting--;
        }
    }

    /** Whether {@link #take} may yet return a shard. */
    synchronized boolean hasNext() {
        return !stopped && (!dry || outstanding > 0 || !available.isEmpty());
    }

    /** One shard that was taken needs nothing more. */
    synchronized void done() {
        outstanding--;
        notifyAll();
    }

    /**
     * What is left of a shard that was taken, for somebody else. The shard itself is not done by
     * that.
     */
    synchronized void giveBack(Shard rest) {
        available.addFirst(rest);
        notifyAll();
    }

    /** A task of a shard that was taken is not for these workers. */
    synchronized void defer(DeferredTask task) {
        deferred.add(task);
    }

    /** What was put off, for workers that have more memory. */
    synchronized List<DeferredTask> deferred() {
        return List.copyOf(deferred);
    }

    /** Nobody gets anything from now on. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Lets those who wait look whether they are gone. */
    synchronized void wake() {
        notifyAll();
    }

    /** How it stands, for people. */
    synchronized String state() {
        return "shards: %d workers wait, %d shards are ready, %d are out, %s"
                .formatted(
                        waiting,
                        available.size(),
                        outstanding,
                        stopped ? "stopped" : dry ? "no more will come" : "more may come");
    }
}
