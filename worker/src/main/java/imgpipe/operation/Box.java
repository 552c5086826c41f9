package imgpipe.operation;

import imgpipe.image.Size;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The size that a picture is resized to, as users write it. */
public sealed interface Box {
    /** The longest side that can be asked for. */
    int LONGEST = 65_535;

    /**
     * The box in pixels for a picture of this size; sides that are free follow from the picture's
     * shape, and may be longer than {@link #LONGEST}.
     */
    Size of(Size picture);

    /**
     * Width, height, or both, in pixels.
     *
     * @param width 1 to 65,535, or 0 if it is free
     * @param height 1 to 65,535, or 0 if it is free; not both are
     */
    record Pixels(int width, int height) implements Box {
        public Pixels {
            if (width < 0
                    || height < 0
                    || width > LONGEST
                    || height > LONGEST
                    || width + height == 0) {
                throw new IllegalArgumentException("box of " + width + "x" + height);
            }
        }

        @Override
        public Size of(Size picture) {
            return new Size(
                    width > 0 ? width : scaled(picture.width(), height, picture.height()),
                    height > 0 ? height : scaled(picture.height(), width, picture.width()));
        }

        private static int scaled(int side, int wanted, int of) {
            return pixels((double) side * wanted / of);
        }

        @Override
        public String toString() {
            return (width > 0 ? width : "") + "x" + (height > 0 ? height : "");
        }
    }

    /**
     * A part of the picture's own size.
     *
     * @param percent more than 0, at most 10,000
     */
    record Percent(double percent) implements Box {
        public Percent {
            if (!(percent > 0 && percent <= 10_000)) {
                throw new IllegalArgumentException(percent + "%");
            }
        }

        @Override
        public Size of(Size picture) {
            return new Size(scaled(picture.width()), scaled(picture.height()));
        }

        private int scaled(int side) {
            return pixels(side * percent / 100);
        }

        @Override
        public String toString() {
            return Numbers.text(percent) + "%";
        }
    }

    /**
     * A side that was computed: at least a pixel, and no more than can be said in a {@link Size}.
     */
    static int pixels(double side) {
        return (int) Math.clamp(Math.round(side), 1L, Integer.MAX_VALUE);
    }

    /** What {@link #parse} understands. */
    Pattern PIXELS = Pattern.compile("(\\d{1,5})?(?:([xX])(\\d{1,5})?)?");

    /**
     * {@code 800} (a square box), {@code 800x600}, {@code 800x}, {@code x600} or {@code 50%}; empty
     * if it is none.
     */
    static Optional<Box> parse(String text) {
        try {
            if (text.endsWith("%")) {
                return Optional.of(
                        new Percent(Double.parseDouble(text.substring(0, text.length() - 1))));
            }
            Matcher matcher = PIXELS.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            int width = number(matcher.group(1));
            int height = matcher.group(2) == null ? width : number(matcher.group(3));
            // A side that is written as 0 is a mistake, not a free one.
            boolean zero = text.matches("0+|0+[xX].*|.*[xX]0+");
            return zero ? Optional.empty() : Optional.of(new Pixels(width, height));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
