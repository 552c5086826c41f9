package imgpipe.job;

import imgpipe.ledger.Restatement;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Task;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Counts what a scan finds, checks it for collisions and plans what becomes of it. */
final class PlannedScan implements ScanListener {
    private final boolean searches;
    private final Planner planner;
    private final CollisionCheck collisions;
    private final Tally tally;
    private final Restatement restatement;
    private final JobListener listener;
    private final Tasks tasks;
    private long next;

    /** Takes what is to be made, in the order of the scan. */
    @FunctionalInterface
    interface Tasks {
        void accept(Task task) throws IOException;
    }

    /**
     * A plan of nothing.
     *
     * @param searches see {@link Scan#searches()}
     * @param restatement gets what the ledger's last word does not say
     */
    PlannedScan(
            boolean searches,
            Planner planner,
            CollisionCheck collisions,
            Tally tally,
            Restatement restatement,
            JobListener listener,
            Tasks tasks) {
        this.searches = searches;
        this.planner = planner;
        this.collisions = collisions;
        this.tally = tally;
        this.restatement = restatement;
        this.listener = listener;
        this.tasks = tasks;
    }

    @Override
    public void candidate(Candidate candidate) {
        if (searches && planner.isOwnResult(candidate)) {
            tally.ignored();
            return;
        }
        tally.found(Math.max(0, candidate.bytes()));
        try {
            collisions.add(candidate);
            plan(candidate);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the list of tasks cannot be written: " + e.getMessage(), e);
        }
        listener.scanning(tally.foundSoFar(), tally.foundBytes());
    }

    private void plan(Candidate candidate) throws IOException {
        switch (planner.plan(next, candidate)) {
            case Planner.Plan.Make make -> {
                tasks.accept(make.task());
                next++;
            }
            case Planner.Plan.Skip _ -> tally.skipped();
            case Planner.Plan.SayAgain again -> {
                Task task = again.task();
                restatement.add(
                        task.name(),
                        task.bytes(),
                        task.modified(),
                        planner.work(task),
                        again.outputs());
                tally.skipped();
            }
            case Planner.Plan.LeaveInQuarantine(FailureKind kind) -> {
                tally.quarantined(candidate.name(), kind, Recorder.LEFT);
                listener.left(candidate.name(), kind, Recorder.LEFT);
            }
        }
    }

    @Override
    public void failed(String name, FailureKind kind, String sentence) {
        tally.found(0);
        tally.failed(name, kind, sentence);
        listener.failed(name, kind, sentence);
    }

    @Override
    public void ignored() {
        tally.ignored();
    }
}
