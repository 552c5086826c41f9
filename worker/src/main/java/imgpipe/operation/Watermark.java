package imgpipe.operation;

import imgpipe.image.ColorModel;
import imgpipe.image.Gravity;
import imgpipe.image.Picture;
import imgpipe.image.Rgb;
import imgpipe.image.Size;
import imgpipe.resample.Kernel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lays a mark over the picture. Both are blended in sRGB, where the recipe keeps the picture's own
 * colors in those: the mark's numbers are taken as that space's then. A mark that is larger than
 * the picture within its margins is made smaller; one that has colors makes a grey picture a
 * colored one.
 *
 * @param mark what is laid over it
 * @param gravity where
 * @param opacity percent that the mark's own opacity is multiplied by, 1 to 100
 * @param margin between the mark and the picture's edges, and between tiles; 100 % are the
 *     picture's shorter side
 * @param scale width of the mark, where 100 % are the picture's; null for the mark's own
 * @param tiled whether the mark is repeated over all of the picture
 */
public record Watermark(
        Mark mark,
        Gravity gravity,
        double opacity,
        Length margin,
        @Nullable Length scale,
        boolean tiled)
        implements Operation {
    public static final double OPACITY = 60;
    public static final Length MARGIN = new Length(2, true);
    public static final Length TEXT_SIZE = new Length(4, true);

    private static final int LARGEST_LETTERS = 4000;

    /** Letters of this size tell how large a text is. */
    private static final int PROBE = 100;

    /** Longer texts are tried in smaller letters, so that trying costs little. */
    private static final int PROBED_LETTERS = 200;

    private static final String WORDS =
            "a word of watermark: a gravity, opacity=60, margin=2%, scale=20%, tiled, and for a"
                    + " text size=4% and color=";

    public Watermark {
        if (!(opacity >= 1 && opacity <= 100)) {
            throw new IllegalArgumentException("a watermark of " + opacity + " % opacity");
        }
    }

    /**
     * {@code watermark FILE|text='TEXT' [GRAVITY] [opacity=60] [margin=2%] [scale=20%] [tiled]
     * [size=4%] [color=white]}. FILE is percent-encoded, or stands as it is in single quotes.
     */
    static Watermark read(Words words) throws RecipeException {
        Word first = words.next("a picture's file, or text='...'");
        Mark mark = mark(first);
        Gravity gravity = Gravity.SOUTHEAST;
        double opacity = OPACITY;
        Length margin = MARGIN;
        Length scale = null;
        boolean tiled = false;
        for (Word word = words.nextInStep(); word != null; word = words.nextInStep()) {
            if (Gravity.of(word.text()).isPresent()) {
                gravity = Gravity.of(word.text()).get();
            } else if (word.sets("opacity")) {
                opacity = word.decimal(1, 100);
            } else if (word.sets("margin")) {
                margin = length(word, margin(word.value()));
            } else if (word.sets("scale")) {
                scale = length(word, scale(word.value()));
            } else if (word.text().equals("tiled")) {
                tiled = true;
            } else {
                mark = mark(mark, word);
            }
        }
        return new Watermark(mark, gravity, opacity, margin, scale, tiled);
    }

    private static Mark mark(Word word) throws RecipeException {
        try {
            if (word.sets("text")) {
                return new Mark.Text(word.value(), Rgb.WHITE, TEXT_SIZE);
            }
            if (!word.text().equals("|")) {
                return word.isQuoted() ? Mark.File.named(word.value()) : Mark.File.of(word.text());
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the complaint.
        }
        throw word.isNot(
                "a picture's file, in which %25 stands for %, nor text='...' with a line of text");
    }

    private static Mark mark(Mark mark, Word word) throws RecipeException {
        return switch (mark) {
            case Mark.Text(String text, Rgb color, Length size) when word.sets("size") ->
                    new Mark.Text(text, color, length(word, scale(word.value())));
            case Mark.Text(String text, Rgb color, Length size) when word.sets("color") ->
                    new Mark.Text(text, word.color(), size);
            case Mark.File(String path, String hash)
                    when word.sets("hash") && word.value().matches("[0-9a-f]{16}") ->
                    new Mark.File(path, word.value());
            case Mark.Text text -> throw word.isNot(WORDS);
            case Mark.File file -> throw word.isNot(WORDS);
        };
    }

    /** A margin of 0 to 65,535 pixels, or of less than half the picture; empty if it is none. */
    public static Optional<Length> margin(String text) {
        return Length.parseWithin(text).filter(each -> !each.percent() || each.amount() < 50);
    }

    /** How wide a mark may be: more than nothing; empty if it is no width. */
    public static Optional<Length> scale(String text) {
        return Length.parseWithin(text).filter(each -> each.amount() > 0);
    }

    private static Length length(Word word, Optional<Length> length) throws RecipeException {
        return length.orElseThrow(() -> word.isNot("a length that fits; write 12 or 2%"));
    }

    /** The same with another mark. */
    public Watermark with(Mark newMark) {
        return new Watermark(newMark, gravity, opacity, margin, scale, tiled);
    }

    @Override
    public Picture apply(Picture picture, OperationContext context) {
        Size size = picture.size();
        Picture shown = fitted(size, context);
        Picture below = Background.ready(picture, shown.color() == ColorModel.GREY, context);
        int gap = gap(size);
        return new Overlay(below, opacity / 100, context)
                .lay(
                        shown,
                        gap + gravity.left(size.width() - 2 * gap - shown.size().width()),
                        gap + gravity.top(size.height() - 2 * gap - shown.size().height()),
                        tiled ? gap : -1);
    }

    /** The margin in pixels; one that would leave nothing of the picture leaves a pixel. */
    private int gap(Size size) {
        int shorter = Math.min(size.width(), size.height());
        return Math.min(margin.of(shorter), (shorter - 1) / 2);
    }

    /** The mark as large as it is laid over a picture of this size. */
    private Picture fitted(Size size, OperationContext context) {
        Picture shown =
                switch (mark) {
                    case Mark.File file -> context.mark(file);
                    case Mark.Text text -> context.mark(text, letters(text, size, context));
                };
        double factor =
                scale == null || mark instanceof Mark.Text
                        ? 1
                        : (double) Math.max(1, scale.of(size.width())) / shown.size().width();
        int room = 2 * gap(size);
        factor = Math.min(factor, (double) (size.width() - room) / shown.size().width());
        factor = Math.min(factor, (double) (size.height() - room) / shown.size().height());
        Box box =
                new Box.Pixels(
                        side(shown.size().width() * factor), side(shown.size().height() * factor));
        return new Resize(
                        box,
                        Fit.FILL,
                        Gravity.CENTRE,
                        Kernel.CATMULL_ROM,
                        true,
                        Rgb.WHITE,
                        false,
                        false,
                        false)
                .apply(shown, context);
    }

    private static int side(double pixels) {
        return (int) Math.clamp(Math.round(pixels), 1L, Box.LONGEST);
    }

    /** Text is drawn in the size that it has in the end, so no larger than there is room for. */
    private int letters(Mark.Text text, Size size, OperationContext context) {
        int probe = Math.max(1, Math.min(PROBE, PROBE * PROBED_LETTERS / text.text().length()));
        Size drawn = context.mark(text, probe).size();
        int room = 2 * gap(size);
        double most =
                Math.min(
                        (double) (size.width() - room) / drawn.width(),
                        (double) (size.height() - room) / drawn.height());
        double letters =
                scale == null
                        ? text.size().of(Math.min(size.width(), size.height()))
                        : (double) probe * scale.of(size.width()) / drawn.width();
        return (int) Math.clamp(Math.round(Math.min(letters, probe * most)), 1L, LARGEST_LETTERS);
    }

    @Override
    public String toString() {
        String shown =
                switch (mark) {
                    case Mark.File(String path, String hash) ->
                            path + (hash.isEmpty() ? "" : " hash=" + hash);
                    case Mark.Text(String text, Rgb color, Length size) ->
                            "text='"
                                    + text.replace("'", "''")
                                    + "' size="
                                    + size
                                    + " color="
                                    + color;
                };
        return "watermark "
                + shown
                + " "
                + gravity
                + " opacity="
                + Numbers.text(opacity)
                + " margin="
                + margin
                + (scale == null ? "" : " scale=" + scale)
                + (tiled ? " tiled" : "");
    }
}
