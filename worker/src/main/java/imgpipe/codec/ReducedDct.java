package imgpipe.codec;

/**
 * From the first DCT coefficients of each block to one sample, or two by two: the definition of
 * what the {@linkplain BaselineJpegCodec baseline decoder} delivers.
 *
 * <p>Let a(i) be coefficient i of a block in zigzag order times its quantization step. All numbers
 * are integers, {@code >>} rounds towards minus infinity, and a result is set to 0 or 255 where it
 * lies outside.
 *
 * <p>At 1/8 of the size the one sample is the block's mean,
 *
 * <pre>
 *   128 + ((a(0) + 4) >> 3)
 * </pre>
 *
 * <p>as in libjpeg's {@code jidctred.c}. At 1/4 the sample in column x and row y, 0 or 1 each, is
 *
 * <pre>
 *   128 + ((1024 a(0) + X 1024 a(1) + Y 1024 a(2) + X Y 1024 a(4) + 4096) >> 13)
 *   where X = 1 - 2x, Y = 1 - 2y
 * </pre>
 */
final class ReducedDct {
    private static final int CENTRE = 128;
    private static final int FRACTION = 13;

    /** Of the mean: 1/8. */
    private static final int MEAN = 1024;

    /** Of one wave across or down. */
    private static final int WAVE = 1024;

    /** Of the product of both. */
    private static final int BOTH = 1024;

    private static final int STEP = BlockReader.QUARTER_VALUES;

    private ReducedDct() {}

    /**
     * A row of samples at 1/8.
     *
     * @param values the first coefficient of each block
     * @param from where those of this row begin
     * @param steps quantization in zigzag order
     * @param row a byte for each block
     */
    static void eighth(short[] values, int from, int blocks, int[] steps, byte[] row) {
        int step = steps[0];
        for (int x = 0; x < blocks; x++) {
            row[x] = sample(((values[from + x] * step + 4) >> 3) + CENTRE);
        }
    }

    /**
     * Two rows of samples at 1/4.
     *
     * @param values {@link BlockReader#QUARTER_VALUES} of each block
     * @param from where those of this row begin
     * @param steps quantization in zigzag order
     * @param upper two bytes for each block
     * @param lower likewise
     */
    static void quarter(
            short[] values, int from, int blocks, int[] steps, byte[] upper, byte[] lower) {
        int mean = MEAN * steps[0];
        int across = WAVE * steps[1];
        int down = WAVE * steps[2];
        int both = BOTH * steps[4];
        int middle = (CENTRE << FRACTION) + (1 << (FRACTION - 1));
        for (int block = 0, at = from; block < blocks; block++, at += STEP) {
            int a = values[at] * mean + middle;
            int b = values[at + 1] * across;
            int c = values[at + 2] * down;
            int d = values[at + 4] * both;
            int x = 2 * block;
            upper[x] = sample((a + c + (b + d)) >> FRACTION);
            upper[x + 1] = sample((a + c - (b + d)) >> FRACTION);
            lower[x] = sample((a - c + (b - d)) >> FRACTION);
            lower[x + 1] = sample((a - c - (b - d)) >> FRACTION);
        }
    }

    private static byte sample(int value) {
        return (byte) Math.max(0, Math.min(value, 255));
    }
}
