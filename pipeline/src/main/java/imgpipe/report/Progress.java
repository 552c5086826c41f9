package imgpipe.report;

import imgpipe.job.JobListener;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a run goes on. The listener's calls only count; one thread of its own draws, at most
 * ten times a second, and writes a line a minute.
 */
public final class Progress implements JobListener, AutoCloseable {
    private static final Duration FRAME = Duration.ofMillis(100);
    private static final Duration LINE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final @Nullable StatusLine bar;
    private final Consumer<String> lines;

    /** Since when each worker has had a picture in hand, in milliseconds; 0 if it has none. */
    private final long[] since;

    private boolean planned;
    private long total;
    private long totalBytes;
    private long finished;
    private long finishedBytes;
    private long failed;
    private long firstStart;
    private @Nullable ScheduledExecutorService ticker;

    /**
     * Shows nothing until {@link #start()}.
     *
     * @param workers number of workers
     * @param bar where a bar is drawn, or null for none
     * @param lines gets a line a minute
     */
    public Progress(
            int workers, @Nullable StatusLine bar, Consumer<String> lines, InstantSource clock) {
        this.since = new long[workers];
        this.bar = bar;
        this.lines = lines;
        this.clock = clock;
    }

    /** Begins to draw. */
    public void start() {
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("progress").factory());
        if (bar != null) {
            schedule(started, this::draw, FRAME);
        }
        schedule(started, this::writeLine, LINE);
        ticker = started;
    }

    /** Draws the bar as it is now. */
    void draw() {
        if (bar != null) {
            bar.show(ProgressBar.line(state(), bar.columns(), bar.unicode(), bar.colored()));
        }
    }

    /** Writes the line of a minute. */
    void writeLine() {
        lines.accept(ProgressBar.text(state()));
    }

    /** How far the run is now. */
    public synchronized ProgressState state() {
        long now = clock.millis();
        List<Optional<Duration>> workers = new ArrayList<>();
        for (long start : since) {
            workers.add(
                    start == 0
                            ? Optional.empty()
                            : Optional.of(Duration.ofMillis(Math.max(0, now - start))));
        }
        return new ProgressState(
                planned,
                total,
                totalBytes,
                finished,
                finishedBytes,
                failed,
                firstStart == 0 ? Duration.ZERO : Duration.ofMillis(now - firstStart),
                workers);
    }

    @Override
    public synchronized void scanning(long found, long bytes) {
        if (!planned) {
            total = found;
            totalBytes = bytes;
        }
    }

    @Override
    public synchronized void planned(long tasks, long bytes, long skipped) {
        planned = true;
        total = tasks;
        totalBytes = bytes;
    }

    @Override
    public synchronized void started(int worker, Task task) {
        long now = clock.millis();
        if (firstStart == 0) {
            firstStart = now;
        }
        if (worker < since.length) {
            since[worker] = now;
        }
    }

    @Override
    public synchronized void idle(int worker) {
        if (worker < since.length) {
            since[worker] = 0;
        }
    }

    @Override
    public synchronized void workerDied(int worker, String report) {
        idle(worker);
    }

    @Override
    public synchronized void upToDate(Task task) {
        finished++;
        finishedBytes += task.bytes();
    }

    @Override
    public synchronized void recorded(Task task, Outcome outcome, long bytesOut) {
        finished++;
        finishedBytes += task.bytes();
        switch (outcome) {
            case Outcome.Done _ -> {}
            case Outcome.Failed _ -> failed++;
            case Outcome.Quarantined _ -> failed++;
        }
    }

    @Override
    public synchronized void failed(String name, FailureKind kind, String sentence) {
        failed++;
    }

    @Override
    public synchronized void left(String name, FailureKind kind, String sentence) {
        failed++;
    }

    /** Takes the bar away for good. */
    @Override
    public void close() {
        ScheduledExecutorService running = ticker;
        if (running != null) {
            running.shutdown();
            boolean interrupted = false;
            try {
                // A frame that is being drawn must not appear behind the summary.
                running.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            ticker = null;
        }
        if (bar != null) {
            bar.clear();
        }
    }

    private static void schedule(ScheduledExecutorService ticker, Runnable work, Duration period) {
        var _ =
                ticker.scheduleAtFixedRate(
                        work, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }
}
