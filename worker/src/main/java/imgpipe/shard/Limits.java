package imgpipe.shard;

/**
 * What a picture may cost, and how it is decoded. Costs are checked against its header, before
 * memory is taken.
 *
 * @param maxPixels width x height x frames, at least 1
 * @param maxFrames frames of an animation, at least 1
 * @param maxFileBytes size of the file, at least 1
 * @param lenient whether what can be read of a damaged picture is kept
 * @param fastJpeg whether imgpipe's own JPEG decoder is used where it applies
 */
public record Limits(
        long maxPixels, int maxFrames, long maxFileBytes, boolean lenient, boolean fastJpeg) {
    /** 100 megapixels, 1000 frames, 512 MiB, strict, the fast decoder. */
    public static final Limits DEFAULT = new Limits(100_000_000, 1000, 512L << 20, false, true);

    public Limits {
        if (maxPixels < 1 || maxFrames < 1 || maxFileBytes < 1) {
            throw new IllegalArgumentException(
                    "limits are at least 1: "
                            + maxPixels
                            + " pixels, "
                            + maxFrames
                            + " frames, "
                            + maxFileBytes
                            + " bytes");
        }
    }
}
