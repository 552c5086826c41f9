package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Gravity;
import imgpipe.image.Picture;
import imgpipe.image.Rgb;
import imgpipe.image.Size;
import imgpipe.image.YccConversion;
import imgpipe.resample.Kernel;

/**
 * Where in a picture most is to be seen, by a measure of saliency on a small version of it. The
 * same picture has the same answer always. Of an animation the first frame counts.
 *
 * <p>A window's score is the sum of its pixels' {@link Saliency}, those in its middle counting
 * twice those at its sides: a subject that is larger than the window should be in its middle. The
 * best window wins; of equals the one nearest the picture's centre.
 */
final class Attention {
    /** Longest side of the small version, in pixels. */
    private static final int SIDE = 96;

    /** Scores that differ by no more than this part of them are equal. */
    private static final double ROUNDING = 1e-9;

    private static final Resize SMALL =
            new Resize(
                    new Box.Pixels(SIDE, SIDE),
                    Fit.INSIDE,
                    Gravity.CENTRE,
                    Kernel.LINEAR,
                    false,
                    Rgb.WHITE,
                    false,
                    false,
                    false);

    private Attention() {}

    /** The part of this size, in pixels of what is seen of the picture. */
    static Window window(Picture picture, View view, Size part, OperationContext context) {
        return window(picture, view, view.size(), part, context);
    }

    /**
     * The part of this size of what is seen of a picture.
     *
     * @param scaled what is seen is thought to have this size
     */
    static Window window(
            Picture picture, View view, Size scaled, Size part, OperationContext context) {
        if (part.equals(scaled)) {
            return Window.of(scaled);
        }
        double[][] saliency = Saliency.of(small(picture, view, context));
        int columns = saliency[0].length;
        int rows = saliency.length;
        int width = samples(columns, part.width(), scaled.width());
        int height = samples(rows, part.height(), scaled.height());
        double[][] scores = transposed(sums(transposed(sums(saliency, width)), height));
        int bestX = 0;
        int bestY = 0;
        for (int y = 0; y < scores.length; y++) {
            for (int x = 0; x < scores[0].length; x++) {
                double gain = scores[y][x] - scores[bestY][bestX];
                double rounding = ROUNDING * scores[y][x];
                boolean nearer =
                        distance(x, columns - width) + distance(y, rows - height)
                                < distance(bestX, columns - width) + distance(bestY, rows - height);
                if (gain > rounding || (gain >= -rounding && nearer)) {
                    bestX = x;
                    bestY = y;
                }
            }
        }
        return new Window(
                place(bestX, columns - width, scaled.width() - part.width()),
                place(bestY, rows - height, scaled.height() - part.height()),
                part);
    }

    /** What is seen, upright and small: Y, Cb, Cr or grey, and alpha. */
    private static Picture small(Picture picture, View view, OperationContext context) {
        Picture small = SMALL.apply(picture.firstFrame(), view, context);
        Picture light = small.color() == ColorModel.CMYK ? context.toSrgb(small) : small;
        Picture full = Subsample.to(Chroma.S444, light, context);
        return full.color() == ColorModel.RGB
                ? YccConversion.fromRgb(full, context.workspace())
                : full;
    }

    private static int samples(int all, int part, int side) {
        return (int) Math.clamp(Math.round((double) all * part / side), 1L, all);
    }

    /** Where a part begins, given where it does in the small version and the free space in both. */
    private static int place(int small, int freeSmall, int free) {
        return freeSmall == 0 ? free / 2 : (int) Math.round((double) small * free / freeSmall);
    }

    private static double distance(int place, int free) {
        double fromMiddle = place - free / 2.0;
        return fromMiddle * fromMiddle;
    }

    /** The weighted sum of each run of so many values of each row. */
    private static double[][] sums(double[][] values, int length) {
        double[] weights = new double[length];
        for (int i = 0; i < length; i++) {
            weights[i] = 2 - Math.abs(2 * (i + 0.5) / length - 1);
        }
        double[][] sums = new double[values.length][values[0].length - length + 1];
        for (int y = 0; y < sums.length; y++) {
            for (int x = 0; x < sums[0].length; x++) {
                for (int i = 0; i < length; i++) {
                    sums[y][x] += weights[i] * values[y][x + i];
                }
            }
        }
        return sums;
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < columns.length; x++) {
                columns[x][y] = rows[y][x];
            }
        }
        return columns;
    }
}
