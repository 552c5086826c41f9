package imgpipe.protocol;

import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Builds a payload: big-endian numbers; strings as their length in bytes (4 bytes) and UTF-8; lists
 * as their size (4 bytes) and the elements; a record's components in their order; a sealed type's
 * alternative as one byte in front.
 */
final class PayloadWriter {
    /** Most bytes of a string: a path of 4,096 bytes, each percent-encoded, is far below. */
    static final int MOST_STRING = 1 << 16;

    static final int DONE = 1;
    static final int FAILED = 2;
    static final int QUARANTINED = 3;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    PayloadWriter put(byte value) {
        bytes.write(value);
        return this;
    }

    PayloadWriter put(int value) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
        return this;
    }

    PayloadWriter put(long value) {
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    PayloadWriter put(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > MOST_STRING) {
            throw new IllegalArgumentException(
                    "a text of %d bytes is too long for a message, which takes %d; it begins: %s"
                            .formatted(utf8.length, MOST_STRING, value.substring(0, 100)));
        }
        put(utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    PayloadWriter put(Shard shard) {
        put(shard.id()).put(shard.temporaryFolder());
        Limits limits = shard.limits();
        put(limits.maxPixels()).put(limits.maxFrames()).put(limits.maxFileBytes());
        put((byte) (limits.lenient() ? 1 : 0));
        put((byte) (limits.fastJpeg() ? 1 : 0));
        put(limits.page()).put(limits.frames());
        put(shard.tasks().size());
        shard.tasks().forEach(this::put);
        return this;
    }

    private void put(Task task) {
        put(task.id()).put(task.name()).put(task.source()).put(task.bytes()).put(task.modified());
        put(task.renditions().size());
        for (Rendition rendition : task.renditions()) {
            put(rendition.target()).put(rendition.recipe());
        }
    }

    PayloadWriter put(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(long task, List<Written> written, long pixels, var warnings) -> {
                put((byte) DONE).put(task).put(written.size());
                for (Written one : written) {
                    put(one.bytes()).put(one.crc32c()).put(one.width()).put(one.height());
                }
                put(pixels).put(warnings.size());
                warnings.forEach(this::put);
                yield this;
            }
            case Outcome.Failed(long task, var kind, String culprit, String sentence) ->
                    put((byte) FAILED).put(task).put(kind.name()).put(culprit).put(sentence);
            case Outcome.Quarantined(long task, var kind, String culprit, String sentence) ->
                    put((byte) QUARANTINED).put(task).put(kind.name()).put(culprit).put(sentence);
        };
    }

    /**
     * What was put.
     *
     * @param what names the message in the complaint
     * @throws IllegalArgumentException if it does not fit into a frame
     */
    ByteBuffer payload(String what) {
        if (bytes.size() > Frame.MOST_PAYLOAD) {
            throw new IllegalArgumentException(
                    "%s takes %d bytes, but a message holds %d at most; make it smaller"
                            .formatted(what, bytes.size(), Frame.MOST_PAYLOAD));
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }
}
