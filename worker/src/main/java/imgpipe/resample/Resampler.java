package imgpipe.resample;

import imgpipe.image.Plane;

/** Changes the number of samples of a plane. One for each thread. */
public interface Resampler {
    /** Filters the source into the target. */
    void resample(Plane source, Taps horizontal, Taps vertical, Plane target);

    /** The same where each source sample counts by its weight, 0 to 255. */
    void resample(Plane source, Plane weight, Taps horizontal, Taps vertical, Plane target);
}
