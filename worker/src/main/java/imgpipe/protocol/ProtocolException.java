package imgpipe.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The other end broke the protocol. There is no way back: a reader that has thrown this is not to
 * be read from again.
 */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int MOST_QUOTED = 64;

    /** What is wrong. */
    public enum Kind {
        /** A frame does not begin with the magic bytes. */
        MAGIC,
        /** The other end speaks another version. */
        VERSION,
        /** There is no such message in this direction. */
        TYPE,
        /** The length is negative or over the limit. */
        LENGTH,
        /** The stream ends inside a frame. */
        CUT,
        /** The checksum does not match. */
        CHECKSUM,
        /** The payload is not what its type asks for. */
        PAYLOAD,
        /** A message that has no place here. */
        ORDER
    }

    private final Kind kind;

    /** A complaint about a message as such. */
    public ProtocolException(Kind kind, String sentence) {
        super(kind + ": " + sentence);
        this.kind = kind;
    }

    /** A complaint that quotes the bytes at fault in hexadecimal, at most the first 64. */
    ProtocolException(Kind kind, String sentence, ByteBuffer bytes) {
        this(kind, sentence + ": " + quote(bytes));
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    private static String quote(ByteBuffer bytes) {
        byte[] quoted = new byte[Math.min(MOST_QUOTED, bytes.remaining())];
        bytes.duplicate().get(quoted);
        int left = bytes.remaining() - quoted.length;
        return (quoted.length == 0 ? "no bytes" : HexFormat.ofDelimiter(" ").formatHex(quoted))
                + (left == 0 ? "" : " and " + left + " more");
    }
}
