package imgpipe.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a JPEG's components mean. */
public enum JpegColor {
    GREY,
    /** Y, Cb, Cr as JFIF defines them. */
    YCC,
    RGB,
    CMYK,
    /** CMYK whose first three components are turned into Y, Cb, Cr. */
    YCCK;

    /**
     * The meaning that every decoder that follows libjpeg agrees on: JFIF means YCC, else Adobe's
     * marker says so, else the letters R, G, B as component identifiers mean RGB.
     *
     * @param adobeTransform of the APP14 segment, null for none
     */
    static JpegColor of(
            List<JpegComponent> components, boolean jfif, @Nullable Integer adobeTransform) {
        return switch (components.size()) {
            case 1 -> GREY;
            case 3 -> {
                if (jfif) {
                    yield YCC;
                }
                if (adobeTransform != null) {
                    yield adobeTransform == 0 ? RGB : YCC;
                }
                boolean letters =
                        components.get(0).id() == 'R'
                                && components.get(1).id() == 'G'
                                && components.get(2).id() == 'B';
                yield letters ? RGB : YCC;
            }
            default -> adobeTransform == null || adobeTransform == 0 ? CMYK : YCCK;
        };
    }
}
