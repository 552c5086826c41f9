package imgpipe.job;

import imgpipe.dispatch.TaskListener;
import imgpipe.ledger.LedgerEntry.State;
import imgpipe.ledger.Restatement;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Footprint;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.transfer.ByteBudget;
import imgpipe.transfer.Destination;
import imgpipe.transfer.Published;
import imgpipe.transfer.UploadListener;
import imgpipe.transfer.Uploader;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last part of a picture's way: what workers have done goes to the uploader, what is published
 * or has failed into the ledger, and only then is it counted.
 */
final class Recorder implements TaskListener, UploadListener, AutoCloseable {
    /** Why a picture stays in quarantine. */
    static final String LEFT =
            "it brought down workers in an earlier run and has not changed since; imgpipe retry"
                    + " tries it again";

    private final Planner planner;
    private final boolean inPlace;
    private final boolean toTar;
    private final RunLedger ledger;
    private final Uploader uploader;
    private final Tally tally;
    private final JobListener listener;
    private final Consumer<Stop> stopper;

    /** Where sources and results wait for their turn, or null where they do not. */
    private final @Nullable Path spool;

    /** Used by the thread alone that hears of outputs. */
    private final Refusals refusals;

    /**
     * Opens the ledger and starts the uploader.
     *
     * @param destination where outputs go; closed with this
     * @param takenEarlier whether the destination has taken pictures in earlier runs
     * @param stopper called when the run cannot go on
     */
    Recorder(
            JobSpec spec,
            OutputFolder output,
            Destination destination,
            Planner planner,
            boolean takenEarlier,
            Path ledgerFile,
            Tally tally,
            JobListener listener,
            Consumer<Stop> stopper)
            throws IOException {
        this.planner = planner;
        this.tally = tally;
        this.listener = listener;
        this.stopper = stopper;
        refusals = new Refusals(takenEarlier, spec.network().transfers());
        inPlace = spec.inPlace();
        toTar = spec.tarSamples() > 0;
        spool =
                spec.input().fetched() == null && spec.address() == null
                        ? null
                        : output.temporary();
        boolean besideSpool = output.temporary().startsWith(spec.jobFolder().toRealPath());
        ledger =
                new RunLedger(
                        spec,
                        planner,
                        ledgerFile,
                        listener,
                        besideSpool ? this::stoppedBesideSpool : stopper);
        uploader =
                new Uploader(
                        destination,
                        output.pictures(),
                        spec.network().transfers(),
                        spec.network().retries(),
                        new ByteBudget(spec.spoolBytes()),
                        this);
    }

    /** What the ledger will keep of a task's source beside its size and time. */
    void remember(Task task, String validator) {
        ledger.remember(task, validator);
    }

    /** The source of a task is as it was when it was done. */
    void upToDate(Task task) {
        tally.skipped();
        listener.upToDate(task);
    }

    /** The run cannot go on. */
    void broken(String why) {
        listener.warning(why);
        stopper.accept(Stop.IO_ERROR);
    }

    /** The source of a task is as it was when it brought down workers. */
    void left(Task task, String kind) {
        tally.quarantined(task.name(), FailureKind.valueOf(kind), LEFT);
        listener.left(task.name(), FailureKind.valueOf(kind), LEFT);
    }

    /** The source of a task could not be fetched. */
    void notFetched(Task task, StoreException why) {
        ended(task, TransferFailure.ofFetching(why));
    }

    @Override
    public void started(int worker, Task task) {
        tally.moved();
        listener.started(worker, task);
    }

    @Override
    public void finished(int worker, Task task, Outcome outcome) {
        tally.moved();
        listener.idle(worker);
        switch (outcome) {
            case Outcome.Done done -> {
                done.warnings()
                        .forEach(
                                warning ->
                                        listener.warning(
                                                ReadableName.decode(task.name()) + ": " + warning));
                uploader.publish(task, done);
            }
            case Outcome.Failed failed ->
                    ended(task, failed, failed.kind(), failed.sentence(), State.FAILED);
            case Outcome.Quarantined bad ->
                    ended(task, bad, bad.kind(), bad.sentence(), State.QUARANTINED);
        }
    }

    @Override
    public void triedAgain(int worker, Task task) {
        tally.retried(1);
        listener.idle(worker);
    }

    @Override
    public void deferred(int worker, Task task, Footprint need) {
        listener.idle(worker);
        listener.deferred(task, need);
    }

    @Override
    public void workerDied(int worker, String report) {
        tally.workerDied();
        listener.workerDied(worker, report);
    }

    @Override
    public void failed(Task task, IOException cause) {
        if (cause instanceof StoreException why && refusals.end(why.fault())) {
            refused(task, why);
            return;
        }
        ended(
                task,
                TransferFailure.ofSending(
                        cause,
                        task.renditions().stream()
                                .map(each -> planner.relative(each.target()))
                                .toList()));
    }

    /** The picture is not at fault: it counts as not started, like the rest. */
    private void refused(Task task, StoreException why) {
        ledger.forget(task);
        boolean away = why.fault() == Fault.GIVEN_UP;
        tally.stopped(
                Stop.OUTPUT_REFUSED,
                away && why.getCause() instanceof StoreException last
                        ? last.sentence()
                        : why.sentence());
        stopper.accept(Stop.OUTPUT_REFUSED);
    }

    @Override
    public void kept(Task task) {
        refusals.taken();
        ledger.forget(task);
        upToDate(task);
    }

    private void ended(Task task, TransferFailure failure) {
        ended(task, failure.of(task), failure.kind(), failure.sentence(), State.FAILED);
    }

    private void ended(Task task, Outcome outcome, FailureKind kind, String sentence, State state) {
        if (kind == FailureKind.DISK_FULL) {
            // The picture is not at fault: it counts as not started, and a run with more room makes
            // it.
            stoppedBesideSpool(Stop.DISK_FULL);
            return;
        }
        if (ledger.ended(task, state, kind, sentence)) {
            if (state == State.QUARANTINED) {
                tally.quarantined(task.name(), kind, sentence);
            } else {
                tally.failed(task.name(), kind, sentence);
            }
            listener.recorded(task, outcome, 0);
            if (tally.tooManyFailed()) {
                stopper.accept(Stop.FAILURES);
            }
        }
    }

    /** Something failed on the disk that the spool lies on, which may be what fills it. */
    private void stoppedBesideSpool(Stop stop) {
        if (stop == Stop.DISK_FULL && spool != null) {
            tally.stopped(stop, "no room left in " + spool + ", where the spool lies");
        }
        stopper.accept(stop);
    }

    /**
     * In place the outputs lie among the sources, and the next run has to know them even if this
     * one is killed before it calls them done: it would make the outputs of outputs. In tars it
     * would put them beside those that are there.
     */
    @Override
    public void publishing(Task task, List<Published> outputs) throws IOException {
        if (inPlace || toTar) {
            ledger.intended(task, outputs);
        }
    }

    @Override
    public void published(List<Upload> batch) {
        refusals.taken();
        if (ledger.done(batch)) {
            for (Upload upload : batch) {
                long bytes = upload.outputs().stream().mapToLong(Published::bytes).sum();
                tally.done(upload.task(), upload.done(), bytes);
                listener.recorded(upload.task(), upload.done(), bytes);
            }
        }
    }

    /** Adds to the ledger what its last words do not say. */
    void say(Restatement restatement) throws IOException {
        ledger.say(restatement);
    }

    /** Breaks off what is under way to a network, which then counts as not started. */
    void abandon() {
        uploader.abandon();
    }

    /** Waits until everything is published and recorded. */
    @Override
    public void close() throws IOException {
        try (ledger) {
            uploader.close();
        } finally {
            tally.retried(uploader.retried());
        }
    }
}
