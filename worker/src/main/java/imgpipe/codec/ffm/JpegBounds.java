package imgpipe.codec.ffm;

import imgpipe.codec.JpegHeader;
import imgpipe.codec.JpegScans;

/**
 * What decoding a file may cost, by its header as imgpipe reads it. A library that reads more into
 * the file than that stops there.
 *
 * @param pixels of the picture
 * @param megabytes of memory for what the library keeps until the last scan
 * @param scans as many as these
 */
record JpegBounds(long pixels, int megabytes, int scans) {
    /** Blocks of the largest MCU on each side; a component is rounded up to whole ones. */
    private static final int LARGEST_MCU = 32;

    private static final int BYTES_A_COEFFICIENT = 2;

    /** For rows of a few blocks and all tables. */
    private static final int MEGABYTES_BESIDE = 16;

    static JpegBounds of(JpegHeader header) {
        long samples =
                (long) (header.size().width() + LARGEST_MCU)
                        * (header.size().height() + LARGEST_MCU)
                        * header.components().size();
        return new JpegBounds(
                header.size().pixels(),
                Math.toIntExact(((samples * BYTES_A_COEFFICIENT) >> 20) + MEGABYTES_BESIDE),
                JpegScans.MOST);
    }
}
