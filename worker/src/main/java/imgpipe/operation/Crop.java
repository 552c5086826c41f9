package imgpipe.operation;

import imgpipe.image.Gravity;
import imgpipe.image.Picture;
import imgpipe.image.Size;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a part of the picture: what of the box lies in the picture, or the largest part of a shape.
 *
 * @param extent how large the part is
 * @param place where it begins, or null to go by gravity
 * @param gravity where it lies
 * @param smart whether it lies where most is to be seen ({@link Attention}) instead
 */
public record Crop(Extent extent, @Nullable Place place, Gravity gravity, boolean smart)
        implements Move {
    private static final Pattern PLACED = Pattern.compile("([^+-]+)([+-][\\d.]+%?)([+-][\\d.]+%?)");

    /** A part in the middle. */
    static Crop centred(Extent extent) {
        return new Crop(extent, null, Gravity.CENTRE, false);
    }

    /**
     * Where a part begins.
     *
     * @param left from the picture's left side; negative outside of it
     * @param top from its top
     */
    record Place(Length left, Length top) {
        private static String signed(Length length) {
            return (length.amount() < 0 ? "" : "+") + length;
        }

        @Override
        public String toString() {
            return signed(left) + signed(top);
        }
    }

    /**
     * {@code crop WxH[+X+Y] [GRAVITY|smart]}, lengths in pixels or percent of the picture's side,
     * or {@code crop 16:9 [GRAVITY|smart]}.
     */
    static Crop read(Words words) throws RecipeException {
        Word box = words.next("a part such as 800x600+10+20 or 16:9");
        Matcher placed = PLACED.matcher(box.text());
        boolean matches = placed.matches();
        Extent extent =
                Extent.parse(matches ? placed.group(1) : box.text())
                        .orElseThrow(() -> notAPart(box));
        Place place = matches ? place(box, placed) : null;
        if (place != null && extent instanceof Extent.Shape) {
            throw notAPart(box);
        }
        Crop crop = new Crop(extent, place, Gravity.CENTRE, false);
        Word where = words.nextInStep();
        if (where == null) {
            return crop;
        }
        if (place != null) {
            throw where.isNot("of use behind " + box.text() + ", which says where the part lies");
        }
        if (where.text().equals("smart")) {
            return new Crop(extent, null, Gravity.CENTRE, true);
        }
        Gravity gravity =
                Gravity.of(where.text())
                        .orElseThrow(() -> where.isNot("a gravity such as north, or smart"));
        return new Crop(extent, null, gravity, false);
    }

    private static Place place(Word box, Matcher placed) throws RecipeException {
        return new Place(
                Length.parse(placed.group(2)).orElseThrow(() -> notAPart(box)),
                Length.parse(placed.group(3)).orElseThrow(() -> notAPart(box)));
    }

    private static RecipeException notAPart(Word box) {
        return box.isNot("a part; write 800x600, 800x600+10+20, 50%x50%+25%+25% or 16:9");
    }

    @Override
    public View seen(View view) {
        return view.cropped(window(view.size()));
    }

    @Override
    public View seen(View view, Picture picture, OperationContext context) {
        Size size = view.size();
        return smart
                ? view.cropped(Attention.window(picture, view, extent.inside(size), context))
                : seen(view);
    }

    /**
     * The part of a picture of this size.
     *
     * @throws UnfitException if all of it lies outside
     */
    private Window window(Size size) {
        if (place != null && extent instanceof Extent.Sides sides) {
            return clipped(size, sides.of(size), place);
        }
        Size part = extent.inside(size);
        return new Window(
                gravity.left(size.width() - part.width()),
                gravity.top(size.height() - part.height()),
                part);
    }

    private Window clipped(Size size, Size box, Place at) {
        int left = at.left.of(size.width());
        int top = at.top.of(size.height());
        int right = Math.min(left + box.width(), size.width());
        int bottom = Math.min(top + box.height(), size.height());
        left = Math.max(0, left);
        top = Math.max(0, top);
        if (left >= right || top >= bottom) {
            throw new UnfitException(
                    "the part " + extent + at + " lies outside of its " + size + " pixels");
        }
        return new Window(left, top, new Size(right - left, bottom - top));
    }

    @Override
    public String toString() {
        return "crop "
                + extent
                + (place == null ? "" : place)
                + (smart ? " smart" : "")
                + (place == null && !smart ? " " + gravity : "");
    }
}
