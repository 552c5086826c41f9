package imgpipe.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses a palette by halving, again and again, the box of colors that holds the most pixels times
 * its longest edge (Heckbert, "Color Image Quantization for Frame Buffer Display", 1982). Colors
 * are counted in cells of 5 bits a channel and, where there is transparency, 3 of alpha; a cell's
 * color is the mean of what fell into it.
 */
final class MedianCut {
    private static final int CHANNELS = 4;
    private static final int ALPHA = 3;
    private static final int OPAQUE = 255;
    private static final int ROUNDS = 4;

    /** Means of at least that alpha become opaque: of opaque pixels and a few at their edge. */
    private static final int NEARLY_OPAQUE = 250;

    private final long[] counts;
    private final long[][] sums;

    /**
     * Counts the colors of these pixels, premultiplied; wholly transparent ones do not count.
     *
     * @param alpha whether some are neither transparent nor opaque
     */
    MedianCut(int[] pixels, boolean alpha) {
        int cells = alpha ? 1 << 18 : 1 << 15;
        counts = new long[cells];
        sums = new long[alpha ? CHANNELS : ALPHA][cells];
        for (int pixel : pixels) {
            int opacity = pixel >>> 24;
            if (opacity != 0) {
                int cell = ((pixel >> 9) & 0x7C00) | ((pixel >> 6) & 0x3E0) | ((pixel >> 3) & 0x1F);
                if (alpha) {
                    cell |= (opacity == OPAQUE ? 7 : (opacity * 7) >> 8) << 15;
                    sums[ALPHA][cell] += opacity;
                }
                counts[cell]++;
                sums[0][cell] += (pixel >> 16) & 0xFF;
                sums[1][cell] += (pixel >> 8) & 0xFF;
                sums[2][cell] += pixel & 0xFF;
            }
        }
    }

    /** At most this many colors, premultiplied. */
    int[] palette(int most) {
        List<Integer> used = new ArrayList<>();
        for (int cell = 0; cell < counts.length; cell++) {
            if (counts[cell] > 0) {
                used.add(cell);
            }
        }
        Integer[] cells = used.toArray(Integer[]::new);
        List<Box> boxes = new ArrayList<>();
        boxes.add(new Box(cells, 0, cells.length));
        while (boxes.size() < most) {
            Box largest =
                    boxes.stream()
                            .filter(box -> box.to - box.from > 1)
                            .max(Comparator.comparingDouble(box -> box.weight))
                            .orElse(null);
            if (largest == null) {
                break;
            }
            boxes.remove(largest);
            int middle = largest.split();
            boxes.add(new Box(cells, largest.from, middle));
            boxes.add(new Box(cells, middle, largest.to));
        }
        return refined(boxes.stream().mapToInt(Box::mean).toArray(), cells);
    }

    /**
     * Moves each color to the mean of the cells that are nearest to it, a few times (Lloyd, "Least
     * Squares Quantization in PCM", 1982).
     */
    private int[] refined(int[] palette, Integer[] cells) {
        int[] colors = palette;
        for (int round = 0; round < ROUNDS; round++) {
            long[] pixels = new long[colors.length];
            long[][] total = new long[sums.length][colors.length];
            for (int cell : cells) {
                int nearest = ColorDistance.nearest(colors, color(cell));
                pixels[nearest] += counts[cell];
                for (int band = 0; band < sums.length; band++) {
                    total[band][nearest] += sums[band][cell];
                }
            }
            int[] moved = colors.clone();
            for (int i = 0; i < colors.length; i++) {
                if (pixels[i] > 0) {
                    moved[i] = mean(total, i, pixels[i]);
                }
            }
            colors = moved;
        }
        return colors;
    }

    private int color(int cell) {
        return mean(sums, cell, counts[cell]);
    }

    private static int mean(long[][] sums, int at, long pixels) {
        int alpha =
                sums.length == CHANNELS ? (int) ((sums[ALPHA][at] + pixels / 2) / pixels) : OPAQUE;
        int color = alpha >= NEARLY_OPAQUE ? OPAQUE : alpha;
        for (int band = 0; band < ALPHA; band++) {
            color = (color << 8) | (int) ((sums[band][at] + pixels / 2) / pixels);
        }
        return color;
    }

    private int channel(int cell, int band) {
        return (int) (sums[band][cell] / counts[cell]);
    }

    /** Cells from one index to another. */
    private final class Box {
        private final Integer[] cells;
        private final int from;
        private final int to;
        private final int longest;
        private final long pixels;
        private final double weight;

        Box(Integer[] cells, int from, int to) {
            this.cells = cells;
            this.from = from;
            this.to = to;
            int best = 1; // of edges that are as long, green's
            int edge = -1;
            for (int band :
                    sums.length == CHANNELS ? new int[] {1, 0, 2, ALPHA} : new int[] {1, 0, 2}) {
                int low = 255;
                int high = 0;
                for (int i = from; i < to; i++) {
                    int value = channel(cells[i], band);
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
                if (high - low > edge) {
                    edge = high - low;
                    best = band;
                }
            }
            longest = best;
            pixels = Arrays.stream(cells, from, to).mapToLong(cell -> counts[cell]).sum();
            weight = Math.sqrt((double) pixels) * edge;
        }

        /** Sorts the cells along the longest edge; where the second half of the pixels begins. */
        int split() {
            Arrays.sort(cells, from, to, Comparator.comparingInt(cell -> channel(cell, longest)));
            long half = 0;
            for (int i = from; i < to - 1; i++) {
                half += counts[cells[i]];
                if (2 * half >= pixels) {
                    return i + 1;
                }
            }
            return to - 1;
        }

        int mean() {
            long[][] total = new long[sums.length][1];
            for (int band = 0; band < sums.length; band++) {
                for (int i = from; i < to; i++) {
                    total[band][0] += sums[band][cells[i]];
                }
            }
            return MedianCut.mean(total, 0, pixels);
        }
    }
}
