package imgpipe.protocol;

import imgpipe.protocol.ProtocolException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Commands to bytes and back. */
public final class Commands {
    private static final int RUN_SHARD = 1;
    private static final int CANCEL = 2;
    private static final int SHUTDOWN = 3;

    private Commands() {}

    /**
     * Writes one command, whole, and flushes.
     *
     * @throws IllegalArgumentException if it does not fit into a frame; nothing is written then
     */
    public static void write(OutputStream out, Command command) throws IOException {
        frame(command).writeTo(out);
    }

    private static Frame frame(Command command) {
        return switch (command) {
            case Command.RunShard(long id, var shard) ->
                    new Frame(
                            RUN_SHARD,
                            id,
                            new PayloadWriter()
                                    .put(shard)
                                    .payload(
                                            "shard %d with %d tasks"
                                                    .formatted(shard.id(), shard.tasks().size())));
            case Command.Cancel(long id) -> new Frame(CANCEL, id, ByteBuffer.allocate(0));
            case Command.Shutdown() -> new Frame(SHUTDOWN, 0, ByteBuffer.allocate(0));
        };
    }

    /**
     * Waits for the next command.
     *
     * @return null at the end of the stream
     * @throws ProtocolException if what comes is no command
     */
    public static @Nullable Command read(InputStream in) throws IOException {
        Frame frame = Frame.readFrom(in);
        if (frame == null) {
            return null;
        }
        long id = frame.request();
        PayloadReader.Form<Command> form =
                switch (frame.type()) {
                    case RUN_SHARD -> payload -> new Command.RunShard(id, payload.shard());
                    case CANCEL -> payload -> new Command.Cancel(id);
                    case SHUTDOWN -> payload -> new Command.Shutdown();
                    default ->
                            throw new ProtocolException(
                                    Kind.TYPE,
                                    "no command has number " + frame.type(),
                                    frame.payload());
                };
        return PayloadReader.read(frame.payload(), form);
    }
}
