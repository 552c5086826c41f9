package imgpipe.protocol;

import imgpipe.shard.Footprint;
import imgpipe.shard.Outcome;

/** What a worker tells the coordinator. */
public sealed interface Event {
    /**
     * The first event.
     *
     * @param version of the messages, {@link Events#VERSION}
     * @param pid process id of the worker
     * @param generation as the worker was given it, so that nobody is taken for his predecessor
     */
    record Hello(int version, long pid, int generation) implements Event {}

    /** I am free. */
    record NextShard() implements Event {}

    /**
     * A picture is in hand: if the worker dies now, this one is suspected.
     *
     * @param id of the request
     * @param task its {@link imgpipe.shard.Task#id()}
     */
    record TaskStarted(long id, long task) implements Event {}

    /**
     * A picture is done with. From now on the worker touches none of its files.
     *
     * @param id of the request
     */
    record TaskFinished(long id, Outcome outcome) implements Event {}

    /**
     * A picture that was started needs more memory than this worker has; it is for later, alone.
     * The worker has touched none of its files.
     *
     * @param id of the request
     * @param task its {@link imgpipe.shard.Task#id()}
     */
    record TaskDeferred(long id, long task, Footprint need) implements Event {}

    /**
     * Exactly one for every {@link Command.RunShard}. Tasks that were not started by then are not
     * done: the shard was cancelled, or the worker is about to say {@link Bye} because it must not
     * be used again.
     *
     * @param id of the request
     */
    record ShardFinished(long id) implements Event {}

    /** The last event. An end of the stream without it is a crash. */
    record Bye() implements Event {}
}
