package imgpipe.job;

import java.util.Locale;

/** Why a run ended before its last picture. */
public enum Stop {
    /** SIGINT. */
    INTERRUPTED,
    /** SIGTERM or SIGHUP. */
    TERMINATED,
    /** No room for outputs. */
    DISK_FULL,
    /** A file of the run itself, such as the ledger, could not be read or written. */
    IO_ERROR,
    /** Workers die before they have begun. */
    WORKERS,
    /** More pictures failed than {@link Bounds} allow. */
    FAILURES,
    /** The time that {@link Bounds} allow is over. */
    DURATION,
    /** The output, beyond the network, takes nothing. */
    OUTPUT_REFUSED,
    /** Nothing moved any more. */
    STALLED;

    /** As scripts read it: {@code disk-full}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it ends only what is left, and nothing when nothing is. */
    boolean isBound() {
        return this == FAILURES || this == DURATION;
    }
}
