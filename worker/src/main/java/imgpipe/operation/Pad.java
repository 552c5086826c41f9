package imgpipe.operation;

import imgpipe.image.Gravity;
import imgpipe.image.Picture;
import imgpipe.image.Rgb;
import imgpipe.image.Size;

/**
 * Lays the picture on a canvas that is no smaller than it on either side.
 *
 * @param extent of the canvas
 * @param gravity where on it the picture lies
 * @param background color of the canvas, opaque
 */
public record Pad(Extent extent, Gravity gravity, Rgb background) implements Operation {
    /**
     * {@code pad WxH [GRAVITY] [background=COLOR]}, lengths in pixels or percent of the picture's
     * side, or {@code pad 16:9 …} for the smallest canvas of a shape.
     */
    static Pad read(Words words) throws RecipeException {
        Word box = words.next("a canvas such as 800x600 or 16:9");
        Extent extent =
                Extent.parse(box.text())
                        .orElseThrow(() -> box.isNot("a canvas; write 800x600, 120% or 16:9"));
        Gravity gravity = Gravity.CENTRE;
        Rgb background = Rgb.WHITE;
        for (Word word = words.nextInStep(); word != null; word = words.nextInStep()) {
            if (word.sets("background")) {
                background = word.color();
            } else {
                Word where = word;
                gravity =
                        Gravity.of(word.text())
                                .orElseThrow(
                                        () ->
                                                where.isNot(
                                                        "a word of pad: a gravity such as north,"
                                                                + " or background=COLOR"));
            }
        }
        return new Pad(extent, gravity, background);
    }

    @Override
    public Size resultSize(Size size) {
        return Canvas.require(extent.around(size));
    }

    @Override
    public Picture apply(Picture picture, OperationContext context) {
        Size size = picture.size();
        Size canvas = resultSize(size);
        if (canvas.equals(size)) {
            return picture;
        }
        int left = gravity.left(canvas.width() - size.width());
        int top = gravity.top(canvas.height() - size.height());
        return Canvas.lay(picture, canvas, left, top, background, context);
    }

    @Override
    public String toString() {
        return "pad "
                + extent
                + " "
                + gravity
                + (background.equals(Rgb.WHITE) ? "" : " background=" + background);
    }
}
