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
 * @param page of a document that is decoded, counted from 1
 * @param frames of an animation that are decoded, from the first, at least 1; the others cost
 *     nothing
 */
public record Limits(
        long maxPixels,
        int maxFrames,
        long maxFileBytes,
        boolean lenient,
        boolean fastJpeg,
        int page,
        int frames) {
    /** As many frames as there are. */
    public static final int ALL_FRAMES = Integer.MAX_VALUE;

    /** 100 megapixels, 1000 frames, 512 MiB, strict, the fast decoder, first page, all frames. */
    public static final Limits DEFAULT = new Limits(100_000_000, 1000, 512L << 20, false, true);

    /** The first page, all frames. */
    public Limits(
            long maxPixels, int maxFrames, long maxFileBytes, boolean lenient, boolean fastJpeg) {
        this(maxPixels, maxFrames, maxFileBytes, lenient, fastJpeg, 1, ALL_FRAMES);
    }

    public Limits {
        if (page < 1 || frames < 1) {
            throw new IllegalArgumentException("page " + page + ", " + frames + " frames");
        }
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
