package imgpipe.image;

/**
 * How a picture is to be encoded. Each format heeds what it knows of and ignores the rest.
 *
 * @param format the format to write; must be writable
 * @param quality 1 to 100, for lossy formats
 * @param chroma subsampling, for JPEG
 * @param progressive whether a JPEG is written in several scans, a PNG interlaced
 * @param lossless whether a format with both kinds (WebP) writes the lossless one
 * @param maxBytes the output is to be no larger, by lowering the quality; 0 for no bound
 */
public record Encoding(
        ImageFormat format,
        int quality,
        Chroma chroma,
        boolean progressive,
        boolean lossless,
        long maxBytes) {
    public static final int DEFAULT_QUALITY = 80;

    public Encoding {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality " + quality + " is not in 1 to 100");
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException("at most " + maxBytes + " bytes");
        }
        if (!format.writable()) {
            throw new IllegalArgumentException(format + " is read but never written");
        }
    }

    /** The format with its defaults: quality 80, 4:2:0, sequential, lossy. */
    public static Encoding of(ImageFormat format) {
        return new Encoding(format, DEFAULT_QUALITY, Chroma.S420, false, false, 0);
    }

    /** The same with another quality. */
    public Encoding withQuality(int newQuality) {
        return new Encoding(format, newQuality, chroma, progressive, lossless, maxBytes);
    }
}
