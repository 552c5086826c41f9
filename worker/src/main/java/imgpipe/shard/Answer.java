package imgpipe.shard;

/** What a worker says of a task it was given: what became of it, or that it is not for now. */
public sealed interface Answer permits Outcome, Deferred {
    /** The task's {@link Task#id()}. */
    long task();
}
