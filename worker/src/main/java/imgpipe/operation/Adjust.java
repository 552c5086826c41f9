package imgpipe.operation;

import imgpipe.image.ColorModel;
import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.YccConversion;
import java.util.ArrayList;
import java.util.List;

/**
 * Brightness, contrast and saturation, one after the other, as the functions {@code brightness()},
 * {@code contrast()} and {@code saturate()} of CSS have them (Filter Effects Module Level 1): each
 * color is multiplied; its distance from the middle is multiplied; its distance from 0.213 R +
 * 0.715 G + 0.072 B is multiplied. After each it is clamped. Opacity stays.
 *
 * <p>The colors are sRGB's; those of the picture's own space where the recipe keeps that.
 *
 * @param brightness percent, 0 to 1000; 100 changes nothing
 * @param contrast likewise; 0 is all grey
 * @param saturation likewise; 0 is without color
 */
public record Adjust(double brightness, double contrast, double saturation) implements Operation {
    private static final double MOST = 1000;
    private static final float RED = 0.213f;
    private static final float GREEN = 0.715f;
    private static final float BLUE = 0.072f;

    public Adjust {
        if (!(inRange(brightness) && inRange(contrast) && inRange(saturation))) {
            throw new IllegalArgumentException(
                    brightness + " %, " + contrast + " %, " + saturation + " %");
        }
    }

    private static boolean inRange(double percent) {
        return percent >= 0 && percent <= MOST;
    }

    /** {@code adjust [brightness=PERCENT] [contrast=PERCENT] [saturation=PERCENT]}. */
    static Adjust read(Words words) throws RecipeException {
        double brightness = 100;
        double contrast = 100;
        double saturation = 100;
        Word word = words.next("brightness=, contrast= or saturation=");
        for (; word != null; word = words.nextInStep()) {
            if (word.sets("brightness")) {
                brightness = word.decimal(0, MOST);
            } else if (word.sets("contrast")) {
                contrast = word.decimal(0, MOST);
            } else if (word.sets("saturation")) {
                saturation = word.decimal(0, MOST);
            } else {
                throw word.isNot("brightness=, contrast= or saturation= and a percentage");
            }
        }
        return new Adjust(brightness, contrast, saturation);
    }

    @Override
    public Picture apply(Picture picture, OperationContext context) {
        if (brightness == 100 && contrast == 100 && saturation == 100) {
            return picture;
        }
        boolean converts = context.endsInSrgb() || picture.color() == ColorModel.CMYK;
        Picture made = converts ? context.toSrgb(picture) : picture;
        Picture colors =
                made.color() == ColorModel.YCC
                        ? YccConversion.toRgb(made, context.workspace())
                        : made;
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : colors.frames()) {
            List<Plane> planes = new ArrayList<>(frame.planes());
            for (int i = 0; i < colors.color().planes(); i++) {
                Plane as = planes.get(i);
                planes.set(
                        i,
                        Plane.allocate(
                                context.workspace(),
                                as.width(),
                                as.height(),
                                as.spanX(),
                                as.spanY()));
            }
            adjust(frame.planes().subList(0, colors.color().planes()), planes);
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return colors.with(colors.size(), colors.color(), colors.alpha(), frames);
    }

    private void adjust(List<Plane> from, List<Plane> to) {
        float[] curve = curve();
        byte[][] rows = new byte[from.size()][from.getFirst().width()];
        for (int y = 0; y < from.getFirst().height(); y++) {
            for (int i = 0; i < rows.length; i++) {
                from.get(i).load(y, rows[i]);
            }
            if (rows.length == 1) {
                bend(rows[0], curve);
            } else {
                saturate(rows[0], rows[1], rows[2], curve);
            }
            for (int i = 0; i < rows.length; i++) {
                to.get(i).store(y, rows[i]);
            }
        }
    }

    /** What brightness and contrast make of each sample, in samples, not rounded. */
    private float[] curve() {
        float[] curve = new float[256];
        for (int i = 0; i < curve.length; i++) {
            double bright = Math.clamp(i / 255.0 * brightness / 100, 0, 1);
            curve[i] = (float) (255 * Math.clamp((bright - 0.5) * contrast / 100 + 0.5, 0, 1));
        }
        return curve;
    }

    private static void bend(byte[] grey, float[] curve) {
        for (int x = 0; x < grey.length; x++) {
            grey[x] = sample(curve[grey[x] & 0xFF]);
        }
    }

    private void saturate(byte[] reds, byte[] greens, byte[] blues, float[] curve) {
        float much = (float) (saturation / 100);
        for (int x = 0; x < reds.length; x++) {
            float red = curve[reds[x] & 0xFF];
            float green = curve[greens[x] & 0xFF];
            float blue = curve[blues[x] & 0xFF];
            float grey = (1 - much) * (RED * red + GREEN * green + BLUE * blue);
            reds[x] = sample(grey + much * red);
            greens[x] = sample(grey + much * green);
            blues[x] = sample(grey + much * blue);
        }
    }

    private static byte sample(float value) {
        return (byte) Math.clamp(Math.round(value), 0, 255);
    }

    @Override
    public String toString() {
        return "adjust brightness="
                + Numbers.text(brightness)
                + " contrast="
                + Numbers.text(contrast)
                + " saturation="
                + Numbers.text(saturation);
    }
}
