package imgpipe.engine;

import imgpipe.codec.Header;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Size;
import imgpipe.shard.Limits;
import java.util.Locale;

/** Compares what a header says with what a picture may cost, before any memory is spent on it. */
final class HeaderLimits {
    /** The longest side of a picture, in any format's own terms. */
    private static final int LONGEST_SIDE = 65_535;

    private HeaderLimits() {}

    /**
     * Fails on a picture that costs more than is allowed.
     *
     * @param frames as many as would be decoded
     * @throws PictureException of reason LIMIT
     */
    static void require(Header header, int frames, Limits limits) throws PictureException {
        Size size = header.size();
        if (Math.max(size.width(), size.height()) > LONGEST_SIDE) {
            throw new PictureException(
                    Reason.LIMIT,
                    "it is " + size + " pixels large; no side may be longer than " + LONGEST_SIDE);
        }
        if (frames > limits.maxFrames()) {
            throw new PictureException(
                    Reason.LIMIT,
                    "it has " + frames + " frames; --max-frames allows " + limits.maxFrames());
        }
        if (size.pixels() * frames > limits.maxPixels()) {
            throw new PictureException(
                    Reason.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "it has %s pixels%s, %.1f million; --max-pixels allows %.1f million",
                            size,
                            frames > 1 ? " in " + frames + " frames" : "",
                            size.pixels() * frames / 1e6,
                            limits.maxPixels() / 1e6));
        }
    }
}
