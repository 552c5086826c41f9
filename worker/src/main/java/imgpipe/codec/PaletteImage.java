package imgpipe.codec;

import imgpipe.image.Frame;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A frame in at most 256 colors. Few enough colors are kept as they are; otherwise they are chosen
 * by {@link MedianCut} and the error is spread to the neighbours (Floyd and Steinberg, "An Adaptive
 * Algorithm for Spatial Grey Scale", 1976).
 */
final class PaletteImage {
    /** Index of the transparent color, if there is transparency. */
    static final int TRANSPARENT = 255;

    private static final int OPAQUE_FROM = 128;
    private static final short UNKNOWN = -1;

    private final Size size;
    private final int[] pixels;
    private final boolean alpha;

    PaletteImage(Size size, Frame frame, boolean alpha) {
        this.size = size;
        this.alpha = alpha;
        pixels = new int[Math.toIntExact(size.pixels())];
        List<Plane> planes = frame.planes();
        boolean grey = planes.size() < 3;
        byte[] row = new byte[size.width()];
        for (int band = 0; band < 4; band++) {
            boolean opacity = band == 3;
            if (opacity && !alpha) {
                Arrays.setAll(pixels, i -> pixels[i] | (0xFF << 24));
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
    }

    BufferedImage image() {
        int most = alpha ? 255 : 256;
        int[] few = distinct(most);
        int[] palette = few != null ? few : new MedianCut(pixels, OPAQUE_FROM).palette(most);
        int[] table = Arrays.copyOf(palette, alpha ? 256 : Math.max(1, palette.length));
        IndexColorModel model =
                new IndexColorModel(
                        8,
                        table.length,
                        table,
                        0,
                        false,
                        alpha ? TRANSPARENT : -1,
                        DataBuffer.TYPE_BYTE);
        BufferedImage image =
                new BufferedImage(
                        size.width(), size.height(), BufferedImage.TYPE_BYTE_INDEXED, model);
        byte[] out = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        if (few != null) {
            exact(palette, out);
        } else {
            dither(palette, out);
        }
        return image;
    }

    /** The opaque colors in order, or null if there are more than that many. */
    private int @Nullable [] distinct(int most) {
        Set<Integer> colors = new HashSet<>();
        int last = 0;
        for (int pixel : pixels) {
            if (pixel != last && pixel >>> 24 >= OPAQUE_FROM) {
                colors.add(pixel & 0xFFFFFF);
                if (colors.size() > most) {
                    return null;
                }
            }
            last = pixel;
        }
        return colors.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private void exact(int[] palette, byte[] out) {
        for (int i = 0; i < pixels.length; i++) {
            out[i] =
                    (byte)
                            (pixels[i] >>> 24 < OPAQUE_FROM
                                    ? TRANSPARENT
                                    : Arrays.binarySearch(palette, pixels[i] & 0xFFFFFF));
        }
    }

    private void dither(int[] palette, byte[] out) {
        short[] nearest = new short[1 << 18];
        Arrays.fill(nearest, UNKNOWN);
        int width = size.width();
        int[][] here = new int[3][width + 2];
        int[][] below = new int[3][width + 2];
        for (int y = 0; y < size.height(); y++) {
            for (int[] errors : below) {
                Arrays.fill(errors, 0);
            }
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                if (pixels[at] >>> 24 < OPAQUE_FROM) {
                    out[at] = (byte) TRANSPARENT;
                    continue;
                }
                int wanted = 0;
                for (int band = 0; band < 3; band++) {
                    int value =
                            ((pixels[at] >> (16 - 8 * band)) & 0xFF)
                                    + ((here[band][x + 1] + 8) >> 4);
                    wanted = (wanted << 8) | Math.clamp(value, 0, 255);
                }
                int index = index(palette, nearest, wanted);
                out[at] = (byte) index;
                for (int band = 0; band < 3; band++) {
                    int shift = 16 - 8 * band;
                    int error = ((wanted >> shift) & 0xFF) - ((palette[index] >> shift) & 0xFF);
                    here[band][x + 2] += 7 * error;
                    below[band][x] += 3 * error;
                    below[band][x + 1] += 5 * error;
                    below[band][x + 2] += error;
                }
            }
            int[][] done = here;
            here = below;
            below = done;
        }
    }

    private static int index(int[] palette, short[] nearest, int color) {
        int key = ((color >> 6) & 0x3F000) | ((color >> 4) & 0xFC0) | ((color >> 2) & 0x3F);
        if (nearest[key] == UNKNOWN) {
            nearest[key] = (short) closest(palette, color);
        }
        return nearest[key];
    }

    private static int closest(int[] palette, int color) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < palette.length; i++) {
            int red = ((palette[i] >> 16) & 0xFF) - ((color >> 16) & 0xFF);
            int green = ((palette[i] >> 8) & 0xFF) - ((color >> 8) & 0xFF);
            int blue = (palette[i] & 0xFF) - (color & 0xFF);
            // The eye's weights, roughly.
            int distance = 3 * red * red + 6 * green * green + blue * blue;
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }
}
