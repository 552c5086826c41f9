package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Rgb;
import imgpipe.image.Size;
import java.util.ArrayList;
import java.util.List;

/** Lays pictures on larger canvases. */
final class Canvas {
    private Canvas() {}

    /**
     * The picture on a canvas of one color, which is opaque where the picture has alpha.
     *
     * @param left free space on the left
     * @param top free space above
     */
    static Picture lay(
            Picture picture,
            Size canvas,
            int left,
            int top,
            Rgb background,
            OperationContext context) {
        // Chroma shared by pixels inside and outside of the picture would mix both.
        Picture full =
                Subsample.to(Chroma.S444, Background.ready(picture, background, context), context);
        int[] behind = Background.samples(background, full.color());
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : full.frames()) {
            List<Plane> planes = new ArrayList<>();
            for (int i = 0; i < frame.planes().size(); i++) {
                Plane to = Plane.allocate(context.workspace(), canvas.width(), canvas.height());
                to.samples().fill((byte) (i < behind.length ? behind[i] : 255));
                frame.planes().get(i).copyTo(to, left, top);
                planes.add(to);
            }
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return full.with(canvas, full.color(), full.alpha(), frames);
    }

    /**
     * The size itself.
     *
     * @throws UnfitException if a side is longer than {@link Box#LONGEST}
     */
    static Size require(Size canvas) {
        if (Math.max(canvas.width(), canvas.height()) > Box.LONGEST) {
            throw new UnfitException(
                    "it would become "
                            + canvas
                            + " pixels large; no side may be longer than "
                            + Box.LONGEST);
        }
        return canvas;
    }
}
