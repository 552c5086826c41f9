package imgpipe.operation;

import imgpipe.image.ColorModel;
import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Rgb;
import java.util.ArrayList;
import java.util.List;

/** An opaque color as the samples of a color model. */
final class Background {
    private Background() {}

    /**
     * The picture in a color model and space that the color, which is sRGB, can be laid behind. A
     * picture whose own colors are to be kept stays in its space, and the color's numbers are taken
     * as that space's; but grey becomes RGB for a color that is not grey, and CMYK is converted, as
     * no encoder takes it.
     */
    static Picture ready(Picture picture, Rgb color, OperationContext context) {
        return ready(
                picture, color.red() == color.green() && color.green() == color.blue(), context);
    }

    /**
     * The same for a picture that something of several colors is laid on, such as a mark.
     *
     * @param grey whether all its colors are grey
     */
    static Picture ready(Picture picture, boolean grey, OperationContext context) {
        boolean colored = picture.color() == ColorModel.GREY && !grey;
        boolean converts = context.endsInSrgb() || colored || picture.color() == ColorModel.CMYK;
        Picture made = converts ? context.toSrgb(picture) : picture;
        return colored ? inColor(made) : made;
    }

    /** Grey as RGB whose three planes are the same one. */
    static Picture inColor(Picture grey) {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : grey.frames()) {
            List<Plane> planes = new ArrayList<>(frame.planes());
            planes.addAll(0, List.of(planes.getFirst(), planes.getFirst()));
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return grey.with(grey.size(), ColorModel.RGB, grey.alpha(), frames);
    }

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
