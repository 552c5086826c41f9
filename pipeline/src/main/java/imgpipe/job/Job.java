package imgpipe.job;

import imgpipe.dispatch.RunFailedException;
import imgpipe.job.JobException.Reason;
import imgpipe.ledger.Compaction;
import imgpipe.ledger.LedgerIndex;
import imgpipe.ledger.Restatement;
import imgpipe.transfer.Outages;
import imgpipe.transfer.Retries;
import imgpipe.transfer.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One run from the listing to the sums: scan, plan, check for collisions, dispatch, publish,
 * record. Pictures are decoded in workers only.
 */
public final class Job {
    /** Longer than a worker takes for anything but a picture. */
    private static final Duration REST = Duration.ofMinutes(2);

    /** Longer than a host in trouble is waited for. */
    private static final Duration OUTAGE = Duration.ofMinutes(3);

    private final JobSpec spec;
    private final JobListener listener;
    private final Tally tally = new Tally();
    private final Restatement restatement = new Restatement();
    private final Ending ending;
    private final Duration patience;
    private final Retries retries;

    /**
     * Those of results. Downloads wait for room while they have a place at their host, and would
     * keep uploads to the same host from making room.
     */
    private final Retries sending;

    private volatile @Nullable Dispatch dispatch;
    private volatile @Nullable Recorder recorder;

    /** A run that has not begun. */
    public Job(JobSpec spec, JobListener listener) {
        this(spec, listener, spec.timeout().plus(REST).plus(transfer(spec)));
    }

    /** How long one source may be fetched, or one result be sent, with all attempts. */
    private static Duration transfer(JobSpec spec) {
        return spec.input().fetched() == null && spec.address() == null
                ? Duration.ZERO
                : OUTAGE.plus(spec.network().timeout().multipliedBy(spec.network().retries() + 1L));
    }

    /**
     * The same.
     *
     * @param patience how long nothing may move; longer than whatever is bounded otherwise
     */
    Job(JobSpec spec, JobListener listener, Duration patience) {
        this.spec = spec;
        this.listener = listener;
        this.patience = patience;
        ending = new Ending(spec, tally, listener);
        retries = new Retries(spec.network(), new Outages("from", listener::warning));
        sending = new Retries(spec.network(), new Outages("to", listener::warning));
    }

    /**
     * Ends the run early: pictures in hand are finished, published and recorded, then {@link #run}
     * returns. May be called from any thread at any time; the first reason counts.
     */
    public void stop(Stop why) {
        ending.stop(why);
        Dispatch running = dispatch;
        if (running != null) {
            running.stop();
        }
    }

    /**
     * Ends a run that {@link #stop} did not: workers are killed with their pictures in hand, and
     * transfers broken off, which count as not started, and {@link #run} returns with the sums. May
     * be called from any thread.
     */
    public void abandon() {
        Recorder sender = recorder;
        if (sender != null) {
            sender.abandon();
        }
        Dispatch running = dispatch;
        if (running != null) {
            running.abandon();
        }
    }

    /**
     * Does it all and returns when every worker has ended.
     *
     * @throws JobException when the run is refused, and nothing was written
     * @throws InterruptedException when this thread is interrupted; workers have ended
     */
    public JobSummary run() throws JobException, InterruptedException {
        Runners.prepare(spec);
        try (Sources sources = Sources.open(spec, retries, ending::isStopped)) {
            sources.requireApart(spec);
            if (spec.dryRun()) {
                new Rehearsal(spec, tally, ending, listener).run(sources, sending);
            } else {
                perform(sources);
            }
            return ending.sums();
        } catch (StoreException e) {
            throw new JobException(Reason.FAILED, e.sentence(), e);
        } catch (UncheckedIOException e) {
            throw new JobException(Reason.FAILED, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new JobException(Reason.FAILED, "the run could not go on: " + e.getMessage(), e);
        }
    }

    /** The sums as they are; what has come to no end yet counts as not started. */
    public JobSummary sums() {
        return ending.sums();
    }

    private void perform(Sources sources) throws IOException, JobException, InterruptedException {
        try (OutputFolder output =
                spec.address() == null
                        ? OutputFolder.open(spec.output(), spec.jobFolder())
                        : OutputFolder.openFor(spec.destination(), spec.jobFolder())) {
            Planner planner = null;
            try (Alarm _ = new Alarm(spec.bounds().maxDuration(), () -> stop(Stop.DURATION))) {
                LedgerIndex ledger = freshLedger();
                Target target = Target.of(spec, output, sending);
                planner = target.planner(ledger);
                perform(sources, output, target, planner, ledger);
            } catch (JobException e) {
                output.undo();
                throw e;
            } catch (StoreException e) {
                if (!ending.hasBegun()) {
                    output.undo();
                }
                ending.stopFor(e, e);
            } catch (UncheckedIOException e) {
                ending.stopFor(e.getCause(), e);
            } catch (IOException e) {
                ending.stopFor(e, e);
            }
            ending.settle();
            if (planner != null) {
                ending.list(sources.scan(), planner);
            }
        }
    }

    private void perform(
            Sources sources,
            OutputFolder output,
            Target target,
            Planner planner,
            LedgerIndex ledger)
            throws IOException, JobException, InterruptedException {
        output.makes(ledgerFile());
        try (TaskSpool spool = new TaskSpool(output.temporary().resolve("tasks"));
                // What failed before comes last: a run that may not see many failures would never
                // get beyond it.
                TaskSpool last = new TaskSpool(output.temporary().resolve("last-tasks"));
                CollisionCheck collisions =
                        CollisionCheck.of(spec, planner, output.temporary(), ending::isStopped);
                Watchdog _ = watchdog();
                Recorder results =
                        new Recorder(
                                spec,
                                output,
                                target.destination(),
                                planner,
                                ledger.hasDone(),
                                ledgerFile(),
                                tally,
                                listener,
                                this::stop);
                Supply supply = sources.supply(spec, output, planner, results, tally::moved)) {
            recorder = results;
            try {
                Scan scan = sources.scan();
                scan.scan(
                        new PlannedScan(
                                scan.searches(),
                                planner,
                                collisions,
                                tally,
                                restatement,
                                listener,
                                task -> {
                                    if (planner.hasFailed(task)) {
                                        last.add(task);
                                        return;
                                    }
                                    spool.add(task);
                                    if (spool.size() == spec.workers()) {
                                        begin(spec.workers(), supply, output);
                                    }
                                }));
                spool.addAll(last);
                ending.listed();
                collisions.require(scan);
                ending.begun();
                results.say(restatement);
                warnIfGone(scan, ledger);
                if (!(spec.input() instanceof Input.Unfinished) && tally.foundSoFar() > 0) {
                    // What goes by the record leaves it for those who go by it next, and so does a
                    // run whose input may only be away.
                    JobRecord.write(spec, sources.root());
                }
                listener.planned(spool.size(), spool.bytes(), tally.skippedSoFar());
                boundFailures();
                if (spool.size() > 0 && !ending.isStopped()) {
                    Runners.obstacle(spec).ifPresent(listener::warning);
                    dispatch(spool, supply, output);
                }
            } finally {
                Dispatch started = dispatch;
                dispatch = null;
                if (started != null) {
                    started.close();
                }
            }
        } finally {
            tally.retried(retries.retried() + sending.retried());
        }
    }

    /** An input without pictures is a fine thing, but hardly after there were some. */
    private void warnIfGone(Scan scan, LedgerIndex ledger) {
        if (ending.isListed() && scan.searches() && tally.foundSoFar() == 0 && ledger.size() > 0) {
            listener.emptied(ledger.size());
        }
    }

    /**
     * What failed in the scan counts too, but ends the run only when all are counted. What an
     * earlier run has put into quarantine does not, or no run would begin any more.
     */
    private void boundFailures() {
        tally.allowFailures(
                spec.bounds().failuresAllowed(tally.foundSoFar()) + tally.quarantinedSoFar());
        if (tally.tooManyFailed()) {
            stop(Stop.FAILURES);
        }
    }

    private Watchdog watchdog() {
        Duration second = Duration.ofSeconds(1);
        return new Watchdog(
                patience,
                second.compareTo(patience) < 0 ? second : patience,
                tally::moves,
                new Standstill(spec, patience, listener, tally, this));
    }

    /** Where the workers stand, in lines for people. */
    String state() {
        Dispatch running = dispatch;
        return running == null ? "no workers\n" : running.state();
    }

    /** Workers start as soon as it is known that there is work for them, thus during the scan. */
    private Dispatch begin(int workers, Supply supply, OutputFolder output) {
        for (int worker = 0; worker < workers; worker++) {
            output.makes(spec.jobFolder().resolve("worker-" + worker + ".log"));
        }
        Dispatch started =
                new Dispatch(
                        Runners.of(spec, workers, supply.root(), output.pictures()),
                        supply.listener());
        dispatch = started;
        if (ending.isStopped()) {
            started.stop();
        }
        return started;
    }

    private void dispatch(TaskSpool spool, Supply supply, OutputFolder output)
            throws InterruptedException {
        int workers = (int) Math.min(spool.size(), spec.workers());
        Dispatch started = dispatch;
        try {
            (started != null ? started : begin(workers, supply, output))
                    .run(supply.begin(spool, workers));
        } catch (RunFailedException e) {
            listener.warning(String.valueOf(e.getMessage()));
            ending.stop(Stop.WORKERS);
        }
    }

    /** What the ledger says, after it was rewritten if it had grown stale. */
    private LedgerIndex freshLedger() throws IOException {
        LedgerIndex ledger = LedgerIndex.read(ledgerFile());
        if (ledger.damaged() > 0) {
            listener.warning(
                    ledgerFile()
                            + " has damaged lines, or lines of an older version: "
                            + ledger.damaged()
                            + "; what they spoke of is done again");
        }
        if (Compaction.isDue(ledger, ledgerFile())) {
            Compaction.compact(ledgerFile());
        }
        return ledger;
    }

    private Path ledgerFile() {
        return ledgerFile(spec.jobFolder());
    }

    /** The ledger in a job folder. */
    public static Path ledgerFile(Path jobFolder) {
        return jobFolder.resolve("ledger.jsonl");
    }
}
