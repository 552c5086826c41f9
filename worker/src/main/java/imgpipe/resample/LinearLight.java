package imgpipe.resample;

/**
 * Between sRGB samples and the light that they stand for, by the transfer function of IEC
 * 61966-2-1. Back from light the nearest sample is taken, the limits between two samples being the
 * light of the signal half way between them, so that every sample comes back as it was.
 */
final class LinearLight {
    /** The light of each sample, 0 to 1. */
    static final float[] OF_SAMPLE = new float[256];

    /** From which light on a sample is at least this one; none ever reaches the last. */
    private static final float[] FROM = new float[257];

    private static final int STEPS = 4096;

    /** A sample that is not above the one for this much light, and at most two below it. */
    private static final byte[] BELOW = new byte[STEPS + 1];

    static {
        for (int i = 0; i < 256; i++) {
            OF_SAMPLE[i] = (float) light(i / 255.0);
            FROM[i] = (float) light((i - 0.5) / 255);
        }
        FROM[0] = Float.NEGATIVE_INFINITY;
        FROM[256] = Float.POSITIVE_INFINITY;
        int sample = 0;
        for (int i = 0; i <= STEPS; i++) {
            while (FROM[sample + 1] <= (float) i / STEPS) {
                sample++;
            }
            BELOW[i] = (byte) sample;
        }
    }

    private LinearLight() {}

    private static double light(double signal) {
        return signal <= 0.04045 ? signal / 12.92 : Math.pow((signal + 0.055) / 1.055, 2.4);
    }

    /** The sample for this much light; what is darker than black is black, and so on. */
    static byte sample(float light) {
        float within = Math.clamp(light, 0f, 1f);
        int sample = BELOW[(int) (within * STEPS)] & 0xFF;
        while (within >= FROM[sample + 1]) {
            sample++;
        }
        return (byte) sample;
    }
}
