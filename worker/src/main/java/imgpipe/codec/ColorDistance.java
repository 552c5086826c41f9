package imgpipe.codec;

/** How different two premultiplied colors look. */
final class ColorDistance {
    private static final int OPAQUE = 255;

    /** More than any distance: an opaque pixel stays opaque if there is any opaque color. */
    private static final int SEEN_THROUGH = 1 << 24;

    private ColorDistance() {}

    /** Index of the color that is nearest to another; wholly transparent ones are left out. */
    static int nearest(int[] palette, int color) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < palette.length; i++) {
            int opacity = (palette[i] >>> 24) - (color >>> 24);
            // The eye's weights, roughly.
            int distance =
                    3 * apart(palette[i] >> 16, color >> 16, opacity)
                            + 6 * apart(palette[i] >> 8, color >> 8, opacity)
                            + apart(palette[i], color, opacity);
            if (opacity != 0 && color >>> 24 == OPAQUE) {
                distance += SEEN_THROUGH;
            }
            if (distance < least && palette[i] != 0) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    /** How far two values are from each other before black and before white. */
    private static int apart(int one, int other, int opacity) {
        int beforeBlack = (one & 0xFF) - (other & 0xFF);
        int beforeWhite = beforeBlack - opacity;
        return beforeBlack * beforeBlack + beforeWhite * beforeWhite;
    }
}
