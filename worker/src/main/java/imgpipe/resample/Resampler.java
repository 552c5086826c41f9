package imgpipe.resample;

import imgpipe.image.Plane;
import org.jspecify.annotations.Nullable;

/**
 * Changes the number of samples of planes, by separable filtering.
 *
 * <p>Sums are 32-bit floats; results are rounded half to even and clamped to 0 to 255. They are the
 * same bytes on every machine, with vector instructions or without.
 *
 * <p>Not safe for use by two threads: one for each.
 */
public interface Resampler {
    /** A resampler with the fastest arithmetic that this JVM has. */
    static Resampler create() {
        boolean vectors =
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                        && VectorLanes.suitable();
        return new BlockResampler(vectors ? new VectorLanes() : new ScalarLanes());
    }

    /**
     * Filters the source into the target.
     *
     * @param horizontal makes as many samples as the target is wide, of a source as wide as this
     * @param vertical makes as many samples as the target is high, of a source as high as this
     * @param target must not overlap the source
     * @throws IllegalArgumentException if the taps do not fit the planes
     */
    void resample(Plane source, Taps horizontal, Taps vertical, Plane target);

    /**
     * The same where each source sample counts by its weight, so that color under transparent
     * pixels does not bleed: sum(w · a · c) / sum(w · a) for a kernel's weights w, opacities a and
     * colors c, and 0 where the denominator is not positive.
     *
     * @param weight the source's alpha, as wide and high as the source
     * @throws IllegalArgumentException if the taps or the weights do not fit the planes
     */
    void resample(Plane source, Plane weight, Taps horizontal, Taps vertical, Plane target);

    /**
     * The same in linear light: samples are sRGB's, and are averaged as the light that they stand
     * for. A little slower.
     *
     * @param weight the source's alpha, which is not light, or null for none
     * @throws IllegalArgumentException if the taps or the weights do not fit the planes
     */
    void resampleLinear(
            Plane source, @Nullable Plane weight, Taps horizontal, Taps vertical, Plane target);
}
