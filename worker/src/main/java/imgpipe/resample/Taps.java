package imgpipe.resample;

/** Which source samples an output sample is made of, and how much of each. */
public final class Taps {
    private Taps() {}

    /**
     * Taps for one direction.
     *
     * @param in source samples
     * @param start where the first output begins, in source samples
     * @param step source samples for one output
     * @param out outputs
     */
    public static Taps of(int in, double start, double step, int out, Kernel kernel) {
        throw new UnsupportedOperationException("taps");
    }
}
