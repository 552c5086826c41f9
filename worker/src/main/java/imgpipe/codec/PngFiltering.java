package imgpipe.codec;

/** Which filters a PNG's rows may have, and with how much care each row's is chosen. */
enum PngFiltering {
    /** None: the best for palettes, and for drawings that repeat themselves. */
    NONE,
    /**
     * None, Sub or Up, by every seventh byte. Paeth and Average would make files one to two percent
     * smaller, and cost more time than they save the compressor.
     */
    FAST,
    /** Any of the five, by every byte. */
    FULL
}
