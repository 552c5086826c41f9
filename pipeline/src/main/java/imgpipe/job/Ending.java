package imgpipe.job;

import imgpipe.shard.FileFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Why a run ends, which depends on how far it has come: what is wrong before its plan is made is
 * thrown, what is wrong later ends it with its sums. What has begun and is listed is known to the
 * thread of the run alone; the rest is safe for use by several.
 */
final class Ending {
    private final JobSpec spec;
    private final Tally tally;
    private final JobListener listener;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();

    /** Whether the plan is made, and the sums mean something. */
    private boolean begun;

    /** Whether the scan came to its end, so that all pictures are counted. */
    private boolean listed;

    /** Of a run that has not begun. */
    Ending(JobSpec spec, Tally tally, JobListener listener) {
        this.spec = spec;
        this.tally = tally;
        this.listener = listener;
    }

    /** The run is to end early; the first reason counts. */
    void stop(Stop why) {
        stop.compareAndSet(null, why);
    }

    /** Whether the run is to end early. */
    boolean isStopped() {
        return stop.get() != null;
    }

    /** The scan has returned: all pictures are counted, unless it was stopped. */
    void listed() {
        listed = !isStopped();
    }

    /** Whether all pictures are counted. */
    boolean isListed() {
        return listed;
    }

    /** The plan is made, and is one that may be carried out. */
    void begun() {
        begun = true;
    }

    /** Whether the plan is made. */
    boolean hasBegun() {
        return begun;
    }

    /** Ends a run with its sums if it has begun, or if it is only room that is missing. */
    <E extends Exception> void stopFor(@Nullable IOException fault, E thrown) throws E {
        if (fault != null && FileFault.isDiskFull(fault)) {
            stop(Stop.DISK_FULL);
        } else if (begun) {
            listener.warning("the run could not go on: " + thrown.getMessage());
            stop(Stop.IO_ERROR);
        } else {
            throw thrown;
        }
    }

    /**
     * Nothing is in hand any more. A bound has stopped nothing if nothing is left; and pictures
     * that came to no end, though nothing has stopped the run, are not passed over.
     */
    void settle() {
        Stop why = stop.get();
        if (why != null && why.isBound() && listed && tally.notStarted() == 0) {
            stop.compareAndSet(why, null);
        }
        if (!isStopped() && listed && tally.notStarted() > 0) {
            listener.warning(
                    tally.notStarted()
                            + " pictures came to no end, which is a defect of imgpipe; the same"
                            + " command goes on");
            stop(Stop.IO_ERROR);
        }
    }

    /** Lists the outputs of a run that has come to its end; otherwise the list would lack some. */
    void list(Scan scan, Planner planner) throws JobException, InterruptedException {
        Path manifest = spec.manifest();
        if (manifest == null || isStopped()) {
            return;
        }
        try {
            Manifest.write(
                    scan, planner, Job.ledgerFile(spec.jobFolder()), manifest, this::isStopped);
        } catch (IOException | UncheckedIOException e) {
            // The pictures are done, so that there are sums to tell.
            IOException fault =
                    e instanceof IOException io ? io : new IOException(e.getMessage(), e);
            listener.warning(
                    "the manifest "
                            + manifest
                            + " cannot be written: "
                            + FileFault.reason(fault)
                            + "; the pictures are done");
            stop(FileFault.isDiskFull(fault) ? Stop.DISK_FULL : Stop.IO_ERROR);
        }
    }

    /** The sums as they are; what has come to no end yet counts as not started. */
    JobSummary sums() {
        return tally.summary(spec.workers(), stop.get());
    }
}
