package imgpipe.operation;

import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Rgb;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays a picture with alpha over a background and makes it opaque.
 *
 * @param background what shows through
 */
public record Flatten(Rgb background) implements Operation {
    /** {@code flatten [COLOR]}. */
    static Flatten read(Words words) throws RecipeException {
        Word color = words.nextInStep();
        return new Flatten(color == null ? Rgb.WHITE : color.color());
    }

    @Override
    public Picture apply(Picture transparent, OperationContext context) {
        if (!transparent.alpha()) {
            return transparent;
        }
        Picture picture = Background.ready(transparent, background, context);
        int[] behind = Background.samples(background, picture.color());
        List<Frame> frames =
                picture.frames().stream()
                        .map(
                                frame ->
                                        new Frame(
                                                flatten(
                                                        frame.planes(),
                                                        behind,
                                                        context.workspace()),
                                                frame.delayMillis()))
                        .toList();
        return picture.with(picture.size(), picture.color(), false, frames);
    }

    private static List<Plane> flatten(List<Plane> planes, int[] behind, Workspace workspace) {
        Plane alpha = planes.getLast();
        List<Plane> flat = new ArrayList<>();
        for (int i = 0; i < behind.length; i++) {
            flat.add(blend(planes.get(i), alpha, behind[i], workspace));
        }
        return flat;
    }

    private static Plane blend(Plane over, Plane alpha, int behind, Workspace workspace) {
        Plane result = Plane.allocate(workspace, over.width(), over.height());
        MemorySegment out = result.samples();
        for (int y = 0; y < over.height(); y++) {
            long row = (long) y * over.stride();
            long opacity = (long) y * alpha.stride();
            long target = (long) y * result.stride();
            for (int x = 0; x < over.width(); x++) {
                int a = alpha.samples().get(ValueLayout.JAVA_BYTE, opacity + x) & 0xFF;
                int color = over.samples().get(ValueLayout.JAVA_BYTE, row + x) & 0xFF;
                int mixed = (color * a + behind * (255 - a) + 127) / 255;
                out.set(ValueLayout.JAVA_BYTE, target + x, (byte) mixed);
            }
        }
        return result;
    }

    @Override
    public String toString() {
        return "flatten " + background;
    }
}
