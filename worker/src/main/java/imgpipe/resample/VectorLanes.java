package imgpipe.resample;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The widest vectors the machine has. Must not be loaded where module {@code jdk.incubator.vector}
 * is absent.
 *
 * <p>The species are static constants because the compiler makes vector instructions only of those
 * it knows when it compiles.
 *
 * <p>Until it is compiled, vector code is many times slower than afterwards, as each vector is an
 * object. A JVM that makes a few hundred pictures is best told to compile this class early and to
 * wait for it: {@code -XX:CompileCommand=quiet
 * -XX:CompileCommand=CompileThresholdScaling,imgpipe.resample.VectorLanes::*,0.1
 * -XX:CompileCommand=BackgroundCompilation,imgpipe.resample.VectorLanes::*,false}. That halves the
 * processor time of the first forty planes, and only the first one or two are slow.
 */
final class VectorLanes implements Lanes {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, FLOATS.vectorShape());
    private static final int LANES = FLOATS.length();

    /** As many bytes as there are lanes, but no vector is shorter than 8. */
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(
                    byte.class, VectorShape.forBitSize(Math.max(Long.SIZE, LANES * Byte.SIZE)));

    private static final int LOADED = BYTES.length();

    /** Whether vectors have the 4 lanes or more that this class is written for. */
    static boolean suitable() {
        return LANES >= 4 && LANES <= COLUMNS / 4;
    }

    @Override
    public int rows() {
        return LANES;
    }

    @Override
    public void load(
            MemorySegment samples, long offset, int stride, int rows, int width, float[] tile) {
        for (int y = 0; y < rows; y++) {
            long from = offset + (long) y * stride;
            int to = y * COLUMNS;
            int x = 0;
            for (; x <= width - LOADED; x += LOADED) {
                load(samples, from + x, tile, to + x);
            }
            if (x < width && width >= LOADED) {
                load(samples, from + width - LOADED, tile, to + width - LOADED);
            } else {
                for (; x < width; x++) {
                    tile[to + x] = samples.get(ValueLayout.JAVA_BYTE, from + x) & 0xFF;
                }
            }
        }
    }

    private static void load(MemorySegment samples, long from, float[] tile, int to) {
        ByteVector bytes =
                ByteVector.fromMemorySegment(BYTES, samples, from, ByteOrder.nativeOrder());
        floats(bytes, 0).intoArray(tile, to);
        if (LOADED > LANES) {
            floats(bytes, 1).intoArray(tile, to + LANES);
        }
    }

    private static FloatVector floats(ByteVector bytes, int part) {
        return (FloatVector)
                bytes.convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, part)
                        .convert(VectorOperators.I2F, 0);
    }

    @Override
    public void multiply(float[] tile, float[] by, int rows) {
        for (int i = 0; i < rows * COLUMNS; i += LANES) {
            FloatVector.fromArray(FLOATS, tile, i)
                    .mul(FloatVector.fromArray(FLOATS, by, i))
                    .intoArray(tile, i);
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
            for (int x = 0; x < COLUMNS; x += 4 * LANES) {
                sum(tile, row + x, weights, y * count, count, filtered, (y - from) * COLUMNS + x);
            }
        }
        for (int x = 0; x < COLUMNS; x++) {
            for (int y = 0; y < LANES; y++) {
                block[at + x * LANES + y] = filtered[y * COLUMNS + x];
            }
        }
    }

    private static void sum(
            float[] tile, int row, float[] weights, int w, int count, float[] sums, int to) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int i = row;
        for (int k = 0; k < count; k++) {
            FloatVector weight = FloatVector.broadcast(FLOATS, weights[w + k]);
            a = FloatVector.fromArray(FLOATS, tile, i).fma(weight, a);
            b = FloatVector.fromArray(FLOATS, tile, i + LANES).fma(weight, b);
            c = FloatVector.fromArray(FLOATS, tile, i + 2 * LANES).fma(weight, c);
            d = FloatVector.fromArray(FLOATS, tile, i + 3 * LANES).fma(weight, d);
            i += COLUMNS;
        }
        a.intoArray(sums, to);
        b.intoArray(sums, to + LANES);
        c.intoArray(sums, to + 2 * LANES);
        d.intoArray(sums, to + 3 * LANES);
    }

    @Override
    public void horizontal(float[] block, int begin, Taps taps, byte[] result) {
        float[] weights = taps.weights();
        int[] firsts = taps.firsts();
        int count = taps.count();
        for (int x = 0; x < firsts.length; x++) {
            store(sum(block, (firsts[x] - begin) * LANES, weights, x * count, count), result, x);
        }
    }

    @Override
    public void horizontal(float[] block, float[] weight, int begin, Taps taps, byte[] result) {
        float[] weights = taps.weights();
        int[] firsts = taps.firsts();
        int count = taps.count();
        for (int x = 0; x < firsts.length; x++) {
            int column = (firsts[x] - begin) * LANES;
            FloatVector sum = sum(block, column, weights, x * count, count);
            FloatVector by = sum(weight, column, weights, x * count, count);
            FloatVector zero = FloatVector.zero(FLOATS);
            store(zero.blend(sum.div(by), by.compare(VectorOperators.GT, zero)), result, x);
        }
    }

    @Override
    public void horizontal(float[] block, int begin, Taps taps, float[] result) {
        float[] weights = taps.weights();
        int[] firsts = taps.firsts();
        int count = taps.count();
        for (int x = 0; x < firsts.length; x++) {
            sum(block, (firsts[x] - begin) * LANES, weights, x * count, count)
                    .intoArray(result, x * LANES);
        }
    }

    @Override
    public void horizontal(float[] block, float[] weight, int begin, Taps taps, float[] result) {
        float[] weights = taps.weights();
        int[] firsts = taps.firsts();
        int count = taps.count();
        for (int x = 0; x < firsts.length; x++) {
            int column = (firsts[x] - begin) * LANES;
            FloatVector sum = sum(block, column, weights, x * count, count);
            FloatVector by = sum(weight, column, weights, x * count, count);
            FloatVector zero = FloatVector.zero(FLOATS);
            zero.blend(sum.div(by), by.compare(VectorOperators.GT, zero))
                    .intoArray(result, x * LANES);
        }
    }

    private static FloatVector sum(float[] block, int column, float[] weights, int w, int count) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int k = 0; k < count; k++) {
            FloatVector weight = FloatVector.broadcast(FLOATS, weights[w + k]);
            sum = FloatVector.fromArray(FLOATS, block, column + k * LANES).fma(weight, sum);
        }
        return sum;
    }

    /** Where a vector of bytes has more than are wanted, the next column overwrites the rest. */
    private static void store(FloatVector sum, byte[] result, int x) {
        FloatVector whole = sum.add(ROUNDING).sub(ROUNDING).max(0).min(255);
        IntVector ints = (IntVector) whole.convert(VectorOperators.F2I, 0);
        ((ByteVector) ints.convertShape(VectorOperators.I2B, BYTES, 0))
                .intoArray(result, x * LANES);
    }
}
