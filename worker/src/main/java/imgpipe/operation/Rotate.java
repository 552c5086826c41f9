package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Rgb;
import imgpipe.image.Size;
import java.util.ArrayList;
import java.util.List;

/**
 * Rotates the picture by any angle around its centre, on a canvas that grows so that all of it
 * stays. The corners are transparent where the picture has alpha. Right angles are {@link Turn}'s.
 *
 * @param degrees clockwise, more than 0 and less than 360
 * @param background color of the corners of a picture without alpha
 */
public record Rotate(double degrees, Rgb background) implements Operation {
    /** Sides that are longer than whole pixels by no more than this are so by rounding. */
    private static final double ROUNDING = 1e-6;

    public Rotate {
        if (!(degrees > 0 && degrees < 360)) {
            throw new IllegalArgumentException("rotation by " + degrees + " degrees");
        }
    }

    /** {@code rotate DEGREES [background=COLOR]}, clockwise, -360 to 360. */
    static Operation read(Words words) throws RecipeException {
        double degrees = words.next("an angle in degrees").decimal(-360, 360);
        Rgb background = Rgb.WHITE;
        Word word = words.nextInStep();
        if (word != null) {
            if (!word.sets("background")) {
                throw word.isNot("a word of rotate, which is background=COLOR");
            }
            background = word.color();
        }
        // May be 360 by rounding.
        double clockwise = degrees < 0 ? degrees + 360 : degrees;
        return clockwise % 90 == 0
                ? Turn.quarters((int) (clockwise / 90))
                : new Rotate(clockwise, background);
    }

    @Override
    public Size resultSize(Size size) {
        double cosine = Math.abs(Math.cos(Math.toRadians(degrees)));
        double sine = Math.abs(Math.sin(Math.toRadians(degrees)));
        return Canvas.require(
                new Size(
                        side(size.width() * cosine + size.height() * sine),
                        side(size.width() * sine + size.height() * cosine)));
    }

    private static int side(double length) {
        return (int) Math.max(1, Math.ceil(length - ROUNDING));
    }

    @Override
    public Picture apply(Picture picture, OperationContext context) {
        Size canvas = resultSize(picture.size());
        Picture ready = picture.alpha() ? picture : Background.ready(picture, background, context);
        Picture full = Subsample.to(Chroma.S444, ready, context);
        int[] behind = Background.samples(background, full.color());
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : full.frames()) {
            List<Plane> planes = new ArrayList<>();
            for (int i = 0; i < frame.planes().size(); i++) {
                Plane to = Plane.allocate(context.workspace(), canvas.width(), canvas.height());
                Plane from = frame.planes().get(i);
                boolean weighted = full.alpha() && i < behind.length;
                Bicubic source =
                        weighted
                                ? Bicubic.weighted(from, frame.planes().getLast())
                                : Bicubic.on(full.alpha() ? 0 : behind[i], from);
                rotate(source, full.size(), to);
                planes.add(to);
            }
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return full.with(canvas, full.color(), full.alpha(), frames);
    }

    /** Looks up for each pixel of the target where it comes from: turns the other way. */
    private void rotate(Bicubic source, Size size, Plane to) {
        double cosine = Math.cos(Math.toRadians(degrees));
        double sine = Math.sin(Math.toRadians(degrees));
        byte[] row = new byte[to.width()];
        for (int y = 0; y < to.height(); y++) {
            double fromMiddleY = y + 0.5 - to.height() / 2.0;
            for (int x = 0; x < row.length; x++) {
                double fromMiddleX = x + 0.5 - to.width() / 2.0;
                row[x] =
                        (byte)
                                source.at(
                                        size.width() / 2.0
                                                + fromMiddleX * cosine
                                                + fromMiddleY * sine,
                                        size.height() / 2.0
                                                - fromMiddleX * sine
                                                + fromMiddleY * cosine);
            }
            to.store(y, row);
        }
    }

    @Override
    public String toString() {
        return "rotate "
                + Numbers.text(degrees)
                + (background.equals(Rgb.WHITE) ? "" : " background=" + background);
    }
}
