package imgpipe.engine;

import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import imgpipe.resample.Kernel;
import imgpipe.resample.Resampler;
import imgpipe.resample.Taps;
import java.util.ArrayList;
import java.util.List;

/**
 * A decoded picture with a half, a quarter … of its samples, each made when it is first wanted. A
 * decoder of JPEG delivers these for a small rendition that is made alone; of several renditions
 * only the largest decides how the picture is decoded, and the others find here what they would
 * have been made of. The mean of two by two samples differs from a decoder's half by less than 0.2
 * dB of what comes of it (PyramidTest).
 */
final class Pyramid {
    private final List<Picture> levels = new ArrayList<>();
    private final boolean halves;
    private final Resampler resampler;
    private final Workspace workspace;

    /**
     * A pyramid of this one level.
     *
     * @param halves whether others may be made; otherwise renditions get all that was decoded
     */
    Pyramid(Picture decoded, boolean halves, Resampler resampler, Workspace workspace) {
        levels.add(decoded);
        this.halves = halves;
        this.resampler = resampler;
        this.workspace = workspace;
    }

    /** The picture with the fewest samples that are at least so many, across and down. */
    Picture covering(Size floor) {
        int level = 0;
        while (halves && half(levels.get(level).planes().getFirst()).covers(floor)) {
            if (++level == levels.size()) {
                levels.add(halved(levels.getLast()));
            }
        }
        return levels.get(level);
    }

    /** A last sample without a partner stays as it is. */
    private static Size half(Plane plane) {
        return new Size((plane.width() + 1) / 2, (plane.height() + 1) / 2);
    }

    private Picture halved(Picture picture) {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : picture.frames()) {
            List<Plane> planes = frame.planes().stream().map(this::halved).toList();
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return picture.with(picture.size(), picture.color(), picture.alpha(), frames);
    }

    private Plane halved(Plane from) {
        Size size = half(from);
        Plane to =
                Plane.allocate(
                        workspace, size.width(), size.height(), from.spanX() / 2, from.spanY() / 2);
        Taps across = Taps.of(from.width(), 0, 2, size.width(), Kernel.BOX);
        Taps down = Taps.of(from.height(), 0, 2, size.height(), Kernel.BOX);
        resampler.resample(from, across, down, to);
        return to;
    }
}
