package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Gravity;
import imgpipe.image.ImageFormat;
import imgpipe.image.MetadataPolicy;
import imgpipe.image.Rgb;
import imgpipe.resample.Kernel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The syntax of recipes, the only place that knows it.
 *
 * <pre>
 * recipe  = stage { "|" stage }              a format is the last stage, or there is none
 * stage   = "orient"
 *         | "resize" BOX["^"] [FIT] [GRAVITY] [KERNEL] ["enlarge"] ["background="COLOR]
 *                    ["best"]
 *         | "color" "srgb"
 *         | "flatten" [COLOR]
 *         | FORMAT ["q="1..100] ["chroma="444|422|420] ["progressive"] ["lossless"] ["max="BYTES]
 *                    ["metadata="none|copyright|safe|all]
 * </pre>
 *
 * The words behind a stage's name may stand in any order, but for the box, which comes first.
 */
public final class RecipeParser {
    private static final Pattern WORD = Pattern.compile("\\||[^\\s|]+");

    private final Words words;

    private RecipeParser(String text) {
        words = new Words(text);
    }

    /**
     * The recipe that a text describes.
     *
     * @throws RecipeException naming the first word that makes no sense, and its place
     */
    public static Recipe parse(String text) throws RecipeException {
        return new RecipeParser(text).recipe();
    }

    private Recipe recipe() throws RecipeException {
        List<Operation> operations = new ArrayList<>();
        while (true) {
            Word name = words.next("a step such as \"resize 800x800\"");
            Optional<ImageFormat> format = ImageFormat.ofName(name.text());
            if (format.isPresent()) {
                return format(format.get(), name, operations);
            }
            operations.add(operation(name));
            Word rest = words.peek();
            if (rest == null) {
                return new Recipe(operations, null, EncodeSettings.DEFAULT);
            }
            if (!rest.text().equals("|")) {
                throw rest.isNot("part of \"" + name.text() + "\"; steps are separated by |");
            }
            words.next("|");
        }
    }

    private Operation operation(Word name) throws RecipeException {
        return switch (name.text()) {
            case "orient" -> new Orient();
            case "resize" -> resize();
            case "color" -> {
                Word space = words.next("srgb");
                if (!space.text().equals("srgb")) {
                    throw space.isNot("a color space; the one there is is srgb");
                }
                yield new ToSrgb();
            }
            case "flatten" -> {
                Word color = words.peekInStage();
                yield new Flatten(
                        color == null ? Rgb.WHITE : color(words.next("a color"), color.text()));
            }
            default ->
                    throw name.isNot(
                            "a step; steps are orient, resize, color, flatten, and last a format"
                                    + " such as jpeg");
        };
    }

    private Resize resize() throws RecipeException {
        Word size = words.next("a size such as 800x600");
        boolean covers = size.text().endsWith("^");
        String box = covers ? size.text().substring(0, size.text().length() - 1) : size.text();
        Resize resize =
                Resize.inside(
                        Box.parse(box)
                                .orElseThrow(
                                        () ->
                                                size.isNot(
                                                        "a size; write 800x600, 800x, x600, 800 or"
                                                                + " 50%")));
        Fit fit = covers ? Fit.COVER : resize.fit();
        Gravity gravity = resize.gravity();
        Kernel kernel = resize.kernel();
        boolean enlarge = false;
        Rgb background = resize.background();
        boolean best = false;
        while (words.peekInStage() != null) {
            Word word = words.next("a word");
            String text = word.text();
            if (Fit.of(text).isPresent()) {
                fit = Fit.of(text).get();
            } else if (Gravity.of(text).isPresent()) {
                gravity = Gravity.of(text).get();
            } else if (Kernel.of(text).isPresent()) {
                kernel = Kernel.of(text).get();
            } else if (text.equals("enlarge")) {
                enlarge = true;
            } else if (text.equals("best")) {
                best = true;
            } else if (text.startsWith("background=")) {
                background = color(word, text.substring("background=".length()));
            } else {
                throw word.isNot(
                        "a word of resize: a fit, a gravity, a kernel, enlarge, background=COLOR"
                                + " or best");
            }
        }
        return new Resize(resize.box(), fit, gravity, kernel, enlarge, background, best);
    }

    private Recipe format(ImageFormat format, Word name, List<Operation> operations)
            throws RecipeException {
        if (!format.writable()) {
            throw name.isNot("a format that is written; those are jpeg, png, webp, gif, tiff, bmp");
        }
        EncodeSettings defaults = EncodeSettings.DEFAULT;
        int quality = defaults.quality();
        Chroma chroma = defaults.chroma();
        boolean progressive = false;
        boolean lossless = false;
        long maxBytes = 0;
        MetadataPolicy metadata = MetadataPolicy.NONE;
        while (words.peek() != null) {
            Word word = words.next("a setting");
            String value = word.text().substring(word.text().indexOf('=') + 1);
            if (word.text().startsWith("q=")) {
                quality = (int) number(word, value, 1, 100);
            } else if (word.text().startsWith("max=")) {
                maxBytes = number(word, value, 1, Long.MAX_VALUE);
            } else if (word.text().startsWith("chroma=")) {
                chroma = Chroma.of(value).orElseThrow(() -> word.isNot("444, 422 or 420"));
            } else if (word.text().startsWith("metadata=")) {
                metadata =
                        MetadataPolicy.of(value)
                                .orElseThrow(() -> word.isNot("none, copyright, safe or all"));
            } else if (word.text().equals("progressive")) {
                progressive = true;
            } else if (word.text().equals("lossless")) {
                lossless = true;
            } else {
                throw word.isNot(
                        "a setting of a format, which is the last step: q=, chroma=, progressive,"
                                + " lossless, max=, metadata=");
            }
        }
        return new Recipe(
                operations,
                format,
                new EncodeSettings(quality, chroma, progressive, lossless, maxBytes, metadata));
    }

    private static long number(Word word, String digits, long least, long most)
            throws RecipeException {
        try {
            long number = Long.parseLong(digits);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the complaint.
        }
        throw word.isNot(
                "a whole number "
                        + (most == Long.MAX_VALUE ? "from " + least : least + " to " + most));
    }

    private static Rgb color(Word word, String text) throws RecipeException {
        return Rgb.of(text).orElseThrow(() -> word.isNot("a color; write white, #fff or #ffffff"));
    }

    /** A word and where it stands in the text, counted from 0. */
    private record Word(String text, int position) {
        RecipeException isNot(String what) {
            return new RecipeException(
                    "\""
                            + text
                            + "\" (character "
                            + (position + 1)
                            + " of the recipe) is not "
                            + what,
                    position);
        }
    }

    private static final class Words {
        private final Iterator<Word> rest;
        private final int end;
        private @Nullable Word ahead;

        Words(String text) {
            List<Word> all = new ArrayList<>();
            Matcher matcher = WORD.matcher(text);
            while (matcher.find()) {
                all.add(new Word(matcher.group(), matcher.start()));
            }
            rest = all.iterator();
            end = text.length();
        }

        @Nullable Word peek() {
            if (ahead == null && rest.hasNext()) {
                ahead = rest.next();
            }
            return ahead;
        }

        @Nullable Word peekInStage() {
            Word word = peek();
            return word == null || word.text().equals("|") ? null : word;
        }

        Word next(String expected) throws RecipeException {
            Word word = peek();
            if (word == null) {
                throw new RecipeException(
                        "the recipe ends where " + expected + " should stand", end);
            }
            ahead = null;
            return word;
        }
    }
}
