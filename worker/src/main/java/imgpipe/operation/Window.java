package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Frame;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a picture, in its pixels.
 *
 * @param left pixels of the picture on the left of it, 0 or more
 * @param top pixels above it, 0 or more
 * @param size of the part
 */
record Window(int left, int top, Size size) {
    /** All of a picture. */
    static Window of(Size picture) {
        return new Window(0, 0, picture);
    }

    /** The part of this part. */
    Window part(Window inner) {
        return new Window(left + inner.left, top + inner.top, inner.size);
    }

    /**
     * The same part of the picture as it is stored. Turning is transposing, then mirroring, so this
     * is the other way.
     *
     * @param orientation that the stored picture is turned by
     * @param turned size of the picture that this is a part of
     */
    Window before(Orientation orientation, Size turned) {
        int x = orientation.mirrorsX() ? turned.width() - size.width() - left : left;
        int y = orientation.mirrorsY() ? turned.height() - size.height() - top : top;
        return orientation.transposes()
                ? new Window(/* left= */ y, /* top= */ x, size.turned())
                : new Window(x, y, size);
    }

    /** Where it lies among a plane's samples, across. */
    Span across(Plane plane, Size picture) {
        return Span.of(left, size.width(), picture.width(), plane.spanX(), plane.width());
    }

    /** Where it lies among a plane's samples, down. */
    Span down(Plane plane, Size picture) {
        return Span.of(top, size.height(), picture.height(), plane.spanY(), plane.height());
    }

    /**
     * This part of a picture. Planes whose samples it falls on are shared with the picture, others
     * are resampled to the chroma subsampling that the context wants and a sample a pixel.
     *
     * @return the picture itself if this is all of it
     */
    Picture of(Picture picture, OperationContext context) {
        if (size.equals(picture.size())) {
            return picture;
        }
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : picture.frames()) {
            List<Plane> planes = new ArrayList<>();
            for (int i = 0; i < frame.planes().size(); i++) {
                boolean shared = picture.color() == ColorModel.YCC && (i == 1 || i == 2);
                Chroma chroma = shared ? context.chroma() : Chroma.S444;
                planes.add(of(frame.planes().get(i), picture.size(), chroma, context));
            }
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return picture.with(size, picture.color(), picture.alpha(), frames);
    }

    private Plane of(Plane plane, Size picture, Chroma chroma, OperationContext context) {
        Span across = across(plane, picture);
        Span down = down(plane, picture);
        return across.isWhole() && down.isWhole()
                ? across.of(down, plane)
                : Subsample.resample(plane, picture, this, chroma, context);
    }
}
