package imgpipe.operation;

import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to make of a picture: operations in their order, then the format.
 *
 * @param operations may be none
 * @param format to write, or null while it is to follow from the source's name
 * @param settings for the encoder
 */
public record Recipe(
        List<Operation> operations, @Nullable ImageFormat format, EncodeSettings settings) {
    public Recipe {
        operations = List.copyOf(operations);
        if (format != null && !format.writable()) {
            throw new IllegalArgumentException(format + " can be read but not written");
        }
    }

    /** The same with this format. */
    public Recipe with(ImageFormat newFormat) {
        return new Recipe(operations, newFormat, settings);
    }

    /** The text that {@link RecipeParser} reads back to an equal recipe. */
    @Override
    public String toString() {
        Stream<String> last = format == null ? Stream.of() : Stream.of(format + settingsText());
        return Stream.concat(operations.stream().map(Operation::toString), last)
                .collect(Collectors.joining(" | "));
    }

    private String settingsText() {
        return " q="
                + settings.quality()
                + " chroma="
                + settings.chroma()
                + (settings.progressive() ? " progressive" : "")
                + (settings.lossless() ? " lossless" : "")
                + (settings.maxBytes() > 0 ? " max=" + settings.maxBytes() : "");
    }
}
