package imgpipe.operation;

import imgpipe.image.Chroma;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.MetadataPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings of a format as the words behind it, the last step of a recipe. */
final class FormatWords {
    private static final String ALL =
            "a setting of a format, which is the last step: q=, chroma=, progressive, lossless,"
                    + " max=, savings=, effort=, colors=, metadata=";

    private FormatWords() {}

    /** The recipe that ends with this format, whose settings are the words to come. */
    static Recipe read(List<Operation> operations, ImageFormat format, Word name, Words words)
            throws RecipeException {
        if (!format.writable()) {
            throw name.isNot("a format that is written; those are " + writable());
        }
        EncodeSettings settings = EncodeSettings.DEFAULT;
        while (words.peek() != null) {
            settings = with(settings, words.next("a setting"));
        }
        return new Recipe(operations, format, settings);
    }

    private static EncodeSettings with(EncodeSettings settings, Word word) throws RecipeException {
        int equals = word.text().indexOf('=');
        return switch (equals < 0 ? word.text() : word.text().substring(0, equals)) {
            case "q" -> settings.withQuality((int) word.number(1, 100));
            case "chroma" ->
                    settings.withChroma(
                            Chroma.of(word.value())
                                    .orElseThrow(() -> word.isNot("444, 422 or 420")));
            case "progressive" -> settings.withProgressive(true);
            case "lossless" -> settings.withLossless(true);
            case "max" -> settings.withMaxBytes(word.number(1, Long.MAX_VALUE));
            case "savings" -> settings.withMinSavings(word.decimal(0.1, 99));
            case "effort" -> settings.withEffort((int) word.number(1, 9));
            case "colors" -> settings.withColors((int) word.number(2, 256));
            case "metadata" ->
                    settings.with(
                            MetadataPolicy.of(word.value())
                                    .orElseThrow(() -> word.isNot("none, copyright, safe or all")));
            default -> throw word.isNot(ALL);
        };
    }

    private static String writable() {
        return Arrays.stream(ImageFormat.values())
                .filter(ImageFormat::writable)
                .map(ImageFormat::toString)
                .collect(Collectors.joining(", "));
    }

    /** The format and its settings as {@link #read} reads them. */
    static String text(@Nullable ImageFormat format, EncodeSettings settings) {
        return format
                + (settings.askedQuality() == 0 ? "" : " q=" + settings.askedQuality())
                + " chroma="
                + settings.chroma()
                + (settings.progressive() ? " progressive" : "")
                + (settings.lossless() ? " lossless" : "")
                + (settings.maxBytes() == 0 ? "" : " max=" + settings.maxBytes())
                + (settings.minSavings() == 0
                        ? ""
                        : " savings=" + Numbers.text(settings.minSavings()))
                + (settings.effort() == 0 ? "" : " effort=" + settings.effort())
                + (settings.colors() == 0 ? "" : " colors=" + settings.colors())
                + (settings.metadata() == MetadataPolicy.NONE
                        ? ""
                        : " metadata=" + settings.metadata());
    }
}
