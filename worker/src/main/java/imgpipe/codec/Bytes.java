package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A file, or a part of one, read by position. Whatever lies behind its end is a {@link
 * Reason#TRUNCATED} picture.
 *
 * @param memory the bytes
 * @param order which end of a number comes first
 */
record Bytes(MemorySegment memory, ByteOrder order) {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    static Bytes bigEndian(MemorySegment memory) {
        return new Bytes(memory, ByteOrder.BIG_ENDIAN);
    }

    static Bytes littleEndian(MemorySegment memory) {
        return new Bytes(memory, ByteOrder.LITTLE_ENDIAN);
    }

    long size() {
        return memory.byteSize();
    }

    /** 0 to 255. */
    int u8(long at) throws PictureException {
        require(at, 1);
        return memory.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    }

    /** 0 to 65,535. */
    int u16(long at) throws PictureException {
        require(at, 2);
        return memory.get(SHORT.withOrder(order), at) & 0xFFFF;
    }

    /** 0 to 2^32 - 1. */
    long u32(long at) throws PictureException {
        require(at, 4);
        return memory.get(INT.withOrder(order), at) & 0xFFFF_FFFFL;
    }

    /** Eight bytes; whatever does not fit into a positive long is as large as can be. */
    long u64(long at) throws PictureException {
        require(at, 8);
        long value = memory.get(LONG.withOrder(order), at);
        return value < 0 ? Long.MAX_VALUE : value;
    }

    /** Whether these characters stand there; false behind the end. */
    boolean is(long at, String latin1) {
        byte[] wanted = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return at >= 0
                && at <= size() - wanted.length
                && memory.asSlice(at, wanted.length).mismatch(MemorySegment.ofArray(wanted)) < 0;
    }

    /** The part of this length. */
    MemorySegment part(long at, long length) throws PictureException {
        require(at, length);
        return memory.asSlice(at, length);
    }

    /** Fails unless the file reaches this far. */
    void require(long at, long length) throws PictureException {
        if (at < 0 || length < 0 || at > size() - length) {
            throw new PictureException(
                    Reason.TRUNCATED,
                    "the file ends after "
                            + size()
                            + " bytes, where its header speaks of "
                            + (at + length < 0 ? "many more" : at + length));
        }
    }
}
