package imgpipe.codec;

import imgpipe.image.Size;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a file's pixels.
 *
 * @param floor a decoder that can cheaply deliver a smaller picture may do so as long as neither
 *     side gets shorter than this (in stored, not upright, direction); null for all pixels
 * @param maxFrames frames after this many are left out, at least 1
 * @param lenient whether a damaged picture is delivered, with a warning, as far as it goes
 * @param metadata whether EXIF, XMP and IPTC are wanted too
 * @param fastJpeg whether {@link BaselineJpegCodec} may decode it
 */
public record DecodeRequest(
        @Nullable Size floor, int maxFrames, boolean lenient, boolean metadata, boolean fastJpeg) {
    /** Every pixel of every frame, strictly, without metadata. */
    public static final DecodeRequest WHOLE =
            new DecodeRequest(null, Integer.MAX_VALUE, false, false);

    /** By whichever codec comes first. */
    public DecodeRequest(@Nullable Size floor, int maxFrames, boolean lenient, boolean metadata) {
        this(floor, maxFrames, lenient, metadata, true);
    }
}
