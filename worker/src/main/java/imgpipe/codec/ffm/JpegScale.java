package imgpipe.codec.ffm;

import imgpipe.image.Size;
import org.jspecify.annotations.Nullable;

/**
 * At which size the inverse DCT of a JPEG delivers its blocks.
 *
 * @param eighths samples for every eight pixels: 1, 2, 4 or 8
 */
record JpegScale(int eighths) {
    private static final JpegScale WHOLE = new JpegScale(8);

    /**
     * The smallest scale at which neither side gets shorter than a floor.
     *
     * @param floor null for all pixels
     */
    static JpegScale smallest(Size size, @Nullable Size floor) {
        if (floor == null) {
            return WHOLE;
        }
        for (int eighths = 1; eighths < WHOLE.eighths; eighths *= 2) {
            JpegScale scale = new JpegScale(eighths);
            if ((long) size.width() * eighths >= 8L * floor.width()
                    && (long) size.height() * eighths >= 8L * floor.height()
                    && scale.isChosenFor(size)) {
                return scale;
            }
        }
        return WHOLE;
    }

    /** The size of the picture at this scale, rounded up. */
    Size of(Size size) {
        return new Size(
                Math.ceilDiv(size.width() * eighths, 8), Math.ceilDiv(size.height() * eighths, 8));
    }

    /** How many samples so many pixels are at this scale. */
    double of(int pixels) {
        return pixels * eighths / 8.0;
    }

    /**
     * The library is told a size, not a scale, and takes the largest multiple of 1/8 that does not
     * exceed it. For a picture of a few pixels that may be a larger one than meant.
     */
    private boolean isChosenFor(Size size) {
        return !new JpegScale(eighths + 1).of(size).equals(of(size));
    }
}
