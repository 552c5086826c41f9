package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.resample.Kernel;
import imgpipe.resample.Taps;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings planes to the resolution that somebody needs: chroma to a given subsampling, everything
 * else to a sample a pixel. Not a step of a recipe, it follows from the format.
 */
public final class Subsample {
    private Subsample() {}

    /**
     * The picture with chroma planes of exactly this subsampling and whole other planes; itself if
     * they are so.
     */
    public static Picture to(Chroma chroma, Picture picture, OperationContext context) {
        boolean changed = false;
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : picture.frames()) {
            List<Plane> planes = new ArrayList<>();
            for (int i = 0; i < frame.planes().size(); i++) {
                boolean shared = picture.color() == ColorModel.YCC && (i == 1 || i == 2);
                Plane from = frame.planes().get(i);
                Plane to = resample(from, picture.size(), shared ? chroma : Chroma.S444, context);
                changed |= !to.equals(from);
                planes.add(to);
            }
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return changed
                ? picture.with(picture.size(), picture.color(), picture.alpha(), frames)
                : picture;
    }

    private static Plane resample(
            Plane from, Size picture, Chroma chroma, OperationContext context) {
        Size size = chroma.plane(picture);
        double spanX = (double) picture.width() / chroma.across();
        double spanY = (double) picture.height() / chroma.down();
        if (from.spanX() == spanX && from.spanY() == spanY) {
            return from;
        }
        Plane to = Plane.allocate(context.workspace(), size.width(), size.height(), spanX, spanY);
        // Making smaller, a chroma sample is the mean of its pixels, as in every JPEG encoder.
        // Making larger, the triangle
        // is what decoders call "fancy upsampling"; neither overshoots.
        Kernel kernel = from.spanX() > spanX || from.spanY() > spanY ? Kernel.BOX : Kernel.LINEAR;
        Taps across = Taps.of(from.width(), 0, from.spanX() / spanX, size.width(), kernel);
        Taps down = Taps.of(from.height(), 0, from.spanY() / spanY, size.height(), kernel);
        context.resampler().resample(from, across, down, to);
        return to;
    }
}
