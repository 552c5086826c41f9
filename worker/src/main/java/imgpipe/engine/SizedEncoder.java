package imgpipe.engine;

import imgpipe.codec.Codecs;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Encodes a picture so that it does not get larger than was asked for.
 *
 * <p>The search halves the range of qualities, or guesses by how the logarithm of the size grows
 * with the quality, in turns: from quality 80 that is under seven files on the mean
 * (SizedEncoderTest).
 */
final class SizedEncoder {
    /** Below this nobody would want the picture; rather fail. */
    private static final int LOWEST_QUALITY = 20;

    private final Codecs codecs;
    private final Picture picture;
    private final ImageFormat format;
    private final EncodeSettings settings;
    private final Workspace workspace;

    private SizedEncoder(
            Codecs codecs,
            Picture picture,
            ImageFormat format,
            EncodeSettings settings,
            Workspace workspace) {
        this.codecs = codecs;
        this.picture = picture;
        this.format = format;
        this.settings = settings;
        this.workspace = workspace;
    }

    /**
     * The picture at the highest quality, up to the one asked for, that fits into {@link
     * EncodeSettings#maxBytes()}: the next higher one was tried and does not.
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
        Workspace.Mark mark = workspace.mark();
        MemorySegment first = codecs.encode(picture, format, settings, workspace);
        if (settings.maxBytes() == 0 || first.byteSize() <= settings.maxBytes()) {
            return first;
        }
        long size = first.byteSize();
        workspace.release(mark);
        SizedEncoder encoder = new SizedEncoder(codecs, picture, format, settings, workspace);
        if (!format.lossy(settings) || settings.quality() <= LOWEST_QUALITY) {
            throw encoder.tooLarge();
        }
        return encoder.search(size);
    }

    private MemorySegment search(long largeBytes) throws PictureException {
        int fits = LOWEST_QUALITY;
        // The lowest quality first: whether anything fits decides more than how much.
        byte[] best = encoded(fits);
        if (best.length > settings.maxBytes()) {
            throw tooLarge();
        }
        int large = settings.quality();
        double smallLog = Math.log(best.length);
        double largeLog = Math.log((double) largeBytes);
        double wanted = Math.log((double) settings.maxBytes());
        boolean guess = true;
        while (large - fits > 1) {
            int quality = (fits + large) / 2;
            if (guess) {
                double share = (wanted - smallLog) / (largeLog - smallLog);
                quality =
                        Math.clamp(Math.round(fits + share * (large - fits)), fits + 1, large - 1);
            }
            guess = !guess;
            byte[] bytes = encoded(quality);
            if (bytes.length <= settings.maxBytes()) {
                fits = quality;
                best = bytes;
                smallLog = Math.log(bytes.length);
            } else {
                large = quality;
                largeLog = Math.log(bytes.length);
            }
        }
        return MemorySegment.ofArray(best);
    }

    /** A copy, as the next encoding takes the memory of this one. */
    private byte[] encoded(int quality) throws PictureException {
        Workspace.Mark mark = workspace.mark();
        byte[] bytes =
                codecs.encode(picture, format, settings.withQuality(quality), workspace)
                        .toArray(ValueLayout.JAVA_BYTE);
        workspace.release(mark);
        return bytes;
    }

    private PictureException tooLarge() {
        return new PictureException(
                Reason.LIMIT,
                "as "
                        + format
                        + (format.lossy(settings)
                                ? " of quality " + Math.min(LOWEST_QUALITY, settings.quality())
                                : "")
                        + " it is still larger than the "
                        + settings.maxBytes()
                        + " bytes that --max-bytes allows; ask for a smaller size");
    }
}
