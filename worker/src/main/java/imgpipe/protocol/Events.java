package imgpipe.protocol;

import imgpipe.protocol.ProtocolException.Kind;
import imgpipe.shard.Footprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Events to bytes and back. Their numbers differ from those of commands: no end hears itself. */
public final class Events {
    /** Version of the messages, which {@link Event.Hello} tells. */
    public static final int VERSION = Frame.VERSION;

    private static final int HELLO = 17;
    private static final int NEXT_SHARD = 18;
    private static final int TASK_STARTED = 19;
    private static final int TASK_FINISHED = 20;
    private static final int SHARD_FINISHED = 21;
    private static final int BYE = 22;
    private static final int TASK_DEFERRED = 23;

    private Events() {}

    /**
     * Writes one event, whole, and flushes.
     *
     * @throws IllegalArgumentException if it does not fit into a frame; nothing is written then
     */
    public static void write(OutputStream out, Event event) throws IOException {
        frame(event).writeTo(out);
    }

    private static Frame frame(Event event) {
        return switch (event) {
            case Event.Hello(int version, long pid, int generation) ->
                    new Frame(
                            HELLO,
                            0,
                            new PayloadWriter()
                                    .put(version)
                                    .put(pid)
                                    .put(generation)
                                    .payload("hello"));
            case Event.NextShard() -> new Frame(NEXT_SHARD, 0, ByteBuffer.allocate(0));
            case Event.TaskStarted(long id, long task) ->
                    new Frame(TASK_STARTED, id, new PayloadWriter().put(task).payload("task"));
            case Event.TaskFinished(long id, var outcome) ->
                    new Frame(
                            TASK_FINISHED,
                            id,
                            new PayloadWriter()
                                    .put(outcome)
                                    .payload("the outcome of task " + outcome.task()));
            case Event.TaskDeferred(long id, long task, Footprint need) ->
                    new Frame(
                            TASK_DEFERRED,
                            id,
                            new PayloadWriter()
                                    .put(task)
                                    .put(need.heap())
                                    .put(need.offHeap())
                                    .payload("deferred task"));
            case Event.ShardFinished(long id) ->
                    new Frame(SHARD_FINISHED, id, ByteBuffer.allocate(0));
            case Event.Bye() -> new Frame(BYE, 0, ByteBuffer.allocate(0));
        };
    }

    /**
     * Waits for the next event.
     *
     * @return null at the end of the stream
     * @throws ProtocolException if what comes is no event
     */
    public static @Nullable Event read(InputStream in) throws IOException {
        Frame frame = Frame.readFrom(in);
        if (frame == null) {
            return null;
        }
        long id = frame.request();
        PayloadReader.Form<Event> form =
                switch (frame.type()) {
                    case HELLO ->
                            payload ->
                                    new Event.Hello(
                                            payload.number(),
                                            payload.longNumber(),
                                            payload.number());
                    case NEXT_SHARD -> payload -> new Event.NextShard();
                    case TASK_STARTED -> payload -> new Event.TaskStarted(id, payload.longNumber());
                    case TASK_FINISHED -> payload -> new Event.TaskFinished(id, payload.outcome());
                    case TASK_DEFERRED ->
                            payload ->
                                    new Event.TaskDeferred(
                                            id,
                                            payload.longNumber(),
                                            new Footprint(
                                                    payload.longNumber(), payload.longNumber()));
                    case SHARD_FINISHED -> payload -> new Event.ShardFinished(id);
                    case BYE -> payload -> new Event.Bye();
                    default ->
                            throw new ProtocolException(
                                    Kind.TYPE,
                                    "no event has number " + frame.type(),
                                    frame.payload());
                };
        return PayloadReader.read(frame.payload(), form);
    }
}
