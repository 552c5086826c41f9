package imgpipe.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Brings a picture down to few colors. So few are kept as they are; otherwise they are chosen by
 * {@link MedianCut}, and the error is spread to the neighbours (Floyd and Steinberg, "An Adaptive
 * Algorithm for Spatial Grey Scale", 1976). Wholly transparent pixels have an entry of their own
 * and neither give nor take errors; all others are compared as they look, premultiplied.
 */
final class Quantizer {
    private static final short UNKNOWN = -1;
    private static final int OPAQUE = 255;

    private final int[] pixels;
    private final int width;
    private final boolean alpha;
    private final int[] palette;
    private final short[] nearest;

    private Quantizer(int[] premultiplied, int width, int most) {
        pixels = premultiplied;
        this.width = width;
        boolean partly = false;
        boolean hidden = false;
        for (int pixel : pixels) {
            int opacity = pixel >>> 24;
            hidden |= opacity == 0;
            partly |= opacity != 0 && opacity != OPAQUE;
        }
        alpha = partly;
        int[] seen = new MedianCut(pixels, alpha).palette(hidden ? most - 1 : most);
        int first = hidden ? 1 : 0;
        palette = new int[first + seen.length];
        System.arraycopy(seen, 0, palette, first, seen.length);
        nearest = new short[alpha ? 1 << 19 : 1 << 18];
        Arrays.fill(nearest, UNKNOWN);
    }

    /**
     * The picture in at most so many colors.
     *
     * @param argb its pixels; the colors of wholly transparent ones may be lost, and the array is
     *     written to
     * @param most 2 to 256
     */
    static IndexedPixels reduce(int[] argb, int width, int most) {
        @Nullable IndexedPixels exact = ColorCount.exact(argb, most);
        if (exact != null) {
            return exact;
        }
        Arrays.setAll(argb, i -> argb[i] >>> 24 == 0 ? 0 : argb[i]);
        exact = ColorCount.exact(argb, most);
        if (exact != null) {
            return exact;
        }
        Arrays.setAll(argb, i -> Premultiplied.of(argb[i]));
        Quantizer quantizer = new Quantizer(argb, width, most);
        byte[] indices = quantizer.dithered();
        int[] colors = Arrays.stream(quantizer.palette).map(Premultiplied::undo).toArray();
        return ColorCount.sorted(colors, indices);
    }

    private byte[] dithered() {
        byte[] out = new byte[pixels.length];
        int channels = alpha ? 4 : 3;
        int[][] here = new int[channels][width + 2];
        int[][] below = new int[channels][width + 2];
        for (int row = 0; row < pixels.length; row += width) {
            for (int[] errors : below) {
                Arrays.fill(errors, 0);
            }
            for (int x = 0; x < width; x++) {
                int pixel = pixels[row + x];
                if (pixel >>> 24 == 0) {
                    continue; // the first entry
                }
                int wanted = pixel & 0xFF00_0000;
                int most = OPAQUE;
                if (alpha && pixel >>> 24 != OPAQUE) {
                    // What is opaque stays so.
                    most = Math.clamp((pixel >>> 24) + ((here[3][x + 1] + 8) >> 4), 1, OPAQUE);
                    wanted = most << 24;
                }
                for (int band = 0; band < 3; band++) {
                    int shift = 16 - 8 * band;
                    int value = ((pixel >> shift) & 0xFF) + ((here[band][x + 1] + 8) >> 4);
                    wanted |= Math.clamp(value, 0, most) << shift;
                }
                int index = index(wanted);
                out[row + x] = (byte) index;
                for (int band = 0; band < channels; band++) {
                    int shift = band == 3 ? 24 : 16 - 8 * band;
                    int error = ((wanted >>> shift) & 0xFF) - ((palette[index] >>> shift) & 0xFF);
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
        return out;
    }

    /** The palette's color that is nearest to this one, or to one that has the same high bits. */
    private int index(int color) {
        int key;
        if (alpha) {
            int opacity = color >>> 24;
            key =
                    ((opacity == OPAQUE ? 15 : (opacity * 15) >> 8) << 15)
                            | ((color >> 9) & 0x7C00)
                            | ((color >> 6) & 0x3E0)
                            | ((color >> 3) & 0x1F);
        } else {
            key = ((color >> 6) & 0x3F000) | ((color >> 4) & 0xFC0) | ((color >> 2) & 0x3F);
        }
        if (nearest[key] == UNKNOWN) {
            nearest[key] = (short) ColorDistance.nearest(palette, color);
        }
        return nearest[key];
    }
}
