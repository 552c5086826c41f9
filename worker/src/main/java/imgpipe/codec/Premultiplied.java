package imgpipe.codec;

/**
 * Colors multiplied by their alpha, so that means and differences of them are those of what is seen
 * (Porter and Duff, "Compositing Digital Images", 1984).
 */
final class Premultiplied {
    private Premultiplied() {}

    static int of(int argb) {
        int alpha = argb >>> 24;
        if (alpha == 255) {
            return argb;
        }
        int color = alpha << 24;
        for (int shift = 16; shift >= 0; shift -= 8) {
            color |= ((((argb >> shift) & 0xFF) * alpha + 127) / 255) << shift;
        }
        return color;
    }

    /** The color that was multiplied, as far as it can be told. */
    static int undo(int color) {
        int alpha = color >>> 24;
        if (alpha == 255 || alpha == 0) {
            return alpha == 0 ? 0 : color;
        }
        int argb = alpha << 24;
        for (int shift = 16; shift >= 0; shift -= 8) {
            argb |= Math.min(255, (((color >> shift) & 0xFF) * 255 + alpha / 2) / alpha) << shift;
        }
        return argb;
    }
}
