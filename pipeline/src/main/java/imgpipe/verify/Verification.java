package imgpipe.verify;

import imgpipe.dispatch.RunFailedException;
import imgpipe.dispatch.ShardRunner;
import imgpipe.dispatch.TaskListener;
import imgpipe.job.JobException;
import imgpipe.job.JobException.Reason;
import imgpipe.job.JobListener;
import imgpipe.job.Stop;
import imgpipe.ledger.LastWords;
import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerLine;
import imgpipe.ledger.OutputOwners;
import imgpipe.shard.Footprint;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a ledger's last words: every output is there and has its size and checksum. Files
 * are read by several threads, in the ledger's order; what is intact may be decoded by workers
 * meanwhile. Of a million outputs only hashes are held.
 */
public final class Verification implements TaskListener {
    /** Files read ahead of the one whose result is awaited, for each thread. */
    private static final int AHEAD = 16;

    private final VerifySpec spec;
    private final JobListener listener;
    private final Count count;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private @Nullable DecodeQueue queue;
    private volatile @Nullable ShardRunner runner;

    private record Checked(Task task, Optional<Finding> finding) {}

    /**
     * One that has not begun.
     *
     * @param findings gets each fault as it is found, on several threads but one after the other
     */
    public Verification(VerifySpec spec, JobListener listener, Consumer<Finding> findings) {
        this.spec = spec;
        this.listener = listener;
        count = new Count(findings);
    }

    /** Ends it early; the first reason counts. May be called from any thread. */
    public void stop(Stop why) {
        stop.compareAndSet(null, why);
        ShardRunner running = runner;
        if (running != null) {
            running.stop();
        }
        synchronized (this) {
            if (queue != null) {
                queue.end();
            }
        }
    }

    /** Ends it at once where {@link #stop} did not. May be called from any thread. */
    public void abandon() {
        ShardRunner running = runner;
        if (running != null) {
            running.close();
        }
    }

    /**
     * Does it all.
     *
     * @param decoder that decodes intact outputs too, or null; not started yet
     * @throws JobException when it could not go on
     * @throws IOException when the ledger or the folder cannot be read
     */
    public Verdict run(@Nullable ShardRunner decoder)
            throws IOException, JobException, InterruptedException {
        try (LastWords words = LastWords.open(spec.ledger())) {
            return run(words, decoder);
        }
    }

    private Verdict run(LastWords words, @Nullable ShardRunner decoder)
            throws IOException, JobException, InterruptedException {
        OutputOwners owners =
                OutputOwners.read(
                        words,
                        output -> OutputFile.check(spec.output(), output).finding().isEmpty(),
                        this::isStopped);
        listener.planned(owners.size(), owners.bytes(), 0);
        try (ExecutorService readers =
                Executors.newFixedThreadPool(
                        spec.threads(),
                        Thread.ofPlatform().daemon().name("imgpipe-verify-", 0).factory())) {
            if (decoder == null) {
                check(words, owners, readers);
            } else {
                checkAndDecode(words, owners, readers, decoder);
            }
        }
        ForeignFiles.find(spec.output(), owners, spec.notJudged(), this::isStopped, count::found);
        return count.verdict(owners.size(), owners.damaged(), stop.get());
    }

    private boolean isStopped() {
        return stop.get() != null;
    }

    private void checkAndDecode(
            LastWords all, OutputOwners owners, ExecutorService readers, ShardRunner decoder)
            throws IOException, JobException, InterruptedException {
        DecodeQueue pictures =
                new DecodeQueue(spec.limits(), spec.temporary().toUri().getRawPath());
        synchronized (this) {
            queue = pictures;
        }
        runner = decoder;
        try (decoder;
                ExecutorService feeder =
                        Executors.newSingleThreadExecutor(
                                Thread.ofPlatform().daemon().name("imgpipe-verify").factory())) {
            Future<?> feeding =
                    feeder.submit(
                            () -> {
                                try {
                                    check(all, owners, readers);
                                } finally {
                                    pictures.end();
                                }
                                return null;
                            });
            try {
                if (isStopped()) {
                    decoder.stop();
                }
                decoder.run(pictures, this);
            } catch (RunFailedException e) {
                stop(Stop.WORKERS);
                throw new JobException(Reason.FAILED, String.valueOf(e.getMessage()), e);
            } finally {
                pictures.end();
            }
            result(feeding);
        }
    }

    private void check(LastWords all, OutputOwners owners, ExecutorService readers)
            throws IOException, InterruptedException {
        Queue<Future<Checked>> ahead = new ArrayDeque<>();
        long id = 0;
        try (LastWords words = all.again()) {
            for (LedgerLine line = words.next();
                    line != null && !isStopped();
                    line = words.next()) {
                for (Output output : line.entry().outputs()) {
                    if (!owners.isOwner(line.entry(), output.path())) {
                        // A later word claims the file.
                        continue;
                    }
                    ahead.add(readers.submit(reading(id++, output)));
                    if (ahead.size() > AHEAD * spec.threads()) {
                        settle(result(ahead.remove()));
                    }
                }
            }
            while (!ahead.isEmpty()) {
                settle(result(ahead.remove()));
            }
        }
    }

    private Callable<Checked> reading(long id, Output output) {
        return () -> {
            OutputFile.Seen seen = OutputFile.check(spec.output(), output);
            // A copy may have other times than the ledger says; workers compare those of now.
            String source = OutputFile.path(spec.output(), output.path()).toUri().getRawPath();
            return new Checked(
                    new Task(id, output.path(), source, output.bytes(), seen.modified(), List.of()),
                    seen.finding());
        };
    }

    private static <T> T result(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case InterruptedException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private void settle(Checked checked) throws InterruptedException {
        Task task = checked.task();
        if (task.id() == 0) {
            // From here on there is a speed to tell.
            listener.started(0, task);
            listener.idle(0);
        }
        DecodeQueue pictures;
        synchronized (this) {
            pictures = queue;
        }
        if (checked.finding().isPresent()) {
            count.found(checked.finding().get());
        } else if (pictures != null) {
            count.read(task.bytes());
            pictures.add(task);
            return;
        } else {
            count.read(task.bytes());
            count.intact();
        }
        listener.recorded(task, new Outcome.Done(task.id(), List.of(), 0, List.of()), 0);
    }

    @Override
    public void started(int worker, Task task) {
        listener.started(worker, task);
    }

    @Override
    public void deferred(int worker, Task task, Footprint need) {
        listener.idle(worker);
        listener.deferred(task, need);
    }

    @Override
    public void finished(int worker, Task task, Outcome outcome) {
        listener.idle(worker);
        switch (outcome) {
            case Outcome.Done _ -> count.intact();
            case Outcome.Failed failed ->
                    undecodable(task, failed.kind() + ": " + failed.sentence());
            case Outcome.Quarantined bad -> undecodable(task, bad.kind() + ": " + bad.sentence());
        }
        listener.recorded(task, outcome, 0);
    }

    private void undecodable(Task task, String sentence) {
        count.found(new Finding(Fault.UNDECODABLE, task.name(), sentence));
    }

    @Override
    public void workerDied(int worker, String report) {
        listener.workerDied(worker, report);
    }
}
