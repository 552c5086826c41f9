package imgpipe.operation;

import imgpipe.image.Size;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How large a part of a picture is, or a canvas around it, as users write it. */
sealed interface Extent {
    /** The size of the part of a picture, no larger than the picture. */
    Size inside(Size picture);

    /**
     * The size of the canvas around a picture, no smaller than the picture; a side may be longer
     * than {@link Box#LONGEST}.
     */
    Size around(Size picture);

    /**
     * Sides of given lengths.
     *
     * @param width null for all of the picture's
     * @param height likewise
     */
    record Sides(@Nullable Length width, @Nullable Length height) implements Extent {
        /** The sides as they are asked for. */
        Size of(Size picture) {
            return new Size(side(width, picture.width()), side(height, picture.height()));
        }

        private static int side(@Nullable Length length, int side) {
            return length == null ? side : Math.max(1, length.of(side));
        }

        @Override
        public Size inside(Size picture) {
            Size asked = of(picture);
            return new Size(
                    Math.min(asked.width(), picture.width()),
                    Math.min(asked.height(), picture.height()));
        }

        @Override
        public Size around(Size picture) {
            Size asked = of(picture);
            return new Size(
                    Math.max(asked.width(), picture.width()),
                    Math.max(asked.height(), picture.height()));
        }

        @Override
        public String toString() {
            return (width == null ? "" : width) + "x" + (height == null ? "" : height);
        }
    }

    /**
     * A shape: so many across to so many down.
     *
     * @param across more than 0
     * @param down more than 0
     */
    record Shape(double across, double down) implements Extent {
        private boolean flatterThan(Size picture) {
            return across * picture.height() > down * picture.width();
        }

        @Override
        public Size inside(Size picture) {
            return flatterThan(picture)
                    ? new Size(picture.width(), Box.pixels(picture.width() * down / across))
                    : new Size(Box.pixels(picture.height() * across / down), picture.height());
        }

        @Override
        public Size around(Size picture) {
            return flatterThan(picture)
                    ? new Size(Box.pixels(picture.height() * across / down), picture.height())
                    : new Size(picture.width(), Box.pixels(picture.width() * down / across));
        }

        @Override
        public String toString() {
            return Numbers.text(across) + ":" + Numbers.text(down);
        }
    }

    /** What {@link #parse} understands. */
    Pattern SIDES = Pattern.compile("([\\d.]+%?)?(?:([xX])([\\d.]+%?)?)?");

    /** Likewise. */
    Pattern SHAPE = Pattern.compile("(\\d{1,5}(?:\\.\\d+)?):(\\d{1,5}(?:\\.\\d+)?)");

    /**
     * {@code 800x600}, {@code 800x}, {@code x600}, {@code 800} (both sides), each side also as
     * {@code 50%}, or a shape {@code 16:9}; empty if it is none.
     */
    static Optional<Extent> parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (shape.matches()) {
            double across = Double.parseDouble(shape.group(1));
            double down = Double.parseDouble(shape.group(2));
            return across > 0 && down > 0 ? Optional.of(new Shape(across, down)) : Optional.empty();
        }
        Matcher sides = SIDES.matcher(text);
        if (text.isEmpty() || !sides.matches()) {
            return Optional.empty();
        }
        String width = sides.group(1);
        String height = sides.group(2) == null ? width : sides.group(3);
        Length across = width == null ? null : side(width);
        Length down = height == null ? null : side(height);
        boolean wrong =
                (width != null && across == null)
                        || (height != null && down == null)
                        || (width == null && height == null);
        return wrong ? Optional.empty() : Optional.of(new Sides(across, down));
    }

    /** A length that a side can have; null for others. */
    private static @Nullable Length side(String text) {
        return Length.parse(text)
                .filter(length -> length.amount() > 0)
                .filter(length -> length.amount() <= (length.percent() ? 10_000 : Box.LONGEST))
                .orElse(null);
    }
}
