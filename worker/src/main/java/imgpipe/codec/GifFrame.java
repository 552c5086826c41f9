package imgpipe.codec;

/**
 * What a GIF says of one of its frames.
 *
 * @param left column of the canvas where it begins
 * @param top row of the canvas where it begins
 * @param width at least 1
 * @param height at least 1
 * @param delayMillis how long it is shown
 * @param disposal what becomes of it afterwards
 * @param transparent index of the color that leaves the canvas as it is, -1 for none
 */
record GifFrame(
        int left,
        int top,
        int width,
        int height,
        int delayMillis,
        Disposal disposal,
        int transparent) {
    /** What becomes of a frame before the next one is drawn. */
    enum Disposal {
        /** It stays. */
        KEEP,
        /** Its place becomes transparent, as browsers do it. */
        CLEAR,
        /** What was there before comes back. */
        RESTORE;

        /** From the three bits in the graphic control extension. */
        static Disposal of(int bits) {
            return switch (bits) {
                case 2 -> CLEAR;
                case 3 -> RESTORE;
                default -> KEEP;
            };
        }
    }
}
