package imgpipe.protocol;

import imgpipe.protocol.ProtocolException.Kind;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes a payload apart again, in the order in which {@link PayloadWriter} built it. */
final class PayloadReader {
    private final ByteBuffer bytes;

    private PayloadReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** How one message is read. */
    @FunctionalInterface
    interface Form<T> {
        T read(PayloadReader payload) throws CharacterCodingException;
    }

    /**
     * Reads the whole payload.
     *
     * @throws ProtocolException if it ends too early or too late, or says what cannot be
     */
    static <T> T read(ByteBuffer payload, Form<T> form) throws ProtocolException {
        PayloadReader reader = new PayloadReader(payload.duplicate());
        T message;
        try {
            message = form.read(reader);
        } catch (BufferUnderflowException e) {
            throw new ProtocolException(Kind.PAYLOAD, "the payload ends too early", payload);
        } catch (CharacterCodingException e) {
            throw new ProtocolException(Kind.PAYLOAD, "a text is not UTF-8", payload);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(Kind.PAYLOAD, String.valueOf(e.getMessage()), payload);
        }
        if (reader.bytes.hasRemaining()) {
            throw new ProtocolException(
                    Kind.PAYLOAD,
                    reader.bytes.remaining() + " bytes follow the end of the message",
                    payload);
        }
        return message;
    }

    int number() {
        return bytes.getInt();
    }

    long longNumber() {
        return bytes.getLong();
    }

    String text() throws CharacterCodingException {
        int length = count(PayloadWriter.MOST_STRING);
        if (length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer utf8 = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    }

    Shard shard() throws CharacterCodingException {
        return new Shard(
                longNumber(),
                text(),
                new Limits(
                        longNumber(), number(), longNumber(), flag(), flag(), number(), number()),
                list(PayloadReader::task));
    }

    private Task task() throws CharacterCodingException {
        return new Task(
                longNumber(),
                text(),
                text(),
                longNumber(),
                longNumber(),
                list(payload -> new Rendition(payload.text(), payload.text())));
    }

    Outcome outcome() throws CharacterCodingException {
        int alternative = bytes.get();
        return switch (alternative) {
            case PayloadWriter.DONE ->
                    new Outcome.Done(
                            longNumber(),
                            list(PayloadReader::written),
                            longNumber(),
                            list(PayloadReader::text));
            case PayloadWriter.FAILED ->
                    new Outcome.Failed(longNumber(), failureKind(), text(), text());
            case PayloadWriter.QUARANTINED ->
                    new Outcome.Quarantined(longNumber(), failureKind(), text(), text());
            default -> throw new IllegalArgumentException("no outcome has number " + alternative);
        };
    }

    private Written written() {
        return new Written(longNumber(), longNumber(), number(), number());
    }

    private FailureKind failureKind() throws CharacterCodingException {
        return FailureKind.valueOf(text());
    }

    private boolean flag() {
        int value = bytes.get();
        if (value != 0 && value != 1) {
            throw new IllegalArgumentException("a flag is 0 or 1, not " + value);
        }
        return value == 1;
    }

    private <T> List<T> list(Form<T> element) throws CharacterCodingException {
        // No element takes less than four bytes, so a wild number takes no memory.
        int size = count(bytes.remaining() / 4);
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(element.read(this));
        }
        return list;
    }

    private int count(int most) {
        int count = number();
        if (count < 0 || count > most) {
            throw new IllegalArgumentException("a length of " + count + " is impossible");
        }
        return count;
    }
}
