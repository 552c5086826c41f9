package imgpipe.resample;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The arithmetic of a {@link BlockResampler}. Whichever lanes do it, the bytes are the same:
 * products are added by fused multiply-add, in 32-bit floats, in the order of the taps.
 */
sealed interface Lanes permits ScalarLanes, VectorLanes {
    /**
     * A float that is added and taken away again is rounded to the nearest whole number, ties to
     * even. Rounding ties up would make everything that is averaged of whole numbers a little
     * lighter, and a picture halved three times a quarter of a step.
     */
    float ROUNDING = 1.5f * (1 << 23);

    /** Columns of a tile. */
    int COLUMNS = 64;

    /** Output rows that are made together. */
    int rows();

    /**
     * Turns bytes into floats: {@code width} columns, at most {@link #COLUMNS}, of {@code rows}
     * rows.
     *
     * @param offset of the first byte
     * @param stride bytes from one row to the next
     * @param tile gets the floats, {@link #COLUMNS} a row; those from {@code width} on have no
     *     meaning
     */
    void load(MemorySegment samples, long offset, int stride, int rows, int width, float[] tile);

    /**
     * Turns bytes into the floats that a table has for them.
     *
     * @param table 256 floats
     */
    default void load(
            MemorySegment samples,
            long offset,
            int stride,
            int rows,
            int width,
            float[] table,
            float[] tile) {
        for (int y = 0; y < rows; y++) {
            long row = offset + (long) y * stride;
            for (int x = 0; x < width; x++) {
                tile[y * COLUMNS + x] = table[samples.get(ValueLayout.JAVA_BYTE, row + x) & 0xFF];
            }
        }
    }

    /** Multiplies each column of the tile by the same one of {@code by}. */
    void multiply(float[] tile, float[] by, int rows);

    /**
     * Makes output rows {@code from} to {@code to} of a tile whose first row is source row {@code
     * begin}, and turns them on their side.
     *
     * @param filtered scratch, {@link #rows()} rows of {@link #COLUMNS}
     * @param block gets {@link #COLUMNS} columns of {@link #rows()} samples each
     * @param at where in the block they go
     */
    void vertical(
            float[] tile,
            int begin,
            Taps taps,
            int from,
            int to,
            float[] filtered,
            float[] block,
            int at);

    /**
     * Makes all output columns of a block whose first column is source column {@code begin}.
     *
     * @param result gets {@link #rows()} bytes for each output column
     */
    void horizontal(float[] block, int begin, Taps taps, byte[] result);

    /** The same where each sample is to be divided by its weight; 0 where that is not positive. */
    void horizontal(float[] block, float[] weight, int begin, Taps taps, byte[] result);

    /** The same as {@link #horizontal(float[], int, Taps, byte[])}, but floats as they come. */
    void horizontal(float[] block, int begin, Taps taps, float[] result);

    /** The same as {@link #horizontal(float[], float[], int, Taps, byte[])}, but floats. */
    void horizontal(float[] block, float[] weight, int begin, Taps taps, float[] result);
}
