package imgpipe.codec;

import imgpipe.image.EncodeSettings;

/**
 * What libwebp does to make a file small.
 *
 * @param method 0 (fast) to 6 (small)
 * @param quality of the lossless kind: how hard it tries, 0 to 100; of the lossy kind what that is
 */
public record WebpEffort(int method, int quality) {
    /** libwebp's own choice of a method, in both kinds. */
    private static final int USUAL = 4;

    private static final int[] METHODS = {0, 2, 3, 4, 5, 5, 6, 6, 6};

    private static final int[][] LOSSLESS = {
        {1, 20}, {2, 25}, {3, 50}, {4, 70}, {4, 90}, {5, 90}, {5, 95}, {6, 90}, {6, 100}
    };

    /** What an effort of 1 to 9 means, or 0 for the usual one. */
    public static WebpEffort of(EncodeSettings settings) {
        int effort = (settings.effort() == 0 ? USUAL : settings.effort()) - 1;
        return settings.lossless()
                ? new WebpEffort(LOSSLESS[effort][0], LOSSLESS[effort][1])
                : new WebpEffort(METHODS[effort], settings.quality());
    }
}
