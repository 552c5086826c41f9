package imgpipe.dispatch.process;

import imgpipe.dispatch.RunFailedException;
import imgpipe.dispatch.ShardRunner;
import imgpipe.dispatch.ShardSource;
import imgpipe.dispatch.TaskListener;
import imgpipe.pipe.PipePair;
import imgpipe.shard.Footprint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs shards in worker processes. Nothing is shared between workers: no lock, no queue, no pipe,
 * so that the death of one concerns no other.
 *
 * <p>Pictures that need more memory than one of several workers has are done at the end, by fewer.
 *
 * <p>After {@link #stop()} a worker that dies is not replaced: the picture it had in hand then has
 * no outcome unless there is enough evidence to quarantine it.
 */
public final class WorkerPool implements ShardRunner {
    private static final Duration END_LIMIT = Duration.ofSeconds(3);

    private final PoolSettings settings;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<WorkerSlot> slots = new ArrayList<>();
    private final List<WorkerLog> logs = new ArrayList<>();
    private @Nullable ShardQueue queue;
    private @Nullable Thread feeder;
    private boolean stopped;

    /** A pool whose workers are started by {@link #run}. */
    public WorkerPool(PoolSettings settings) {
        this.settings = settings;
        for (int number = 0; number < settings.workers(); number++) {
            logs.add(new WorkerLog(settings.logFolder(), number));
        }
    }

    @Override
    public int workers() {
        return settings.workers();
    }

    @Override
    public void run(ShardSource shards, TaskListener listener)
            throws RunFailedException, InterruptedException {
        if (begun.getAndSet(true)) {
            throw new IllegalStateException("a pool serves one run");
        }
        ScheduledThreadPoolExecutor deadlines =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("imgpipe-deadlines").factory());
        deadlines.setRemoveOnCancelPolicy(true);
        List<Thread> threads = List.of();
        try {
            threads = start(settings, shards, listener, deadlines);
            List<DeferredTask> left = join(threads);
            // Halves the number of workers until each has memory enough for what is left.
            for (int number = settings.workers() / 2; number > 0; number /= 2) {
                List<DeferredTask> fit = fitting(left, number);
                if (!fit.isEmpty() && !isStopped()) {
                    left = new ArrayList<>(left);
                    left.removeAll(fit);
                    threads =
                            start(
                                    settings.with(Math.min(number, fit.size())),
                                    DeferredTask.source(fit),
                                    listener,
                                    deadlines);
                    left.addAll(join(threads));
                }
            }
            if (!isStopped()) {
                left.forEach(task -> listener.finished(0, task.task(), task.refused()));
            }
        } catch (IOException e) {
            throw new RunFailedException("no pipes can be made for workers: " + e.getMessage(), e);
        } finally {
            kill();
            for (Thread thread : threads) {
                joinForSure(thread);
            }
            deadlines.shutdownNow();
            logs.forEach(WorkerLog::close);
            ended.countDown();
        }
        rethrow(failure.get());
    }

    private List<DeferredTask> fitting(List<DeferredTask> tasks, int number) {
        Footprint room = settings.memory().budget(number).own();
        return tasks.stream().filter(task -> task.need().fitsInto(room)).toList();
    }

    /** Waits for the workers to have done all shards; returns what they have put off. */
    private List<DeferredTask> join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        synchronized (this) {
            return queue == null ? List.of() : queue.deferred();
        }
    }

    private List<Thread> start(
            PoolSettings settings,
            ShardSource shards,
            TaskListener listener,
            ScheduledThreadPoolExecutor deadlines)
            throws IOException, InterruptedException {
        ShardQueue source = new ShardQueue(shards);
        synchronized (this) {
            queue = source;
            slots.clear();
        }
        List<PipePair> pipes = PipePair.create(settings.workers());
        List<Thread> threads = new ArrayList<>();
        Stillbirths stillbirths = new Stillbirths(settings.workers());
        synchronized (this) {
            if (stopped) {
                source.stop();
            }
            for (int number = 0; number < settings.workers(); number++) {
                WorkerSlot slot =
                        new WorkerSlot(
                                settings,
                                number,
                                logs.get(number),
                                pipes.get(number),
                                source,
                                listener,
                                deadlines,
                                stillbirths);
                slots.add(slot);
                threads.add(daemon("imgpipe-worker-" + number, slot::run));
            }
            feeder = daemon("imgpipe-shards", source::feed);
            feeder.start();
        }
        threads.forEach(Thread::start);
        return threads;
    }

    private interface Work {
        void run() throws IOException, InterruptedException, RunFailedException;
    }

    private Thread daemon(String name, Work work) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .uncaughtExceptionHandler((thread, thrown) -> fail(thrown))
                .unstarted(
                        () -> {
                            try {
                                work.run();
                            } catch (InterruptedException e) {
                                // Expected of the feeder at the end of a run, and of nobody else.
                                if (!isStopped()) {
                                    fail(e);
                                }
                            } catch (IOException | RunFailedException e) {
                                fail(e);
                            }
                        });
    }

    private void fail(Throwable thrown) {
        if (failure.compareAndSet(null, thrown)) {
            kill();
        }
    }

    private static void rethrow(@Nullable Throwable thrown) throws RunFailedException {
        switch (thrown) {
            case null -> {}
            case RunFailedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new RunFailedException(String.valueOf(thrown.getMessage()), thrown);
        }
    }

    /** Waits for a thread that is about to end, even if interrupted meanwhile. */
    private static void joinForSure(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        if (queue != null && feeder != null) {
            queue.stop();
            feeder.interrupt();
            slots.forEach(WorkerSlot::stop);
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized void kill() {
        stopped = true;
        if (queue != null && feeder != null) {
            queue.stop();
            feeder.interrupt();
            slots.forEach(WorkerSlot::kill);
        }
    }

    @Override
    public String state() {
        StringBuilder text = new StringBuilder();
        synchronized (this) {
            slots.forEach(slot -> text.append(slot.state()).append('\n'));
            if (queue != null) {
                text.append(queue.state()).append('\n');
            }
        }
        return text.toString();
    }

    /** Ends all workers and waits a little for the run to have cleared up. */
    @Override
    public void close() {
        kill();
        synchronized (this) {
            if (queue == null) {
                return;
            }
        }
        try {
            ended.await(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
