package imgpipe.resample;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Plain loops that keep eight sums at a time in registers. */
final class ScalarLanes implements Lanes {
    private static final int GROUP = 8;
    private static final int ROWS = GROUP;

    private final float[] sums = new float[ROWS];
    private final float[] divisors = new float[ROWS];

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public void load(
            MemorySegment samples, long offset, int stride, int rows, int width, float[] tile) {
        for (int y = 0; y < rows; y++) {
            long row = offset + (long) y * stride;
            for (int x = 0; x < width; x++) {
                tile[y * COLUMNS + x] = samples.get(ValueLayout.JAVA_BYTE, row + x) & 0xFF;
            }
        }
    }

    @Override
    public void multiply(float[] tile, float[] by, int rows) {
        for (int i = 0; i < rows * COLUMNS; i++) {
            tile[i] *= by[i];
        }
    }

    @Override
    public void vertical(
            float[] tile,
            int begin,
            Taps taps,
            int from,
            int to,
            float[] filtered,
            float[] block,
            int at) {
        float[] weights = taps.weights();
        int count = taps.count();
        for (int y = from; y < to; y++) {
            int row = (taps.first(y) - begin) * COLUMNS;
            for (int x = 0; x < COLUMNS; x += GROUP) {
                int i = (y - from) * COLUMNS + x;
                sum(tile, row + x, COLUMNS, weights, y * count, count, filtered, i);
            }
        }
        for (int x = 0; x < COLUMNS; x++) {
            for (int y = 0; y < ROWS; y++) {
                block[at + x * ROWS + y] = filtered[y * COLUMNS + x];
            }
        }
    }

    @Override
    public void horizontal(float[] block, int begin, Taps taps, byte[] result) {
        float[] weights = taps.weights();
        int count = taps.count();
        for (int x = 0; x < taps.outputs(); x++) {
            int column = (taps.first(x) - begin) * ROWS;
            sum(block, column, ROWS, weights, x * count, count, sums, 0);
            for (int y = 0; y < ROWS; y++) {
                result[x * ROWS + y] = toByte(sums[y]);
            }
        }
    }

    @Override
    public void horizontal(float[] block, float[] weight, int begin, Taps taps, byte[] result) {
        float[] weights = taps.weights();
        int count = taps.count();
        for (int x = 0; x < taps.outputs(); x++) {
            int column = (taps.first(x) - begin) * ROWS;
            sum(block, column, ROWS, weights, x * count, count, sums, 0);
            sum(weight, column, ROWS, weights, x * count, count, divisors, 0);
            for (int y = 0; y < ROWS; y++) {
                float divisor = divisors[y];
                result[x * ROWS + y] = divisor > 0 ? toByte(sums[y] / divisor) : 0;
            }
        }
    }

    @Override
    public void horizontal(float[] block, int begin, Taps taps, float[] result) {
        float[] weights = taps.weights();
        int count = taps.count();
        for (int x = 0; x < taps.outputs(); x++) {
            int column = (taps.first(x) - begin) * ROWS;
            sum(block, column, ROWS, weights, x * count, count, result, x * ROWS);
        }
    }

    @Override
    public void horizontal(float[] block, float[] weight, int begin, Taps taps, float[] result) {
        float[] weights = taps.weights();
        int count = taps.count();
        horizontal(block, begin, taps, result);
        for (int x = 0; x < taps.outputs(); x++) {
            int column = (taps.first(x) - begin) * ROWS;
            sum(weight, column, ROWS, weights, x * count, count, divisors, 0);
            for (int y = 0; y < ROWS; y++) {
                float divisor = divisors[y];
                result[x * ROWS + y] = divisor > 0 ? result[x * ROWS + y] / divisor : 0;
            }
        }
    }

    private static void sum(
            float[] from,
            int at,
            int stride,
            float[] weights,
            int w,
            int count,
            float[] sums,
            int to) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int i = at;
        for (int k = 0; k < count; k++) {
            float weight = weights[w + k];
            a = Math.fma(from[i], weight, a);
            b = Math.fma(from[i + 1], weight, b);
            c = Math.fma(from[i + 2], weight, c);
            d = Math.fma(from[i + 3], weight, d);
            e = Math.fma(from[i + 4], weight, e);
            f = Math.fma(from[i + 5], weight, f);
            g = Math.fma(from[i + 6], weight, g);
            h = Math.fma(from[i + 7], weight, h);
            i += stride;
        }
        sums[to] = a;
        sums[to + 1] = b;
        sums[to + 2] = c;
        sums[to + 3] = d;
        sums[to + 4] = e;
        sums[to + 5] = f;
        sums[to + 6] = g;
        sums[to + 7] = h;
    }

    private static byte toByte(float sum) {
        return (byte) Math.min(Math.max(sum + ROUNDING - ROUNDING, 0), 255);
    }
}
