package imgpipe.resample;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each sample of a resampled row (or column) is made of: a run of source samples and their
 * weights.
 *
 * <p>Every output has the same number of taps; where a kernel reaches beyond the source, or has
 * fewer samples under it than others, the rest are zeros. All runs lie within the source.
 */
public final class Taps {
    private static final int CACHED = 64;

    /** Larger tables than this, of 512 KB, are not kept: their pictures are far larger still. */
    private static final int LARGEST_CACHED = 1 << 17;

    private static final double ROUNDING = 1e-6;

    private static final Map<Key, Taps> CACHE =
            new LinkedHashMap<>(2 * CACHED, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Taps> eldest) {
                    return size() > CACHED;
                }
            };

    private final int in;
    private final int count;
    private final int[] first;
    private final float[] weights;
    private final boolean identity;

    private Taps(int in, int count, int[] first, float[] weights, boolean identity) {
        this.in = in;
        this.count = count;
        this.first = first;
        this.weights = weights;
        this.identity = identity;
    }

    /**
     * The taps that make {@code out} samples of {@code in}. Output i is centred at {@code start +
     * (i + 0.5) * step}, where the centre of source sample j is at j + 0.5; so {@code of(in, 0, in
     * / (double) out, out, kernel)} maps all of the source. The kernel is stretched by the step
     * where that is above 1. What lies beyond the source is left out and the remaining weights are
     * scaled to the sum of 1; an output centred beyond the source is centred at its edge instead.
     *
     * <p>With a step of 1 and a whole start, give or take a millionth of a sample in all, the
     * samples are copied, whatever the kernel.
     *
     * <p>Tables are cached; any thread may call.
     *
     * @param in samples of the source, at least 1
     * @param start where the first output begins, in source samples
     * @param step source samples an output, above 0
     * @param out number of outputs, at least 1
     */
    public static Taps of(int in, double start, double step, int out, Kernel kernel) {
        if (in < 1 || out < 1 || !(step > 0) || !Double.isFinite(step) || !Double.isFinite(start)) {
            throw new IllegalArgumentException(
                    out + " outputs of " + in + " samples from " + start + " by " + step);
        }
        return of(new Key(in, start, step, out, new Stretched(kernel, Math.max(1, step))));
    }

    /**
     * The taps that blur by a Gaussian as they make {@code out} samples, centred as those of {@link
     * #of} are; the Gaussian does not depend on the step, and ends at {@value Gaussian#REACH}
     * standard deviations, where 0.006 % of it is left. What lies beyond the source is left out and
     * the remaining weights are scaled to the sum of 1. Outputs may lie up to one standard
     * deviation beyond the source; farther ones are as those.
     *
     * @param in samples of the source, at least 1
     * @param start where the first output begins, in source samples
     * @param step source samples an output, above 0
     * @param out number of outputs, at least 1
     * @param sigma standard deviation in source samples, at least 0.1
     */
    public static Taps gaussian(int in, double start, double step, int out, double sigma) {
        if (in < 1 || out < 1 || !(step > 0 && step * out < 1e9) || !(sigma >= 0.1)) {
            throw new IllegalArgumentException(
                    out + " outputs of " + in + " samples by " + step + ", sigma " + sigma);
        }
        return of(new Key(in, start, step, out, new Gaussian(sigma)));
    }

    private static Taps of(Key key) {
        synchronized (CACHE) {
            Taps cached = CACHE.get(key);
            if (cached != null) {
                return cached;
            }
        }
        Taps taps = key.copies() ? copy(key) : filter(key);
        if (taps.weights.length <= LARGEST_CACHED) {
            synchronized (CACHE) {
                CACHE.put(key, taps);
            }
        }
        return taps;
    }

    /**
     * The taps that make half as many samples, rounded up, as a decoder of JPEG does that leaves
     * out the upper half of each block's DCT coefficients (the DCT-II of JPEG, ITU-T T.81, A.3.3).
     * Of a last block that is not whole the last sample is repeated, as encoders do.
     *
     * @param in samples of the source, at least 1
     * @param block samples that were one block's, even: 8, 4 or 2
     */
    public static Taps halfOfBlocks(int in, int block) {
        int half = block / 2;
        int out = (in + 1) / 2;
        int count = Math.min(block, in);
        int[] first = new int[out];
        float[] weights = new float[out * count];
        for (int i = 0; i < out; i++) {
            int begin = i / half * block;
            first[i] = Math.min(begin, in - count);
            for (int k = 0; k < block; k++) {
                int at = Math.min(begin + k, in - 1) - first[i];
                weights[i * count + at] += (float) ofBlock(block, k, i % half);
            }
        }
        return new Taps(in, count, first, weights, false);
    }

    /** What sample k of a block counts in sample i of its half. */
    private static double ofBlock(int block, int k, int i) {
        double weight = 1;
        for (int frequency = 1; frequency < block / 2; frequency++) {
            weight +=
                    2
                            * Math.cos((2 * k + 1) * frequency * Math.PI / (2 * block))
                            * Math.cos((2 * i + 1) * frequency * Math.PI / block);
        }
        return weight / block;
    }

    private static Taps copy(Key key) {
        int[] first = new int[key.out];
        float[] weights = new float[key.out];
        for (int i = 0; i < key.out; i++) {
            first[i] = (int) Math.clamp(Math.rint(key.start) + i, 0, key.in - 1.0);
            weights[i] = 1;
        }
        return new Taps(key.in, 1, first, weights, true);
    }

    private static Taps filter(Key key) {
        int count = 1;
        int[] first = new int[key.out];
        for (int i = 0; i < key.out; i++) {
            first[i] = key.begin(i);
            count = Math.max(count, key.end(i) - first[i]);
        }
        float[] weights = new float[Math.multiplyExact(key.out, count)];
        double[] exact = new double[count];
        for (int i = 0; i < key.out; i++) {
            first[i] = Math.min(first[i], key.in - count);
            double sum = 0;
            for (int k = 0; k < count; k++) {
                exact[k] = key.weight(i, first[i] + k);
                sum += exact[k];
            }
            for (int k = 0; k < count; k++) {
                weights[i * count + k] = (float) (exact[k] / sum);
            }
        }
        return new Taps(key.in, count, first, weights, false);
    }

    /** How many samples the source has. */
    public int inputs() {
        return in;
    }

    /** How many samples these taps make. */
    public int outputs() {
        return first.length;
    }

    /** Taps an output. */
    int count() {
        return count;
    }

    /** The source sample of output i's first tap. */
    int first(int i) {
        return first[i];
    }

    /** The weight of tap k of output i. */
    float weight(int i, int k) {
        return weights[i * count + k];
    }

    /** All weights, {@link #count()} an output; not to be changed. */
    float[] weights() {
        return weights;
    }

    /** Where the runs begin; not to be changed. */
    int[] firsts() {
        return first;
    }

    /** The first source sample that outputs {@code from} to {@code to}, exclusive, use. */
    int begin(int from, int to) {
        int begin = first[from];
        for (int i = from + 1; i < to; i++) {
            begin = Math.min(begin, first[i]);
        }
        return begin;
    }

    /** One after the last source sample that outputs {@code from} to {@code to}, exclusive, use. */
    int end(int from, int to) {
        int last = first[from];
        for (int i = from + 1; i < to; i++) {
            last = Math.max(last, first[i]);
        }
        return last + count;
    }

    /** Whether the samples are copied, each to the place after the one before. */
    boolean identity() {
        return identity && first[first.length - 1] - first[0] == first.length - 1;
    }

    /** What weighs a source sample by its distance from an output's centre. */
    private sealed interface Filter {
        /** Distance in source samples from which on the weight is zero. */
        double reach();

        double weight(double distance);

        /** How far beyond the source an output's centre may lie. */
        double beyond();
    }

    private record Stretched(Kernel kernel, double factor) implements Filter {
        @Override
        public double reach() {
            return kernel.support() * factor;
        }

        @Override
        public double weight(double distance) {
            return kernel.weight(distance / factor);
        }

        @Override
        public double beyond() {
            return 0;
        }
    }

    private record Gaussian(double sigma) implements Filter {
        static final int REACH = 4;

        @Override
        public double reach() {
            return REACH * sigma;
        }

        @Override
        public double weight(double distance) {
            return Math.exp(-distance * distance / (2 * sigma * sigma));
        }

        @Override
        public double beyond() {
            return sigma;
        }
    }

    private record Key(int in, double start, double step, int out, Filter filter) {
        /**
         * Both ends of a copy lie on whole samples, but for rounding in the caller's arithmetic.
         */
        boolean copies() {
            return filter instanceof Stretched
                    && Math.abs(start - Math.rint(start)) < ROUNDING
                    && Math.abs(step - 1) * out < ROUNDING;
        }

        private double centre(int i) {
            return Math.clamp(start + (i + 0.5) * step, -filter.beyond(), in + filter.beyond());
        }

        /** The first sample nearer than the reach. */
        private int begin(int i) {
            return Math.clamp((long) Math.floor(centre(i) - filter.reach() - 0.5) + 1, 0, in - 1);
        }

        /** One after the last sample nearer than the reach. */
        private int end(int i) {
            return Math.clamp((long) Math.ceil(centre(i) + filter.reach() - 0.5), begin(i) + 1, in);
        }

        private double weight(int i, int sample) {
            return filter.weight(sample + 0.5 - centre(i));
        }
    }
}
