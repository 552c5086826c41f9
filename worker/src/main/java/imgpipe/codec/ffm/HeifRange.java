package imgpipe.codec.ffm;

/**
 * What samples of some bits mean, to be made 8-bit ones of full range (ITU-T H.273, equations 20 to
 * 31).
 */
enum HeifRange {
    /** Luma, colors and opacity, 0 to the largest value. */
    FULL,
    /** Differences around the middle value, using all values. */
    FULL_CHROMA,
    /** Luma from 16 to 235, in 8 bits. */
    STUDIO,
    /** Differences from 16 to 240, in 8 bits. */
    STUDIO_CHROMA;

    static HeifRange luma(boolean full) {
        return full ? FULL : STUDIO;
    }

    static HeifRange chroma(boolean full) {
        return full ? FULL_CHROMA : STUDIO_CHROMA;
    }

    /** Whether 8-bit samples stay what they are. */
    boolean isFull() {
        return this == FULL || this == FULL_CHROMA;
    }

    /** What becomes of each value of this many bits, 1 to 16. */
    byte[] table(int bits) {
        int values = 1 << bits;
        double middle = values / 2.0;
        double step = values / 256.0;
        byte[] table = new byte[values];
        for (int i = 0; i < values; i++) {
            double value =
                    switch (this) {
                        case FULL -> i * 255.0 / (values - 1);
                        case FULL_CHROMA -> 128 + (i - middle) * 255 / (values - 1);
                        case STUDIO -> (i - 16 * step) * 255 / (219 * step);
                        case STUDIO_CHROMA -> 128 + (i - middle) * 255 / (224 * step);
                    };
            table[i] = (byte) Math.clamp(Math.round(value), 0, 255);
        }
        return table;
    }
}
