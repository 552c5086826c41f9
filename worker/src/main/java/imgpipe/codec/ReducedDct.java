package imgpipe.codec;

/**
 * From the first DCT coefficients of each block to one sample, or two by two: the definition of
 * what the {@linkplain BaselineJpegCodec baseline decoder} delivers.
 *
 * <p>Let a(i) be coefficient i of a block in zigzag order times its quantization step. All numbers
 * are integers, {@code >>} rounds towards minus infinity, and a result is set to 0 or 255 where it
 * lies outside.
 *
 * <p>At 1/8 of the size the one sample is the block's mean, as in libjpeg's {@code jidctred.c}:
 *
 * <pre>
 *   128 + ((a(0) + 4) >> 3)
 * </pre>
 *
 * <p>At 1/4 the sample in column x and row y, 0 or 1 each, is that of the inverse DCT of two by two
 * coefficients, in which every cosine is the square root of 1/2, or its negative:
 *
 * <pre>
 *   128 + ((a(0) + X a(1) + Y a(2) + X Y a(4) + 4) >> 3)     where X = 1 - 2x, Y = 1 - 2y
 * </pre>
 *
 * <p>libjpeg takes the mean of the four pixels instead, with all coefficients, which is blurred
 * more: a picture that is resampled to 1/4.8 of its size is 1 dB farther from one resampled from
 * all pixels.
 */
final class ReducedDct {
    private static final int CENTRE = 128;
    private static final int HALF = 4;

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
            row[x] = sample(values[from + x] * step);
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
        int mean = steps[0];
        int across = steps[1];
        int down = steps[2];
        int both = steps[4];
        for (int block = 0; block < blocks; block++) {
            int at = from + block * BlockReader.QUARTER_VALUES;
            int a = values[at] * mean;
            int b = values[at + 1] * across;
            int c = values[at + 2] * down;
            int d = values[at + 4] * both;
            int x = 2 * block;
            upper[x] = sample(a + c + b + d);
            upper[x + 1] = sample(a + c - b - d);
            lower[x] = sample(a - c + b - d);
            lower[x + 1] = sample(a - c - b + d);
        }
    }

    private static byte sample(int sum) {
        return (byte) Math.max(0, Math.min(((sum + HALF) >> 3) + CENTRE, 255));
    }
}
