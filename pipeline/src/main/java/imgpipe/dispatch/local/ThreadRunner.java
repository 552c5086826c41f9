package imgpipe.dispatch.local;

import imgpipe.dispatch.ShardRunner;
import imgpipe.dispatch.ShardSource;
import imgpipe.dispatch.TaskListener;
import imgpipe.engine.CopyEngine;
import imgpipe.engine.Engine;
import imgpipe.engine.TaskEngine;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Outcome;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs shards on threads, each with an engine of its own.
 *
 * <p>What processes give is missing here: a picture that takes too long cannot be ended, as Java
 * has no way to end a thread, so there are no deadlines, and {@link #close()} leaves a picture in
 * hand to a daemon thread; a picture that brings down the JVM brings down the run; all share one
 * heap. An engine that has thrown an {@link Error} is not used again.
 */
public final class ThreadRunner implements ShardRunner {
    private static final Duration END_LIMIT = Duration.ofSeconds(3);

    private final int workers;
    private final Supplier<TaskEngine> engines;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Set<Thread> waiting = new HashSet<>();
    private final CountDownLatch running;
    private final ReadWriteLock telling = new ReentrantReadWriteLock();
    private volatile boolean stopped;
    private volatile boolean closed;

    /** Runs on the given number of threads with the real engine. */
    public ThreadRunner(int workers) {
        this(workers, Engine::create);
    }

    /**
     * Runs with another engine.
     *
     * @param workers threads, at least 1
     * @param engines called once by each thread, and again after an {@link Error}
     */
    public ThreadRunner(int workers, Supplier<TaskEngine> engines) {
        if (workers < 1) {
            throw new IllegalArgumentException("a runner cannot have " + workers + " workers");
        }
        this.workers = workers;
        running = new CountDownLatch(workers);
        this.engines = engines;
    }

    /**
     * Runs on so many threads, each of which copies pictures as they are.
     *
     * @param anyFile see {@link CopyEngine#CopyEngine}
     */
    public static ThreadRunner copying(int workers, boolean anyFile) {
        return new ThreadRunner(workers, () -> new CopyEngine(anyFile));
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public void run(ShardSource shards, TaskListener listener) throws InterruptedException {
        for (int number = 0; number < workers; number++) {
            start(number, shards, listener);
        }
        try {
            running.await();
        } finally {
            close();
        }
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private void start(int number, ShardSource shards, TaskListener listener) {
        Thread.ofPlatform()
                .daemon()
                .name("imgpipe-worker-" + number)
                .start(
                        () -> {
                            try {
                                work(number, shards, listener);
                            } catch (RuntimeException | Error e) {
                                failure.compareAndSet(null, e);
                                stop();
                            } finally {
                                running.countDown();
                            }
                        });
    }

    private void work(int number, ShardSource shards, TaskListener listener) {
        TaskEngine engine = engines.get();
        try {
            for (Shard shard = next(shards); shard != null; shard = next(shards)) {
                Path folder = Path.of(URI.create("file://" + shard.temporaryFolder()));
                for (Task task : shard.tasks()) {
                    if (stopped) {
                        return;
                    }
                    listener.started(number, task);
                    Outcome outcome;
                    try {
                        outcome = engine.run(task, shard.limits(), folder);
                    } catch (RuntimeException e) {
                        outcome = failed(task, e);
                    } catch (Error e) {
                        outcome = failed(task, e);
                        engine.close();
                        engine = engines.get();
                    }
                    finish(listener, number, task, outcome);
                }
            }
        } finally {
            engine.close();
        }
    }

    /** After {@link #close()} nobody hears of anything. */
    private void finish(TaskListener listener, int number, Task task, Outcome outcome) {
        telling.readLock().lock();
        try {
            if (!closed) {
                listener.finished(number, task, outcome);
            }
        } finally {
            telling.readLock().unlock();
        }
    }

    /** Waits for a shard, and only then can be interrupted: never with a picture in hand. */
    private @Nullable Shard next(ShardSource shards) {
        synchronized (waiting) {
            if (stopped) {
                return null;
            }
            waiting.add(Thread.currentThread());
        }
        Shard shard;
        try {
            shard = shards.next();
        } catch (InterruptedException e) {
            shard = null;
        }
        synchronized (waiting) {
            waiting.remove(Thread.currentThread());
            boolean _ = Thread.interrupted();
            return stopped ? null : shard;
        }
    }

    private static Outcome failed(Task task, Throwable thrown) {
        FailureKind kind =
                thrown instanceof OutOfMemoryError ? FailureKind.MEMORY : FailureKind.INTERNAL;
        return new Outcome.Failed(task.id(), kind, task.name(), "the engine threw " + thrown);
    }

    @Override
    public void stop() {
        synchronized (waiting) {
            stopped = true;
            waiting.forEach(Thread::interrupt);
        }
    }

    @Override
    public void close() {
        closed = true;
        stop();
        awaitSilence();
        while (running.getCount() > 0) {
            running.countDown();
        }
    }

    /** Waits, but not for ever, for those who tell of an outcome just now. */
    private void awaitSilence() {
        try {
            if (telling.writeLock().tryLock(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                telling.writeLock().unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
