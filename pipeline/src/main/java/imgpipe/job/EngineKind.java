package imgpipe.job;

/** What runs the shards. */
public enum EngineKind {
    /** Worker processes with named pipes. */
    PROCESSES,
    /** Threads of the coordinator. */
    THREADS,
    /** Threads that copy pictures as they are. */
    COPY
}
