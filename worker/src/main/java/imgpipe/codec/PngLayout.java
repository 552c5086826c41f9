package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Size;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * How a PNG's pixels are stored: what IHDR says (ISO/IEC 15948, 11.2.2).
 *
 * @param bits of a sample, or of a palette index
 * @param type one of {@link #GREY} and the others
 */
record PngLayout(Size size, int bits, int type, boolean interlaced) {
    static final int GREY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GREY_ALPHA = 4;
    static final int RGB_ALPHA = 6;

    private static final int IHDR = 16;

    /** Arrays are hardly longer than that. */
    private static final long LONGEST_ROW = Integer.MAX_VALUE - 64;

    /**
     * Reads the header of a file whose first chunk is one.
     *
     * @throws PictureException if it names what the format does not have
     */
    static PngLayout of(MemorySegment file) throws PictureException {
        Bytes bytes = Bytes.bigEndian(file);
        PngLayout layout =
                new PngLayout(
                        FileSizes.of(bytes.u32(IHDR), bytes.u32(IHDR + 4)),
                        bytes.u8(IHDR + 8),
                        bytes.u8(IHDR + 9),
                        bytes.u8(IHDR + 12) == 1);
        boolean known =
                switch (layout.type) {
                    case GREY -> Integer.bitCount(layout.bits) == 1 && layout.bits <= 16;
                    case PALETTE -> Integer.bitCount(layout.bits) == 1 && layout.bits <= 8;
                    case RGB, GREY_ALPHA, RGB_ALPHA -> layout.bits == 8 || layout.bits == 16;
                    default -> false;
                };
        if (!known
                || bytes.u8(IHDR + 10) != 0
                || bytes.u8(IHDR + 11) != 0
                || bytes.u8(IHDR + 12) > 1) {
            throw new PictureException(
                    Reason.CORRUPT, "the PNG's header speaks of what the format does not have");
        }
        if (layout.rowBytes(layout.size.width()) > LONGEST_ROW) {
            throw new PictureException(
                    Reason.LIMIT, "a row of the PNG has " + layout.size.width() + " pixels");
        }
        return layout;
    }

    /** Samples a pixel. */
    int channels() {
        return switch (type) {
            case GREY, PALETTE -> 1;
            case GREY_ALPHA -> 2;
            case RGB -> 3;
            default -> 4;
        };
    }

    /** Bytes from one pixel to the next as filters see them, at least 1. */
    int distance() {
        return Math.max(1, channels() * bits / 8);
    }

    /** Bytes of a row, the filter's number before it not counted. */
    long rowBytes(int width) {
        return Math.ceilDiv((long) width * channels() * bits, 8);
    }

    List<PngPass> passes() {
        return PngPass.of(size, interlaced);
    }

    /** Bytes of all rows, the filters' numbers included. */
    long bytes() {
        return passes().stream()
                .mapToLong(pass -> (1 + rowBytes(pass.size().width())) * pass.size().height())
                .sum();
    }
}
