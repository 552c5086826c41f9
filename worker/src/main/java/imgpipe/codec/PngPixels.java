package imgpipe.codec;

/** A picture's pixels as bytes of a PNG's rows, not yet filtered. */
interface PngPixels {
    /**
     * Puts the pixels of a row together.
     *
     * @param pass which pixels of the picture
     * @param y row of the pass
     * @param row gets the bytes from index 1 on
     */
    void load(PngPass pass, int y, byte[] row);
}
