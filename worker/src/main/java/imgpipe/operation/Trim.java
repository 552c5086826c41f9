package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts off the border: the rows and columns at the sides in which every pixel is like that in the
 * upper left corner. Pixels are alike if no sample differs by more than the tolerance; where the
 * corner is transparent, if their opacity is no more than the tolerance. Of an animation that is
 * cut off which is border in each frame. A picture that is nothing but border stays as it is.
 *
 * @param tolerance 0 to 255; JPEG leaves noise of some 10 around edges
 */
public record Trim(int tolerance) implements Operation {
    /** The tolerance unless another is asked for, as libvips has it. */
    private static final int USUAL = 10;

    public Trim {
        if (tolerance < 0 || tolerance > 255) {
            throw new IllegalArgumentException("tolerance " + tolerance);
        }
    }

    /** {@code trim [tolerance=N]}. */
    static Trim read(Words words) throws RecipeException {
        Word word = words.nextInStep();
        if (word != null && !word.sets("tolerance")) {
            throw word.isNot("a word of trim, which is tolerance=N");
        }
        return new Trim(word == null ? USUAL : (int) word.number(0, 255));
    }

    @Override
    public Picture apply(Picture picture, OperationContext context) {
        Picture full = Subsample.to(Chroma.S444, picture, context);
        Content content = new Content(picture.size());
        for (Frame frame : full.frames()) {
            boolean transparent = picture.alpha() && frame.planes().getLast().at(0, 0) == 0;
            content.add(
                    transparent ? List.of(frame.planes().getLast()) : frame.planes(), tolerance);
        }
        Window window = content.window();
        return window == null ? picture : window.of(picture, context);
    }

    /** The smallest window that holds all that is no border. */
    private static final class Content {
        private final byte[] row;
        private final boolean[] differs;
        private int left;
        private int top;
        private int right;
        private int bottom;

        Content(Size size) {
            row = new byte[size.width()];
            differs = new boolean[size.width()];
            left = size.width();
            top = size.height();
        }

        void add(List<Plane> planes, int tolerance) {
            for (int y = 0; y < planes.getFirst().height(); y++) {
                Arrays.fill(differs, false);
                for (Plane plane : planes) {
                    plane.load(y, row);
                    compare(plane.at(0, 0), tolerance);
                }
                addRow(y);
            }
        }

        private void compare(int corner, int tolerance) {
            for (int x = 0; x < row.length; x++) {
                differs[x] |= Math.abs((row[x] & 0xFF) - corner) > tolerance;
            }
        }

        private void addRow(int y) {
            int first = 0;
            while (first < differs.length && !differs[first]) {
                first++;
            }
            if (first == differs.length) {
                return;
            }
            int last = differs.length;
            while (!differs[last - 1]) {
                last--;
            }
            left = Math.min(left, first);
            right = Math.max(right, last);
            top = Math.min(top, y);
            bottom = Math.max(bottom, y + 1);
        }

        @Nullable Window window() {
            return left < right
                    ? new Window(left, top, new Size(right - left, bottom - top))
                    : null;
        }
    }

    @Override
    public String toString() {
        return "trim" + (tolerance == USUAL ? "" : " tolerance=" + tolerance);
    }
}
