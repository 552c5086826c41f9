package imgpipe.job;

import imgpipe.shard.FailureKind;
import imgpipe.shard.Footprint;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;

/**
 * Hears how a run goes on. Calls come from several threads at once, must return quickly and must
 * not throw. Every method does nothing unless overridden.
 */
public interface JobListener {
    /** What the scan has found so far: candidates and their bytes. */
    default void scanning(long found, long bytes) {}

    /** The scan is over: what there is to do in this run, when what is up to date is left out. */
    default void planned(long tasks, long bytes, long skipped) {}

    /** A worker, counted from 0, has a picture in hand. */
    default void started(int worker, Task task) {}

    /** A worker has finished with a picture; its outputs are not yet published. */
    default void idle(int worker) {}

    /** A picture needs more memory than a worker has beside others, and waits for the end. */
    default void deferred(Task task, Footprint need) {}

    /** A picture has reached its final state, and the ledger says so. */
    default void recorded(Task task, Outcome outcome, long bytesOut) {}

    /** A picture of this run turns out to be up to date, or to be kept from being replaced. */
    default void upToDate(Task task) {}

    /** A name in the listing cannot become a task. */
    default void failed(String name, FailureKind kind, String sentence) {}

    /** A picture stays in quarantine, where an earlier run has put it. */
    default void left(String name, FailureKind kind, String sentence) {}

    /** What a dry run would do. */
    default void wouldWrite(String source, String target) {}

    /** A worker died; the report is for people. */
    default void workerDied(int worker, String report) {}

    /** Something that people should know and that is no failure: one sentence. */
    default void warning(String sentence) {}

    /** The input has no picture now, though the ledger of the output knows so many. */
    default void emptied(long known) {}

    /**
     * A run in which nothing moved was stopped, and does not end: something it waits for never
     * comes. Nobody can help it but who ends the process.
     *
     * @param summary the sums as they are
     */
    default void stuck(JobSummary summary) {}
}
