package imgpipe.protocol;

import imgpipe.protocol.ProtocolException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of one message. Numbers are big-endian.
 *
 * <pre>
 *   byte  0        4         5      6        10           18          18 + n
 *        +--------+---------+------+--------+------------+-----------+--------+
 *        | magic  | version | type | length | request id |  payload  | CRC32C |
 *        | "IMGP" |  1 byte | 1 b. |   n    |  8 bytes   |  n bytes  | 4 b.   |
 *        +--------+---------+------+--------+------------+-----------+--------+
 *        '------------------ what the CRC32C covers ----------------'
 * </pre>
 *
 * A whole frame has at most {@value #MOST_BYTES} bytes. The checksum is that of RFC 3720, appendix
 * B.4. The version is checked, not negotiated: both ends run from the same jars.
 *
 * @param type which message, see {@link Commands} and {@link Events}
 * @param request which request it belongs to, or 0
 * @param payload of the message; its content from position to limit
 */
record Frame(int type, long request, ByteBuffer payload) {
    /** Version of the messages. */
    static final int VERSION = 3;

    /** Most bytes of a frame. */
    static final int MOST_BYTES = 1 << 20;

    private static final int MAGIC = 0x494D4750;
    private static final int HEADER = 18;
    private static final int CHECKSUM = 4;

    /** Most bytes of a payload. */
    static final int MOST_PAYLOAD = MOST_BYTES - HEADER - CHECKSUM;

    /** Writes the frame with one call, then flushes. */
    void writeTo(OutputStream out) throws IOException {
        int length = payload.remaining();
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + length + CHECKSUM);
        bytes.putInt(MAGIC).put((byte) VERSION).put((byte) type).putInt(length).putLong(request);
        bytes.put(payload.duplicate());
        bytes.putInt(checksum(bytes.duplicate().flip()));
        out.write(bytes.array());
        out.flush();
    }

    /**
     * Waits for the next frame.
     *
     * @return null if the stream ended where a frame would have begun
     * @throws ProtocolException if what comes is no frame
     */
    static @Nullable Frame readFrom(InputStream in) throws IOException {
        byte[] head = in.readNBytes(HEADER);
        if (head.length == 0) {
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(head);
        check(head, header);
        int length = header.getInt(6);
        byte[] whole = Arrays.copyOf(head, HEADER + length + CHECKSUM);
        int body = in.readNBytes(whole, HEADER, length + CHECKSUM);
        ByteBuffer bytes = ByteBuffer.wrap(whole, 0, HEADER + body);
        if (body < length + CHECKSUM) {
            throw new ProtocolException(
                    Kind.CUT,
                    "the stream ended after " + body + " of " + (length + CHECKSUM) + " bytes",
                    bytes);
        }
        int expected = checksum(ByteBuffer.wrap(whole, 0, HEADER + length));
        if (bytes.getInt(HEADER + length) != expected) {
            throw new ProtocolException(
                    Kind.CHECKSUM, "the checksum should be %08x".formatted(expected), bytes);
        }
        return new Frame(
                header.get(5),
                header.getLong(10),
                ByteBuffer.wrap(whole, HEADER, length).slice().asReadOnlyBuffer());
    }

    /** Names the first thing wrong with a header, even one that is cut short. */
    private static void check(byte[] head, ByteBuffer header) throws ProtocolException {
        byte[] magic = ByteBuffer.allocate(4).putInt(MAGIC).array();
        int present = Math.min(4, head.length);
        if (!Arrays.equals(head, 0, present, magic, 0, present)) {
            throw new ProtocolException(Kind.MAGIC, "a frame begins with 49 4d 47 50", header);
        }
        if (head.length > 4 && head[4] != VERSION) {
            throw new ProtocolException(
                    Kind.VERSION, "version " + head[4] + ", not " + VERSION, header);
        }
        if (head.length < HEADER) {
            throw new ProtocolException(
                    Kind.CUT,
                    "the stream ended after " + head.length + " bytes of a frame's header",
                    header);
        }
        int length = header.getInt(6);
        if (length < 0 || length > MOST_PAYLOAD) {
            throw new ProtocolException(
                    Kind.LENGTH, "length " + length + " is not in 0 to " + MOST_PAYLOAD, header);
        }
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
