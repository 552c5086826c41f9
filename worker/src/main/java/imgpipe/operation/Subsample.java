package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.resample.Kernel;
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
                Plane to =
                        resample(
                                from,
                                picture.size(),
                                Window.of(picture.size()),
                                shared ? chroma : Chroma.S444,
                                context);
                changed |= !to.equals(from);
                planes.add(to);
            }
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return changed
                ? picture.with(picture.size(), picture.color(), picture.alpha(), frames)
                : picture;
    }

    /** The part of a plane under a part of its picture, with one sample for so many pixels. */
    static Plane resample(
            Plane plane, Size picture, Window window, Chroma chroma, OperationContext context) {
        Size size = chroma.plane(window.size());
        double spanX = (double) window.size().width() / chroma.across();
        double spanY = (double) window.size().height() / chroma.down();
        Span across = window.across(plane, picture);
        Span down = window.down(plane, picture);
        Plane from = across.of(down, plane);
        if (across.isWhole() && down.isWhole() && from.spanX() == spanX && from.spanY() == spanY) {
            return from;
        }
        Plane to = Plane.allocate(context.workspace(), size.width(), size.height(), spanX, spanY);
        // Making smaller, a chroma sample is the mean of its pixels, as in every JPEG encoder.
        // Making larger, the triangle
        // is what decoders call "fancy upsampling"; neither overshoots.
        boolean smaller = across.length() > spanX || down.length() > spanY;
        Kernel kernel = smaller ? Kernel.BOX : Kernel.LINEAR;
        context.resampler()
                .resample(
                        from,
                        across.taps(across.length() / spanX, size.width(), kernel),
                        down.taps(down.length() / spanY, size.height(), kernel),
                        to);
        return to;
    }
}
