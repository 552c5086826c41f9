package imgpipe.codec;

import java.util.Optional;

/** How a JPEG's frame is coded, by its SOFn marker (ITU-T T.81, table B.1). */
public enum JpegProcess {
    /** SOF0: one pass over the picture, Huffman codes, 8 bits. */
    BASELINE("baseline"),
    /** SOF1: as baseline, with more tables or 12 bits. */
    EXTENDED("extended"),
    /** SOF2: coarse first, refined by further scans. */
    PROGRESSIVE("progressive"),
    /** SOF9: sequential with arithmetic codes. */
    ARITHMETIC("arithmetic"),
    /** SOF10: progressive with arithmetic codes. */
    ARITHMETIC_PROGRESSIVE("arithmetic progressive"),
    /** SOF3 and SOF11: no DCT. */
    LOSSLESS("lossless"),
    /** SOF5 to 7 and 13 to 15: differences to a smaller picture. */
    HIERARCHICAL("hierarchical");

    private final String description;

    JpegProcess(String description) {
        this.description = description;
    }

    /** The process of this marker's second byte; empty if it begins no frame. */
    static Optional<JpegProcess> ofMarker(int code) {
        return switch (code) {
            case 0xC0 -> Optional.of(BASELINE);
            case 0xC1 -> Optional.of(EXTENDED);
            case 0xC2 -> Optional.of(PROGRESSIVE);
            case 0xC9 -> Optional.of(ARITHMETIC);
            case 0xCA -> Optional.of(ARITHMETIC_PROGRESSIVE);
            case 0xC3, 0xCB -> Optional.of(LOSSLESS);
            case 0xC5, 0xC6, 0xC7, 0xCD, 0xCE, 0xCF -> Optional.of(HIERARCHICAL);
            default -> Optional.empty();
        };
    }

    /** Whether later scans refine earlier ones. */
    public boolean progressive() {
        return this == PROGRESSIVE || this == ARITHMETIC_PROGRESSIVE;
    }

    /**
     * Whether the codes are arithmetic ones. Bytes that are missing at their end are zeros by
     * definition (T.81, D.2), so no decoder can tell that a scan was cut short.
     */
    public boolean arithmetic() {
        return this == ARITHMETIC || this == ARITHMETIC_PROGRESSIVE;
    }

    /** Whether a scan gives its components' DCT coefficients all at once. */
    public boolean sequential() {
        return this == BASELINE || this == EXTENDED || this == ARITHMETIC;
    }

    @Override
    public String toString() {
        return description;
    }
}
