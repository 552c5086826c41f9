package imgpipe.codec;

import imgpipe.image.Size;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A frame in at most 256 colors, one of which may be transparent. Few enough colors are kept as
 * they are; otherwise they are chosen by {@link MedianCut} and the error is spread to the
 * neighbours (Floyd and Steinberg, "An Adaptive Algorithm for Spatial Grey Scale", 1976).
 */
final class PaletteImage {
    private static final int OPAQUE_FROM = 128;
    private static final short UNKNOWN = -1;

    private final Size size;
    private final int[] pixels;
    private final boolean holes;

    /**
     * A frame of these pixels.
     *
     * @param pixels ARGB, row after row, opaque or 0
     */
    PaletteImage(Size size, int[] pixels) {
        this.size = size;
        this.pixels = pixels;
        holes = Arrays.stream(pixels).anyMatch(pixel -> pixel == 0);
    }

    /** The transparent color, if there is one, comes behind the others. */
    BufferedImage image() {
        int most = holes ? 255 : 256;
        int[] few = distinct(most);
        int[] palette = few != null ? few : new MedianCut(pixels, OPAQUE_FROM).palette(most);
        int[] table = Arrays.copyOf(palette, Math.max(1, palette.length + (holes ? 1 : 0)));
        byte[] out = new byte[pixels.length];
        if (few != null) {
            exact(palette, out);
        } else {
            dither(palette, out);
        }
        return image(table, out);
    }

    /** With as few bits a pixel as the palette needs: the codes in the file begin as short. */
    private BufferedImage image(int[] table, byte[] indices) {
        int bits = table.length <= 2 ? 1 : table.length <= 4 ? 2 : table.length <= 16 ? 4 : 8;
        IndexColorModel model =
                new IndexColorModel(
                        bits,
                        table.length,
                        table,
                        0,
                        false,
                        holes ? table.length - 1 : -1,
                        DataBuffer.TYPE_BYTE);
        BufferedImage image =
                new BufferedImage(
                        size.width(),
                        size.height(),
                        bits == 8
                                ? BufferedImage.TYPE_BYTE_INDEXED
                                : BufferedImage.TYPE_BYTE_BINARY,
                        model);
        image.getRaster().setDataElements(0, 0, size.width(), size.height(), indices);
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
                                    ? palette.length
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
                    out[at] = (byte) palette.length;
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
