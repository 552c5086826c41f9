package imgpipe.image;

/**
 * How a picture is to be encoded. Each format heeds what it knows of and ignores the rest.
 *
 * @param askedQuality 1 to 100, for lossy formats; 0 if nobody has asked for one, which leaves
 *     {@link #quality()} at 80 and lets a JPEG whose pixels stay as they are keep its coefficients
 *     too
 * @param chroma subsampling, for JPEG and AVIF
 * @param progressive whether a JPEG is written in several scans, a PNG interlaced
 * @param lossless whether a format with both kinds (WebP, AVIF) writes the lossless one
 * @param maxBytes the output is to be no larger, by lowering the quality; 0 for no bound
 * @param minSavings percent that an output has to be smaller than a source of the same pixels and
 *     format, or else the source is kept; 0 for never
 * @param effort time to be spent on a small file, 1 (fastest) to 9 (smallest), or 0 for the
 *     format's own choice
 * @param colors how many a PNG's palette may have, 2 to 256; 0 for no palette
 * @param metadata what goes into the output of the source's
 */
public record EncodeSettings(
        int askedQuality,
        Chroma chroma,
        boolean progressive,
        boolean lossless,
        long maxBytes,
        double minSavings,
        int effort,
        int colors,
        MetadataPolicy metadata) {
    /** Nothing asked for: quality 80, 4:2:0, sequential, lossy, of any size, without metadata. */
    public static final EncodeSettings DEFAULT =
            new EncodeSettings(0, Chroma.S420, false, false, 0, 0, 0, 0, MetadataPolicy.NONE);

    /** What {@link #quality()} is when nobody asks for another. */
    public static final int USUAL_QUALITY = 80;

    public EncodeSettings {
        if (askedQuality < 0 || askedQuality > 100) {
            throw new IllegalArgumentException("quality " + askedQuality + " is not in 1 to 100");
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException("at most " + maxBytes + " bytes");
        }
        if (!(minSavings >= 0 && minSavings < 100)) {
            throw new IllegalArgumentException("savings of " + minSavings + "%");
        }
        if (effort < 0 || effort > 9) {
            throw new IllegalArgumentException("effort " + effort + " is not in 1 to 9");
        }
        if (colors != 0 && (colors < 2 || colors > 256)) {
            throw new IllegalArgumentException(colors + " colors are not 2 to 256");
        }
    }

    /** The quality to encode with, 1 to 100. */
    public int quality() {
        return askedQuality == 0 ? USUAL_QUALITY : askedQuality;
    }

    /** The same with this quality. */
    public EncodeSettings withQuality(int quality) {
        return new EncodeSettings(
                quality,
                chroma,
                progressive,
                lossless,
                maxBytes,
                minSavings,
                effort,
                colors,
                metadata);
    }

    /** The same with this chroma subsampling. */
    public EncodeSettings withChroma(Chroma newChroma) {
        return new EncodeSettings(
                askedQuality,
                newChroma,
                progressive,
                lossless,
                maxBytes,
                minSavings,
                effort,
                colors,
                metadata);
    }

    /** The same, in several scans or interlaced. */
    public EncodeSettings withProgressive(boolean scans) {
        return new EncodeSettings(
                askedQuality,
                chroma,
                scans,
                lossless,
                maxBytes,
                minSavings,
                effort,
                colors,
                metadata);
    }

    /** The same, without loss. */
    public EncodeSettings withLossless(boolean exact) {
        return new EncodeSettings(
                askedQuality,
                chroma,
                progressive,
                exact,
                maxBytes,
                minSavings,
                effort,
                colors,
                metadata);
    }

    /** The same with this bound on the output's bytes, 0 for none. */
    public EncodeSettings withMaxBytes(long bytes) {
        return new EncodeSettings(
                askedQuality,
                chroma,
                progressive,
                lossless,
                bytes,
                minSavings,
                effort,
                colors,
                metadata);
    }

    /** The same with this bound on what recompressing has to save, in percent; 0 for none. */
    public EncodeSettings withMinSavings(double percent) {
        return new EncodeSettings(
                askedQuality,
                chroma,
                progressive,
                lossless,
                maxBytes,
                percent,
                effort,
                colors,
                metadata);
    }

    /** The same with this effort. */
    public EncodeSettings withEffort(int newEffort) {
        return new EncodeSettings(
                askedQuality,
                chroma,
                progressive,
                lossless,
                maxBytes,
                minSavings,
                newEffort,
                colors,
                metadata);
    }

    /** The same with a palette of so many colors, 0 for none. */
    public EncodeSettings withColors(int count) {
        return new EncodeSettings(
                askedQuality,
                chroma,
                progressive,
                lossless,
                maxBytes,
                minSavings,
                effort,
                count,
                metadata);
    }

    /** The same with this policy. */
    public EncodeSettings with(MetadataPolicy policy) {
        return new EncodeSettings(
                askedQuality,
                chroma,
                progressive,
                lossless,
                maxBytes,
                minSavings,
                effort,
                colors,
                policy);
    }
}
