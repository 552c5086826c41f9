package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import imgpipe.image.Orientation;
import imgpipe.image.Size;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a JPEG's coefficients.
 *
 * @param turn of the whole picture
 * @param left pixels of the turned picture that are cut off on the left; a multiple of its MCU
 * @param top rows of the turned picture that are cut off; a multiple of its MCU
 * @param part size of what is kept of the turned picture, or null for all of it
 * @param progressive whether the result has several scans
 * @param writes whether there is a result; otherwise coefficients are only read
 */
record JpegTransform(
        Orientation turn,
        int left,
        int top,
        @Nullable Size part,
        boolean progressive,
        boolean writes) {
    private static final int TJXOPT_PERFECT = 1;
    private static final int TJXOPT_CROP = 4;
    private static final int TJXOPT_NOOUTPUT = 16;
    private static final int TJXOPT_PROGRESSIVE = 32;
    private static final int TJXOPT_COPYNONE = 64;

    /** Known to 3.x; others ignore it and write the usual Huffman tables. */
    private static final int TJXOPT_OPTIMIZE = 256;

    /** {@code tjtransform}: four numbers of the region, operation, options, two pointers. */
    private static final long STRUCTURE = 40;

    /** The coefficients as they are, to hear whether all of them can be read. */
    static final JpegTransform NOTHING =
            new JpegTransform(Orientation.UPRIGHT, 0, 0, null, false, false);

    /** As {@code turbojpeg.h} describes it, which is the same in 2.x and 3.x. */
    MemorySegment structure(SegmentAllocator allocator) {
        MemorySegment structure = allocator.allocate(STRUCTURE, 8).fill((byte) 0);
        int options = TJXOPT_PERFECT | TJXOPT_COPYNONE | TJXOPT_OPTIMIZE;
        if (part != null) {
            options |= TJXOPT_CROP;
            structure.setAtIndex(JAVA_INT, 0, left);
            structure.setAtIndex(JAVA_INT, 1, top);
            structure.setAtIndex(JAVA_INT, 2, part.width());
            structure.setAtIndex(JAVA_INT, 3, part.height());
        }
        options |= progressive ? TJXOPT_PROGRESSIVE : 0;
        options |= writes ? 0 : TJXOPT_NOOUTPUT;
        structure.setAtIndex(JAVA_INT, 4, operation());
        structure.setAtIndex(JAVA_INT, 5, options);
        return structure;
    }

    /** The enumeration TJXOP. */
    private int operation() {
        return switch (turn) {
            case UPRIGHT -> 0;
            case MIRRORED -> 1;
            case FLIPPED -> 2;
            case TRANSPOSED -> 3;
            case TRANSVERSED -> 4;
            case TURN_RIGHT -> 5;
            case UPSIDE_DOWN -> 6;
            case TURN_LEFT -> 7;
        };
    }
}
