package imgpipe.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Photoshop's image resources: {@code 8BIM}, a number, a name and a length before each (Adobe
 * Photoshop File Formats Specification, "Image Resource Blocks"). Only the one with IPTC datasets
 * is of interest; the others tell of the file that Photoshop saved: a thumbnail, guides, printing.
 */
final class PhotoshopResources {
    private static final int IPTC = 0x0404;

    /** Signature, number, an empty name of two bytes, length. */
    static final int HEADER = 12;

    private PhotoshopResources() {}

    /** The IPTC datasets, null if there are none or the resources are damaged before them. */
    static @Nullable MemorySegment iptc(MemorySegment resources) {
        Bytes bytes = Bytes.bigEndian(resources);
        try {
            for (long at = 0; at + HEADER <= bytes.size(); ) {
                if (!bytes.is(at, "8BIM")) {
                    return null;
                }
                int number = bytes.u16(at + 4);
                int name = 1 + bytes.u8(at + 6);
                long length = at + 6 + name + (name & 1);
                long content = bytes.u32(length);
                if (number == IPTC) {
                    return bytes.part(length + 4, content);
                }
                at = length + 4 + content + (content & 1);
            }
        } catch (PictureException damaged) {
            return null;
        }
        return null;
    }

    /** Resources with nothing but IPTC datasets. */
    static byte[] of(MemorySegment iptc) {
        int length = (int) iptc.byteSize();
        return ByteBuffer.allocate(HEADER + length + (length & 1))
                .put("8BIM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) IPTC)
                .putShort((short) 0)
                .putInt(length)
                .put(iptc.toArray(ValueLayout.JAVA_BYTE))
                .array();
    }
}
