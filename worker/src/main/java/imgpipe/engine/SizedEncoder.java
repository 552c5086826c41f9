package imgpipe.engine;

import imgpipe.codec.Codecs;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;

/** Encodes a picture so that it does not get larger than was asked for. */
final class SizedEncoder {
    /** Below this nobody would want the picture; rather fail. */
    private static final int LOWEST_QUALITY = 20;

    private SizedEncoder() {}

    /**
     * The picture at the highest quality, up to the one asked for, that fits into {@link
     * EncodeSettings#maxBytes()}.
     *
     * @throws PictureException when quality 20, or a lossless format, does not fit
     */
    static MemorySegment encode(
            Codecs codecs,
            Picture picture,
            ImageFormat format,
            EncodeSettings settings,
            Workspace workspace)
            throws PictureException {
        MemorySegment best = codecs.encode(picture, format, settings, workspace);
        if (settings.maxBytes() == 0 || best.byteSize() <= settings.maxBytes()) {
            return best;
        }
        boolean lossy =
                format == ImageFormat.JPEG || (format == ImageFormat.WEBP && !settings.lossless());
        int fits = LOWEST_QUALITY - 1;
        int tooLarge = lossy ? settings.quality() : LOWEST_QUALITY;
        while (tooLarge - fits > 1) {
            // The lowest quality first: whether anything fits decides more than how much.
            int quality = fits < LOWEST_QUALITY ? LOWEST_QUALITY : (fits + tooLarge) / 2;
            MemorySegment bytes =
                    codecs.encode(picture, format, settings.withQuality(quality), workspace);
            if (bytes.byteSize() <= settings.maxBytes()) {
                fits = quality;
            } else if (quality == LOWEST_QUALITY) {
                break;
            } else {
                tooLarge = quality;
            }
        }
        if (fits < LOWEST_QUALITY) {
            throw new PictureException(
                    Reason.LIMIT,
                    "as "
                            + format
                            + (lossy
                                    ? " of quality " + Math.min(LOWEST_QUALITY, settings.quality())
                                    : "")
                            + " it is still larger than the "
                            + settings.maxBytes()
                            + " bytes that --max-bytes allows; ask for a smaller size");
        }
        return codecs.encode(picture, format, settings.withQuality(fits), workspace);
    }
}
