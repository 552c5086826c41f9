package imgpipe.operation;

import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recipes as text: steps separated by {@code |}, each a name and its words; a format, if there is
 * one, is the last.
 *
 * <pre>
 * recipe = step { "|" step }
 * step   = "orient" | "resize" … | "color" "srgb" | "flatten" [COLOR] | … | FORMAT { setting }
 * </pre>
 *
 * An operation reads its own words, beside its {@code toString()} which writes them; {@link
 * FormatWords} those of a format.
 */
public final class RecipeParser {
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
                return FormatWords.read(operations, format.get(), name, words);
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
            case "resize" -> Resize.read(words);
            case "crop" -> Crop.read(words);
            case "rotate" -> Rotate.read(words);
            case "flip" -> Turn.readFlip(words);
            case "pad" -> Pad.read(words);
            case "trim" -> Trim.read(words);
            case "color" -> ToSrgb.read(words);
            case "flatten" -> Flatten.read(words);
            case "grey" -> new Grey();
            case "blur" -> Blur.read(words);
            case "sharpen" -> Sharpen.read(words);
            case "adjust" -> Adjust.read(words);
            case "watermark" -> Watermark.read(words);
            default ->
                    throw name.isNot(
                            "a step; steps are orient, resize, crop, rotate, flip, pad, trim,"
                                    + " color, flatten, grey, blur, sharpen, adjust, watermark, and"
                                    + " last a format such as jpeg");
        };
    }
}
