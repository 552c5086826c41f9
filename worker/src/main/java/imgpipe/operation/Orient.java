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

/** Turns the picture upright, as its orientation says. */
public record Orient() implements Operation {
    @Override
    public Picture apply(Picture picture, OperationContext context) {
        Orientation orientation = picture.orientation();
        if (orientation == Orientation.UPRIGHT) {
            return picture;
        }
        if (picture.planes().stream().anyMatch(plane -> !plane.isWhole())) {
            // The part of the last sample that is outside would come to lie in front of the first.
            return apply(Subsample.to(Chroma.S444, picture, context), context);
        }
        List<Frame> frames =
                picture.frames().stream()
                        .map(
                                frame ->
                                        new Frame(
                                                frame.planes().stream()
                                                        .map(
                                                                plane ->
                                                                        turn(
                                                                                plane,
                                                                                orientation,
                                                                                context
                                                                                        .workspace()))
                                                        .toList(),
                                                frame.delayMillis()))
                        .toList();
        Size size = orientation.turn(picture.size());
        return picture.with(size, picture.color(), picture.alpha(), frames)
                .with(Orientation.UPRIGHT);
    }

    private static Plane turn(Plane from, Orientation orientation, Workspace workspace) {
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

    @Override
    public String toString() {
        return "orient";
    }
}
