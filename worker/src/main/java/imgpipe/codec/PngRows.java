package imgpipe.codec;

/** The inflated rows of a PNG, one after another. */
interface PngRows extends AutoCloseable {
    /**
     * Reads bytes.
     *
     * @param row where they are put, from its beginning
     * @param length how many
     * @throws PictureException if there are not as many, or they are damaged
     */
    void read(byte[] row, int length) throws PictureException;

    @Override
    void close();
}
