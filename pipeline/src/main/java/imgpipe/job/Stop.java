package imgpipe.job;

/** Why a run ended before its last picture. */
public enum Stop {
    /** SIGINT. */
    INTERRUPTED,
    /** SIGTERM or SIGHUP. */
    TERMINATED,
    /** No room for outputs. */
    DISK_FULL,
    /** Workers die before they have begun. */
    WORKERS
}
