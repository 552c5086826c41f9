package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import imgpipe.image.YccConversion;
import imgpipe.resample.Kernel;
import imgpipe.resample.Taps;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Blends a picture with alpha into another one, in that one's color model. Subsampled chroma stays
 * so, and no sample outside the covered area changes: the mark is laid on a layer that begins and
 * ends with whole samples of chroma.
 */
final class Overlay {
    private final Picture below;
    private final float opacity;
    private final OperationContext context;
    private final int across;
    private final int down;

    /**
     * Onto this picture.
     *
     * @param opacity 0 to 1
     */
    Overlay(Picture below, double opacity, OperationContext context) {
        this.opacity = (float) opacity;
        this.context = context;
        Plane chroma = below.planes().get(below.color() == ColorModel.YCC ? 1 : 0);
        double x = below.size().width() / chroma.spanX();
        double y = below.size().height() / chroma.spanY();
        Plane first = below.planes().getFirst();
        boolean simple =
                !below.alpha()
                        && x == Math.rint(x)
                        && y == Math.rint(y)
                        && first.spanX() == below.size().width()
                        && first.spanY() == below.size().height();
        this.below = simple ? below : Subsample.to(Chroma.S444, below, context);
        across = simple ? (int) x : 1;
        down = simple ? (int) y : 1;
    }

    /** Planes of colors and one of opacity, and where in the picture they begin. */
    private record Layer(List<Plane> planes, int left, int top) {}

    /**
     * The picture with the mark at this place.
     *
     * @param mark grey or RGB with alpha; grey if the picture is
     * @param gap between tiles in pixels, or -1 for a single one
     */
    Picture lay(Picture mark, int left, int top, int gap) {
        Layer layer = layer(colored(mark), left, top, gap);
        List<Plane> colors = layer.planes().subList(0, below.color().planes());
        Plane opaque = layer.planes().getLast();
        List<Plane> shrunk = new ArrayList<>();
        List<Plane> opacities = new ArrayList<>();
        for (int i = 0; i < colors.size(); i++) {
            boolean shared = below.color() == ColorModel.YCC && i > 0;
            shrunk.add(shared ? shrink(colors.get(i), opaque) : colors.get(i));
            opacities.add(!shared ? opaque : i == 1 ? shrink(opaque, null) : opacities.getLast());
        }
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : below.frames()) {
            List<Plane> planes = new ArrayList<>();
            Plane alpha = below.alpha() ? frame.planes().getLast() : null;
            for (int i = 0; i < colors.size(); i++) {
                boolean shared = below.color() == ColorModel.YCC && i > 0;
                int x = layer.left() / (shared ? across : 1);
                int y = layer.top() / (shared ? down : 1);
                Plane plane = copy(frame.planes().get(i));
                Blend blend = new Blend(shrunk.get(i), opacities.get(i), opacity, x, y);
                blend.into(plane, alpha);
                planes.add(plane);
            }
            if (alpha != null) {
                Plane plane = copy(alpha);
                new Blend(opaque, opaque, opacity, layer.left(), layer.top()).cover(plane);
                planes.add(plane);
            }
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return below.with(below.size(), below.color(), below.alpha(), frames);
    }

    /** The mark's planes in the picture's color model, opacity last. */
    private List<Plane> colored(Picture mark) {
        if (below.color() == ColorModel.GREY) {
            return mark.planes();
        }
        Picture colors = mark.color() == ColorModel.GREY ? Background.inColor(mark) : mark;
        return below.color() == ColorModel.YCC
                ? YccConversion.fromRgb(colors, context.workspace()).planes()
                : colors.planes();
    }

    private Layer layer(List<Plane> mark, int left, int top, int gap) {
        int width = mark.getFirst().width();
        int height = mark.getFirst().height();
        boolean tiled = gap >= 0;
        Size size = below.size();
        int x0 = tiled ? 0 : left / across * across;
        int y0 = tiled ? 0 : top / down * down;
        int x1 = upTo(tiled ? size.width() : left + width, across);
        int y1 = upTo(tiled ? size.height() : top + height, down);
        int stepX = tiled ? width + gap : x1;
        int stepY = tiled ? height + gap : y1;
        int firstX = tiled ? left % stepX - stepX : left;
        int firstY = tiled ? top % stepY - stepY : top;
        List<Plane> planes = new ArrayList<>();
        for (Plane from : mark) {
            Plane to = Plane.allocate(context.workspace(), x1 - x0, y1 - y0);
            to.samples().fill((byte) 0);
            for (int y = firstY; y < y1; y += stepY) {
                for (int x = firstX; x < x1; x += stepX) {
                    paste(from, to, x - x0, y - y0);
                }
            }
            planes.add(to);
        }
        return new Layer(planes, x0, y0);
    }

    private static int upTo(int end, int step) {
        return (end + step - 1) / step * step;
    }

    /** Copies the part of it that lies within the other one. */
    private static void paste(Plane from, Plane to, int left, int top) {
        int begin = Math.max(0, -left);
        int end = Math.min(from.width(), to.width() - left);
        for (int y = Math.max(0, -top); y < Math.min(from.height(), to.height() - top); y++) {
            if (begin < end) {
                MemorySegment.copy(
                        from.samples(),
                        (long) y * from.stride() + begin,
                        to.samples(),
                        (long) (top + y) * to.stride() + left + begin,
                        end - begin);
            }
        }
    }

    /** One sample for those that share one of chroma: their mean, weighted by opacity if given. */
    private Plane shrink(Plane plane, @Nullable Plane weight) {
        if (across == 1 && down == 1) {
            return plane;
        }
        int width = plane.width() / across;
        int height = plane.height() / down;
        Plane to = Plane.allocate(context.workspace(), width, height);
        Taps columns = Taps.of(plane.width(), 0, across, width, Kernel.BOX);
        Taps rows = Taps.of(plane.height(), 0, down, height, Kernel.BOX);
        if (weight == null) {
            context.resampler().resample(plane, columns, rows, to);
        } else {
            context.resampler().resample(plane, weight, columns, rows, to);
        }
        return to;
    }

    private Plane copy(Plane plane) {
        Workspace workspace = context.workspace();
        Plane copy =
                Plane.allocate(
                        workspace, plane.width(), plane.height(), plane.spanX(), plane.spanY());
        byte[] row = new byte[plane.width()];
        for (int y = 0; y < plane.height(); y++) {
            plane.load(y, row);
            copy.store(y, row);
        }
        return copy;
    }
}
