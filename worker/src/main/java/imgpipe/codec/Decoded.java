package imgpipe.codec;

import imgpipe.image.Picture;
import java.util.List;

/**
 * A decoded picture and what was wrong with its file.
 *
 * @param warnings sentences; not empty only if the request was lenient or the fault leaves every
 *     pixel right
 */
public record Decoded(Picture picture, List<String> warnings) {
    public Decoded {
        warnings = List.copyOf(warnings);
    }
}
