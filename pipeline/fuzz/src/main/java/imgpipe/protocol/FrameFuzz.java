package imgpipe.protocol;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Frames and messages. Whatever a stream holds, a reader gives a message, the end, or a {@link
 * ProtocolException}; and a message that was read is written so that it reads the same.
 */
public final class FrameFuzz {
    private static final int FIRST_EVENT = 17;

    private FrameFuzz() {}

    /**
     * An even first byte begins a stream as it is. After an odd one come the type of a message and
     * its payload, which get a right frame: nobody guesses a checksum.
     */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length < 2 || (data[0] & 1) == 0) {
            commands(data);
            events(data);
            return;
        }
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        ByteBuffer payload = ByteBuffer.wrap(data, 2, data.length - 2).slice();
        new Frame(data[1], 7, payload).writeTo(stream);
        if (data[1] < FIRST_EVENT) {
            commands(stream.toByteArray());
        } else {
            events(stream.toByteArray());
        }
    }

    private static void commands(byte[] bytes) throws IOException {
        Command command = readCommand(bytes);
        if (command != null) {
            ByteArrayOutputStream again = new ByteArrayOutputStream();
            Commands.write(again, command);
            same(command, Commands.read(new ByteArrayInputStream(again.toByteArray())));
        }
    }

    private static @Nullable Command readCommand(byte[] bytes) throws IOException {
        try {
            return Commands.read(new ByteArrayInputStream(bytes));
        } catch (ProtocolException e) {
            return null;
        }
    }

    private static void events(byte[] bytes) throws IOException {
        Event event = readEvent(bytes);
        if (event != null) {
            ByteArrayOutputStream again = new ByteArrayOutputStream();
            Events.write(again, event);
            same(event, Events.read(new ByteArrayInputStream(again.toByteArray())));
        }
    }

    private static @Nullable Event readEvent(byte[] bytes) throws IOException {
        try {
            return Events.read(new ByteArrayInputStream(bytes));
        } catch (ProtocolException e) {
            return null;
        }
    }

    private static void same(Object message, @Nullable Object again) {
        if (!message.equals(again)) {
            throw new IllegalStateException(message + " was read back as " + again);
        }
    }
}
