package imgpipe.codec;

import java.util.List;

/**
 * What is done to make a PNG small.
 *
 * @param level of libdeflate, 1 to 12
 * @param zlib the JDK's level, 1 to 9
 * @param tried ways of filtering; if there are several, the one is taken with which the {@linkplain
 *     #LEAST least} effort makes the smallest file
 */
record PngEffort(int level, int zlib, List<PngFiltering> tried) {
    /** docs/decisions/008-effort-of-png.md has the measurement. */
    private static final int USUAL = 4;

    private static final int FULL_FROM = 6;
    private static final int TRYING_FROM = 7;

    static final PngEffort LEAST = of(1, false);

    /**
     * What an effort means.
     *
     * @param effort 1 to 9, or 0 for the usual one
     * @param palette whether the samples are indices, which filters make no smaller
     */
    static PngEffort of(int effort, boolean palette) {
        int asked = effort == 0 ? USUAL : effort;
        int level =
                switch (asked) {
                    case 9 -> 12;
                    case 8 -> 10;
                    case 7 -> 8;
                    case 6 -> 7;
                    case 5 -> 6;
                    default -> asked;
                };
        return new PngEffort(level, asked, tried(asked, palette));
    }

    private static List<PngFiltering> tried(int effort, boolean palette) {
        if (effort >= TRYING_FROM) {
            return List.of(PngFiltering.values());
        }
        if (palette) {
            return List.of(PngFiltering.NONE);
        }
        return List.of(effort >= FULL_FROM ? PngFiltering.FULL : PngFiltering.FAST);
    }
}
