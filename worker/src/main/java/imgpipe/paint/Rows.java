package imgpipe.paint;

import imgpipe.image.Plane;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Rows between planes and arrays. */
final class Rows {
    private Rows() {}

    static void load(Plane plane, int y, byte[] row) {
        MemorySegment.copy(
                plane.samples(),
                ValueLayout.JAVA_BYTE,
                (long) y * plane.stride(),
                row,
                0,
                plane.width());
    }

    static void store(byte[] row, Plane plane, int y) {
        MemorySegment.copy(
                row,
                0,
                plane.samples(),
                ValueLayout.JAVA_BYTE,
                (long) y * plane.stride(),
                plane.width());
    }
}
