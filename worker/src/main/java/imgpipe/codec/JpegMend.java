package imgpipe.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A place in a JPEG where its writer broke the rules without harm to any pixel, and what to put
 * there so that decoders do not stumble. Decoders report only the first fault of a file: with the
 * harmless ones mended, what is reported is damage.
 *
 * @param offset of the first byte
 * @param length number of bytes
 * @param value what each of them is to be
 * @param sentence what was wrong
 */
public record JpegMend(long offset, long length, int value, String sentence) {
    /** The file itself if there is nothing to mend, else a mended copy. */
    public static MemorySegment apply(
            MemorySegment file, List<JpegMend> mends, SegmentAllocator allocator) {
        if (mends.isEmpty()) {
            return file;
        }
        MemorySegment copy = allocator.allocate(file.byteSize());
        copy.copyFrom(file);
        for (JpegMend mend : mends) {
            copy.asSlice(mend.offset, mend.length).fill((byte) mend.value);
        }
        return copy;
    }

    /** The file up to a position, with an end marker behind it. */
    public static MemorySegment end(MemorySegment file, long position, SegmentAllocator allocator) {
        MemorySegment copy = allocator.allocate(position + 2);
        copy.copyFrom(file.asSlice(0, position));
        copy.set(ValueLayout.JAVA_BYTE, position, (byte) 0xFF);
        copy.set(ValueLayout.JAVA_BYTE, position + 1, (byte) JpegMarkers.EOI);
        return copy;
    }
}
