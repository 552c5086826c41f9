package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.Frame;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Moves samples so that a picture is turned by right angles or mirrored, without any loss. */
final class Turning {
    private Turning() {}

    /**
     * The picture turned; its own {@link Picture#orientation()} stays what it is.
     *
     * @return the picture itself if it stays as it is
     */
    static Picture of(Picture picture, Orientation by, OperationContext context) {
        if (by == Orientation.UPRIGHT) {
            return picture;
        }
        if (picture.frames().stream()
                .flatMap(frame -> frame.planes().stream())
                .anyMatch(plane -> !plane.isWhole())) {
            // The part of the last sample that is outside would come to lie in front of the first.
            return of(Subsample.to(Chroma.S444, picture, context), by, context);
        }
        List<Frame> frames =
                picture.frames().stream()
                        .map(frame -> turned(frame, by, context.workspace()))
                        .toList();
        return picture.with(by.turn(picture.size()), picture.color(), picture.alpha(), frames);
    }

    private static Frame turned(Frame frame, Orientation by, Workspace workspace) {
        List<Plane> planes =
                frame.planes().stream().map(plane -> turned(plane, by, workspace)).toList();
        return new Frame(planes, frame.delayMillis());
    }

    private static Plane turned(Plane from, Orientation orientation, Workspace workspace) {
        Size turned = orientation.turn(new Size(from.width(), from.height()));
        Plane to = Plane.allocate(workspace, turned.width(), turned.height());
        int width = turned.width();
        int height = turned.height();
        MemorySegment in = from.samples();
        MemorySegment out = to.samples();
        // Where the source lies of the target's first sample, and how far it moves with each target
        // column and row.
        long stepX = orientation.transposes() ? from.stride() : 1;
        long stepY = orientation.transposes() ? 1 : from.stride();
        long first = 0;
        if (orientation.mirrorsX()) {
            first += stepX * (width - 1);
            stepX = -stepX;
        }
        if (orientation.mirrorsY()) {
            first += stepY * (height - 1);
            stepY = -stepY;
        }
        for (int y = 0; y < height; y++) {
            long row = first + y * stepY;
            long target = (long) y * width;
            for (int x = 0; x < width; x++) {
                out.set(
                        ValueLayout.JAVA_BYTE,
                        target + x,
                        in.get(ValueLayout.JAVA_BYTE, row + x * stepX));
            }
        }
        return to;
    }
}
