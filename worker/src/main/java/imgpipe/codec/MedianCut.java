package imgpipe.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses a palette by halving, again and again, the box of colors that holds the most pixels times
 * its longest edge (Heckbert, "Color Image Quantization for Frame Buffer Display", 1982). Colors
 * are counted in cells of 5 bits a channel; a cell's color is the mean of what fell into it.
 */
final class MedianCut {
    private static final int CELLS = 1 << 15;

    private final long[] counts = new long[CELLS];
    private final long[][] sums = new long[3][CELLS];

    /**
     * Counts the colors of these ARGB pixels.
     *
     * @param opaqueFrom pixels of less alpha do not count
     */
    MedianCut(int[] pixels, int opaqueFrom) {
        for (int pixel : pixels) {
            if (pixel >>> 24 >= opaqueFrom) {
                int cell = ((pixel >> 9) & 0x7C00) | ((pixel >> 6) & 0x3E0) | ((pixel >> 3) & 0x1F);
                counts[cell]++;
                sums[0][cell] += (pixel >> 16) & 0xFF;
                sums[1][cell] += (pixel >> 8) & 0xFF;
                sums[2][cell] += pixel & 0xFF;
            }
        }
    }

    /** At most this many colors, as RGB. */
    int[] palette(int most) {
        Integer[] used =
                Arrays.stream(range())
                        .boxed()
                        .filter(cell -> counts[cell] > 0)
                        .toArray(Integer[]::new);
        List<Box> boxes = new ArrayList<>();
        boxes.add(new Box(used, 0, used.length));
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
            boxes.add(new Box(used, largest.from, middle));
            boxes.add(new Box(used, middle, largest.to));
        }
        return boxes.stream().mapToInt(Box::mean).toArray();
    }

    private static int[] range() {
        int[] all = new int[CELLS];
        Arrays.setAll(all, i -> i);
        return all;
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
            int[] edges = new int[3];
            for (int band = 0; band < 3; band++) {
                int low = 255;
                int high = 0;
                for (int i = from; i < to; i++) {
                    int value = channel(cells[i], band);
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
                edges[band] = high - low;
            }
            longest = edges[1] >= Math.max(edges[0], edges[2]) ? 1 : edges[0] >= edges[2] ? 0 : 2;
            pixels = Arrays.stream(cells, from, to).mapToLong(cell -> counts[cell]).sum();
            weight = Math.sqrt((double) pixels) * edges[longest];
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
            int color = 0;
            for (int band = 0; band < 3; band++) {
                long sum = 0;
                for (int i = from; i < to; i++) {
                    sum += sums[band][cells[i]];
                }
                color = (color << 8) | (int) ((sum + pixels / 2) / pixels);
            }
            return color;
        }
    }
}
