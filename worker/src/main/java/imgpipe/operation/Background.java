package imgpipe.operation;

import imgpipe.image.ColorModel;
import imgpipe.image.Rgb;

/** An opaque color as the samples of a color model. */
final class Background {
    private Background() {}

    /** One sample, 0 to 255, for each color plane of the model. */
    static int[] samples(Rgb color, ColorModel model) {
        int r = color.red();
        int g = color.green();
        int b = color.blue();
        return switch (model) {
            case GREY -> new int[] {luma(r, g, b)};
            case RGB -> new int[] {r, g, b};
            // JFIF 1.02, "Conversion to and from RGB".
            case YCC ->
                    new int[] {
                        luma(r, g, b),
                        byteOf(128 - 0.168735892 * r - 0.331264108 * g + 0.5 * b),
                        byteOf(128 + 0.5 * r - 0.418687589 * g - 0.081312411 * b)
                    };
            case CMYK -> new int[] {255 - r, 255 - g, 255 - b, 0};
        };
    }

    private static int luma(int r, int g, int b) {
        return byteOf(0.299 * r + 0.587 * g + 0.114 * b);
    }

    private static int byteOf(double value) {
        return (int) Math.clamp(Math.round(value), 0L, 255L);
    }
}
