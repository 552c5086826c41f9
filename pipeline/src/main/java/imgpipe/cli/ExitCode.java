package imgpipe.cli;

import imgpipe.job.JobSummary;
import imgpipe.job.Stop;

/** What the process's exit value says. */
enum ExitCode {
    /** Every picture is done or was up to date. */
    OK(0),
    /** The run could not go on. */
    FAILED(1),
    /** Bad usage; nothing is written. */
    USAGE(2),
    /** Finished; some pictures failed. */
    SOME_FAILED(3),
    /** Stopped early; the same command goes on. */
    STOPPED(4),
    /** Another run holds the output; EX_TEMPFAIL of sysexits.h. */
    LOCKED(75),
    /** SIGINT; the same command goes on. */
    INTERRUPTED(130),
    /** SIGTERM or SIGHUP; the same command goes on. */
    TERMINATED(143);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    int value() {
        return value;
    }

    /** The code of a run that came to an end, of itself or by a signal. */
    static ExitCode of(JobSummary summary) {
        if (summary.stop().isPresent()) {
            return of(summary.stop().get());
        }
        return summary.failed() + summary.quarantined() > 0 ? SOME_FAILED : OK;
    }

    /** The code of a run that ended early. */
    static ExitCode of(Stop stop) {
        return switch (stop) {
            case INTERRUPTED -> INTERRUPTED;
            case TERMINATED -> TERMINATED;
            case DISK_FULL, WORKERS, FAILURES, DURATION, OUTPUT_REFUSED, STALLED -> STOPPED;
            case IO_ERROR -> FAILED;
        };
    }
}
