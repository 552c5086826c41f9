package imgpipe.protocol;

import imgpipe.shard.Shard;

/** What the coordinator tells a worker. */
public sealed interface Command {
    /**
     * Answers {@link Event.NextShard}: do these tasks in their order.
     *
     * @param id of this request, repeated in every event about it
     */
    record RunShard(long id, Shard shard) implements Command {}

    /**
     * Finish the picture in hand, then say {@link Event.ShardFinished}. Means nothing if that shard
     * is finished already.
     *
     * @param id of the request to end early
     */
    record Cancel(long id) implements Command {}

    /** Answers {@link Event.NextShard}: nothing is left, say {@link Event.Bye} and exit. */
    record Shutdown() implements Command {}
}
