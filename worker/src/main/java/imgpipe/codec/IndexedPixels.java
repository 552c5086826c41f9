package imgpipe.codec;

/**
 * Pixels as indices into a palette.
 *
 * @param colors ARGB, not premultiplied, at most 256; in ascending order as unsigned numbers, so
 *     that what is transparent comes first
 * @param indices one for each pixel, row after row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; as large as the picture
record IndexedPixels(int[] colors, byte[] indices) {
    /** Whether the first color is wholly transparent. */
    boolean transparent() {
        return colors.length > 0 && colors[0] >>> 24 == 0;
    }

    /** Bits that an index needs: 1, 2, 4 or 8. */
    int bits() {
        return colors.length <= 2 ? 1 : colors.length <= 4 ? 2 : colors.length <= 16 ? 4 : 8;
    }
}
