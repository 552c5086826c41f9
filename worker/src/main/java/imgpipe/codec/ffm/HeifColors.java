package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/**
 * How colors are coded, in the numbers of ITU-T H.273: {@code struct heif_color_profile_nclx}.
 *
 * @param primaries which red, green, blue and white
 * @param transfer which curve from light to signal
 * @param matrix how Y, Cb and Cr were made; 0 if they are green, blue and red themselves
 * @param fullRange whether samples go from 0 to their largest value, or have room at both ends
 */
@SuppressWarnings("restricted")
record HeifColors(int primaries, int transfer, int matrix, boolean fullRange) {
    private static final int MATRIX_IDENTITY = 0;
    private static final int MATRIX_BT601 = 6;

    private static final int PRIMARIES = 4;
    private static final int TRANSFER = 8;
    private static final int MATRIX = 12;
    private static final int RANGE = 16;
    private static final int BYTES = 20;

    /** sRGB as Y, Cb and Cr of JFIF. */
    static final HeifColors SRGB = new HeifColors(1, 13, MATRIX_BT601, true);

    /** sRGB itself. */
    static final HeifColors SRGB_IDENTITY = new HeifColors(1, 13, MATRIX_IDENTITY, true);

    static HeifColors of(MemorySegment structure) {
        MemorySegment fields = structure.reinterpret(BYTES);
        return new HeifColors(
                fields.get(JAVA_INT, PRIMARIES),
                fields.get(JAVA_INT, TRANSFER),
                fields.get(JAVA_INT, MATRIX),
                fields.get(JAVA_BYTE, RANGE) != 0);
    }

    void writeTo(MemorySegment structure) {
        MemorySegment fields = structure.reinterpret(BYTES);
        fields.set(JAVA_INT, PRIMARIES, primaries);
        fields.set(JAVA_INT, TRANSFER, transfer);
        fields.set(JAVA_INT, MATRIX, matrix);
        fields.set(JAVA_BYTE, RANGE, (byte) (fullRange ? 1 : 0));
    }
}
