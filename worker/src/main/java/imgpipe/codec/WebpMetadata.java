package imgpipe.codec;

import imgpipe.image.Metadata;
import imgpipe.image.Size;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Metadata in a WebP: the chunks EXIF and XMP, which VP8X announces (RFC 9649, section 2.7). */
final class WebpMetadata {
    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int VP8X_BYTES = 10;
    private static final int ALPHA = 0x10;
    private static final int EXIF = 0x08;
    private static final int XMP = 0x04;

    private WebpMetadata() {}

    static Metadata read(MemorySegment file) throws PictureException {
        MemorySegment exif = null;
        MemorySegment xmp = null;
        Bytes bytes = Bytes.littleEndian(file);
        for (long at = FIRST_CHUNK; at + CHUNK_HEADER <= bytes.size(); ) {
            long length = bytes.u32(at + 4);
            if (bytes.is(at, "EXIF") && exif == null) {
                exif = MetadataPlaces.bareExif(bytes.part(at + CHUNK_HEADER, length));
            } else if (bytes.is(at, "XMP ") && xmp == null) {
                xmp = bytes.part(at + CHUNK_HEADER, length);
            }
            at += CHUNK_HEADER + length + (length & 1);
        }
        return new Metadata(exif, xmp, null);
    }

    /** The chunks stand behind all others; a VP8X chunk is made if there is none. */
    static MemorySegment write(MemorySegment webp, Metadata metadata, SegmentAllocator allocator)
            throws PictureException {
        byte[] exif = chunk("EXIF", metadata.exif());
        byte[] xmp = chunk("XMP ", metadata.xmp());
        int flags = (exif.length > 0 ? EXIF : 0) | (xmp.length > 0 ? XMP : 0);
        byte[] header = new byte[0];
        boolean extended = Bytes.littleEndian(webp).is(FIRST_CHUNK, "VP8X");
        if (!extended) {
            WebpStructure structure = WebpStructure.of(webp);
            header = vp8x(structure.size(), flags | (structure.alpha() ? ALPHA : 0));
        }
        long size = webp.byteSize() + header.length + exif.length + xmp.length;
        MemorySegment result = allocator.allocate(size);
        MemorySegment.copy(webp, 0, result, 0, FIRST_CHUNK);
        long at = put(header, result, FIRST_CHUNK);
        MemorySegment.copy(webp, FIRST_CHUNK, result, at, webp.byteSize() - FIRST_CHUNK);
        at += webp.byteSize() - FIRST_CHUNK;
        put(xmp, result, put(exif, result, at));
        if (extended) {
            long place = FIRST_CHUNK + CHUNK_HEADER;
            int old = result.get(ValueLayout.JAVA_BYTE, place);
            result.set(ValueLayout.JAVA_BYTE, place, (byte) (old | flags));
        }
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

    private static byte[] chunk(String type, @Nullable MemorySegment block) {
        if (block == null) {
            return new byte[0];
        }
        int length = (int) block.byteSize();
        return ByteBuffer.allocate(CHUNK_HEADER + length + (length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt(length)
                .put(block.toArray(ValueLayout.JAVA_BYTE))
                .array();
    }
}
