package imgpipe.shard;

/** Why a picture could not be done; users select by these names. */
public enum FailureKind {
    /** The file is no picture of a known format, or is empty. */
    NOT_A_PICTURE,
    /** A picture, but of a kind that is not read or written here. */
    UNSUPPORTED,
    /** The file ends before the picture does. */
    TRUNCATED,
    /** The file contradicts its format. */
    CORRUPT,
    /** Larger than a limit allows. */
    LIMIT,
    /** The recipe cannot be applied to a picture of this size. */
    UNFIT,
    /** The source could not be read, or is no regular file. */
    READ,
    /** The source changed while it was worked on. */
    CHANGED,
    /** The output could not be written. */
    WRITE,
    /** There is no room left for outputs. */
    DISK_FULL,
    /** The picture does not fit into the memory a worker has. */
    MEMORY,
    /** A server could not be reached, or would not give or take it. */
    HTTP,
    /** No result within the deadline. */
    TIMEOUT,
    /** The worker process died on it. */
    CRASH,
    /** A defect of imgpipe itself. */
    INTERNAL
}
