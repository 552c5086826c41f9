package imgpipe.job;

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
    WORKERS
}
