package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Pixels whose samples lie side by side. */
final class PackedPixels {
    private PackedPixels() {}

    /**
     * Takes pixels apart.
     *
     * @param pixels rows without padding
     * @param channels samples a pixel
     * @param inverted whether 255 is to become 0
     * @param spanX of each plane
     * @param spanY of each plane
     */
    static List<Plane> split(
            MemorySegment pixels,
            Size size,
            int channels,
            boolean inverted,
            double spanX,
            double spanY,
            Workspace workspace) {
        int width = size.width();
        int flip = inverted ? 0xFF : 0;
        List<Plane> planes = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            MemorySegment samples = workspace.allocate(size.pixels());
            planes.add(new Plane(samples, width, size.height(), width, spanX, spanY));
        }
        byte[] row = new byte[width * channels];
        byte[] part = new byte[width];
        for (int y = 0; y < size.height(); y++) {
            MemorySegment.copy(pixels, JAVA_BYTE, (long) row.length * y, row, 0, row.length);
            for (int channel = 0; channel < channels; channel++) {
                for (int x = 0, from = channel; x < width; x++, from += channels) {
                    part[x] = (byte) (row[from] ^ flip);
                }
                MemorySegment samples = planes.get(channel).samples();
                MemorySegment.copy(part, 0, samples, JAVA_BYTE, (long) width * y, width);
            }
        }
        return planes;
    }

    /** Lays the samples of planes side by side, in rows without padding. */
    static MemorySegment join(List<Plane> planes, Size size, Workspace workspace) {
        MemorySegment pixels = workspace.allocate(size.pixels() * planes.size());
        join(planes, size, pixels);
        return pixels;
    }

    /** The same into memory that is there. */
    static void join(List<Plane> planes, Size size, MemorySegment pixels) {
        int width = size.width();
        int channels = planes.size();
        byte[] row = new byte[width * channels];
        byte[] part = new byte[width];
        for (int y = 0; y < size.height(); y++) {
            for (int channel = 0; channel < channels; channel++) {
                planes.get(channel).load(y, part);
                for (int x = 0, to = channel; x < width; x++, to += channels) {
                    row[to] = part[x];
                }
            }
            MemorySegment.copy(row, 0, pixels, JAVA_BYTE, (long) row.length * y, row.length);
        }
    }
}
