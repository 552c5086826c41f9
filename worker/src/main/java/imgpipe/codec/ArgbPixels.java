package imgpipe.codec;

import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.util.List;

/** Planes put together to one number a pixel: alpha, red, green, blue from the highest byte on. */
final class ArgbPixels {
    static final int OPAQUE = 0xFF00_0000;

    private ArgbPixels() {}

    /**
     * The pixels of a frame, row after row.
     *
     * @param planes of grey or RGB, whole, with alpha as the last if there is alpha
     */
    static int[] of(Size size, List<Plane> planes, boolean alpha) {
        int[] pixels = new int[Math.toIntExact(size.pixels())];
        boolean grey = planes.size() < 3;
        byte[] row = new byte[size.width()];
        for (int band = 0; band < 4; band++) {
            boolean opacity = band == 3;
            if (opacity && !alpha) {
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] |= OPAQUE;
                }
                break;
            }
            Plane plane = opacity ? planes.getLast() : planes.get(grey ? 0 : band);
            int shift = opacity ? 24 : 16 - 8 * band;
            for (int y = 0; y < size.height(); y++) {
                plane.load(y, row);
                for (int x = 0; x < row.length; x++) {
                    pixels[y * row.length + x] |= (row[x] & 0xFF) << shift;
                }
            }
        }
        return pixels;
    }
}
