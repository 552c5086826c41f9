package imgpipe.codec;

/**
 * Into what strips or tiles a TIFF's pixels are divided (TIFF 6.0, sections 8 and 15).
 *
 * @param known whether the bytes of a strip follow from its pixels: not if it is compressed, or
 *     shares chroma
 * @param width of the picture
 * @param height of the picture
 * @param tileWidth 0 for strips
 * @param tileHeight 0 for strips
 * @param rowsPerStrip at least 1
 * @param samples of a pixel
 * @param planar whether each sample has strips of its own
 * @param bits of a sample
 */
record TiffParts(
        boolean known,
        long width,
        long height,
        long tileWidth,
        long tileHeight,
        long rowsPerStrip,
        long samples,
        boolean planar,
        long bits) {
    /** More strips or tiles than these are nonsense: one for each row or tile of each sample. */
    long most() {
        long places =
                tileWidth > 0 && tileHeight > 0
                        ? Math.ceilDiv(width, tileWidth) * Math.ceilDiv(height, tileHeight)
                        : height;
        return Math.max(1, places) * Math.max(1, samples);
    }

    /**
     * How many bytes a strip or tile has; 0 if that is not known. The last strip has the rows that
     * are left, every tile has all of its own.
     */
    long uncompressedBytes(int index) {
        if (!known) {
            return 0;
        }
        long rows = tileHeight;
        if (rows == 0) {
            long strips = Math.max(1, Math.ceilDiv(height, rowsPerStrip));
            rows = Math.min(rowsPerStrip, height - index % strips * rowsPerStrip);
        }
        long across = tileWidth > 0 ? tileWidth : width;
        return rows * Math.ceilDiv(across * (planar ? 1 : samples) * bits, 8);
    }
}
