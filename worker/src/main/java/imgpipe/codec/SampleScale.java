package imgpipe.codec;

import imgpipe.image.Plane;

/** Rows of samples of any depth to a plane's bytes. */
final class SampleScale {
    private SampleScale() {}

    /** Eight bits from samples of {@code bits} bits, 1 to 32, rounded to the nearest. */
    static void store(int[] samples, int bits, Plane plane, int y, byte[] row) {
        if (bits == 8) {
            for (int x = 0; x < plane.width(); x++) {
                row[x] = (byte) samples[x];
            }
        } else {
            long max = (1L << bits) - 1;
            for (int x = 0; x < plane.width(); x++) {
                long sample = bits == 32 ? Integer.toUnsignedLong(samples[x]) : samples[x];
                row[x] = (byte) ((Math.clamp(sample, 0, max) * 255 + max / 2) / max);
            }
        }
        plane.store(y, row);
    }
}
