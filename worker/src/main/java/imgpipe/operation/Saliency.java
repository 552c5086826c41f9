package imgpipe.operation;

import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;

/**
 * How much each pixel of a small picture draws the eye, from 0. It is the sum of three things:
 *
 * <ul>
 *   <li>how far its color, slightly blurred, is from the mean color of the picture (Achanta,
 *       Hemami, Estrada and Süsstrunk, "Frequency-tuned Salient Region Detection", CVPR 2009), here
 *       in Y, Cb, Cr, with half the weight for Y;
 *   <li>detail: the Laplacian of its luma, as libvips' "attention" has it;
 *   <li>whether it may be skin: Cb from 77 to 127 and Cr from 133 to 173 (Chai and Ngan, "Face
 *       Segmentation Using Skin-Color Map in Videophone Applications", 1999), neither dark nor
 *       glaring.
 * </ul>
 *
 * What is transparent counts as little as it is seen, as if the mean color lay behind it.
 */
final class Saliency {
    private static final double DETAIL = 2;

    /** A dark or bright background is often far from the mean: by luma it counts half. */
    private static final double LUMA = 0.5;

    private static final double SKIN = 40;

    /** Binomial coefficients, which blur like a Gaussian. */
    private static final int[] BLUR = {1, 4, 6, 4, 1};

    private Saliency() {}

    /**
     * The measure for each row and column.
     *
     * @param picture grey or Y, Cb, Cr at full resolution
     */
    static double[][] of(Picture picture) {
        Size size = picture.size();
        double[][] saliency = new double[size.height()][size.width()];
        double[][] opacity = opacity(picture);
        for (int i = 0; i < picture.color().planes(); i++) {
            double[][] differences = differences(picture.planes().get(i), opacity);
            for (int y = 0; y < size.height(); y++) {
                for (int x = 0; x < size.width(); x++) {
                    double contrast = (i == 0 ? LUMA : 1) * blurred(differences, x, y);
                    saliency[y][x] += contrast * contrast;
                }
            }
        }
        double[][] luma = differences(picture.planes().getFirst(), opacity);
        boolean colored = picture.color() == ColorModel.YCC;
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++) {
                double sum = Math.sqrt(saliency[y][x]) + DETAIL * detail(luma, x, y);
                if (colored && isSkin(picture, x, y)) {
                    sum += SKIN * opacity[y][x];
                }
                saliency[y][x] = sum;
            }
        }
        return saliency;
    }

    /** From 0 to 1. */
    private static double[][] opacity(Picture picture) {
        double[][] opacity = new double[picture.size().height()][picture.size().width()];
        for (int y = 0; y < opacity.length; y++) {
            for (int x = 0; x < opacity[0].length; x++) {
                opacity[y][x] = picture.alpha() ? picture.planes().getLast().at(x, y) / 255.0 : 1;
            }
        }
        return opacity;
    }

    /** How far each sample is from the mean of what is seen, by as much as it is seen. */
    private static double[][] differences(Plane plane, double[][] opacity) {
        double sum = 0;
        double weights = 0;
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                sum += plane.at(x, y) * opacity[y][x];
                weights += opacity[y][x];
            }
        }
        double mean = weights == 0 ? 0 : sum / weights;
        double[][] differences = new double[plane.height()][plane.width()];
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                differences[y][x] = (plane.at(x, y) - mean) * opacity[y][x];
            }
        }
        return differences;
    }

    private static double blurred(double[][] values, int x, int y) {
        double sum = 0;
        for (int j = 0; j < BLUR.length; j++) {
            for (int i = 0; i < BLUR.length; i++) {
                sum += BLUR[i] * BLUR[j] * near(values, x + i - 2, y + j - 2);
            }
        }
        return sum / 256;
    }

    private static double detail(double[][] luma, int x, int y) {
        double around =
                near(luma, x - 1, y)
                        + near(luma, x + 1, y)
                        + near(luma, x, y - 1)
                        + near(luma, x, y + 1);
        return Math.abs(4 * luma[y][x] - around);
    }

    /** The value there, or the nearest one of the picture. */
    private static double near(double[][] values, int x, int y) {
        return values[Math.clamp(y, 0, values.length - 1)][Math.clamp(x, 0, values[0].length - 1)];
    }

    private static boolean isSkin(Picture picture, int x, int y) {
        int luma = picture.planes().get(0).at(x, y);
        int blue = picture.planes().get(1).at(x, y);
        int red = picture.planes().get(2).at(x, y);
        return luma > 60 && luma < 235 && blue >= 77 && blue <= 127 && red >= 133 && red <= 173;
    }
}
