package imgpipe.image;

/**
 * How a picture is to be encoded. Each format heeds what it knows of and ignores the rest.
 *
 * @param quality 1 to 100, for lossy formats
 * @param chroma subsampling, for JPEG
 * @param progressive whether a JPEG is written in several scans, a PNG interlaced
 * @param lossless whether a format with both kinds (WebP) writes the lossless one
 * @param maxBytes the output is to be no larger, by lowering the quality; 0 for no bound
 * @param metadata what goes into the output of the source's
 */
public record EncodeSettings(
        int quality,
        Chroma chroma,
        boolean progressive,
        boolean lossless,
        long maxBytes,
        MetadataPolicy metadata) {
    /** Quality 80, 4:2:0, sequential, lossy, of any size, without metadata. */
    public static final EncodeSettings DEFAULT =
            new EncodeSettings(80, Chroma.S420, false, false, 0, MetadataPolicy.NONE);

    public EncodeSettings {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality " + quality + " is not in 1 to 100");
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException("at most " + maxBytes + " bytes");
        }
    }

    /** The same with another quality. */
    public EncodeSettings withQuality(int newQuality) {
        return new EncodeSettings(newQuality, chroma, progressive, lossless, maxBytes, metadata);
    }
}
