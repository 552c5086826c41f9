package imgpipe.codec;

import imgpipe.image.Size;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Puts chunks beside the pixels of a WebP: behind VP8X, which announces them and is made if there
 * is none, or behind all others (RFC 9649, section 2.7).
 */
final class WebpContainer {
    /** Flags of VP8X. */
    static final int PROFILE = 0x20;

    static final int EXIF = 0x08;
    static final int XMP = 0x04;
    private static final int ALPHA = 0x10;

    static final int FIRST_CHUNK = 12;
    static final int CHUNK_HEADER = 8;
    private static final int VP8X_BYTES = 10;

    private WebpContainer() {}

    /** A chunk with its header, or nothing for null. */
    static byte[] chunk(String type, @Nullable MemorySegment content) {
        if (content == null) {
            return new byte[0];
        }
        int length = (int) content.byteSize();
        return ByteBuffer.allocate(CHUNK_HEADER + length + (length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt(length)
                .put(content.toArray(ValueLayout.JAVA_BYTE))
                .array();
    }

    /**
     * The same WebP with more chunks.
     *
     * @param flags to be set, what is set already stays so
     * @param front chunks that belong before the pixels
     * @param back chunks that belong behind them
     */
    static MemorySegment with(
            MemorySegment webp, int flags, byte[] front, byte[] back, SegmentAllocator allocator)
            throws PictureException {
        byte[] header = new byte[CHUNK_HEADER + VP8X_BYTES];
        long pixels = FIRST_CHUNK;
        if (Bytes.littleEndian(webp).is(FIRST_CHUNK, "VP8X")) {
            MemorySegment.copy(webp, ValueLayout.JAVA_BYTE, FIRST_CHUNK, header, 0, header.length);
            header[CHUNK_HEADER] |= (byte) flags;
            pixels += header.length;
        } else {
            WebpStructure structure = WebpStructure.of(webp);
            header = vp8x(structure.size(), flags | (structure.alpha() ? ALPHA : 0));
        }
        long rest = webp.byteSize() - pixels;
        long size = FIRST_CHUNK + header.length + front.length + rest + back.length;
        MemorySegment result = allocator.allocate(size);
        MemorySegment.copy(webp, 0, result, 0, FIRST_CHUNK);
        long at = put(front, result, put(header, result, FIRST_CHUNK));
        MemorySegment.copy(webp, pixels, result, at, rest);
        put(back, result, at + rest);
        result.set(
                ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                4,
                (int) (size - CHUNK_HEADER));
        return result;
    }

    private static long put(byte[] chunk, MemorySegment target, long at) {
        MemorySegment.copy(MemorySegment.ofArray(chunk), 0, target, at, chunk.length);
        return at + chunk.length;
    }

    private static byte[] vp8x(Size size, int flags) {
        ByteBuffer chunk =
                ByteBuffer.allocate(CHUNK_HEADER + VP8X_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        chunk.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(VP8X_BYTES).putInt(flags);
        for (int side : new int[] {size.width() - 1, size.height() - 1}) {
            chunk.putShort((short) side).put((byte) (side >> 16));
        }
        return chunk.array();
    }
}
