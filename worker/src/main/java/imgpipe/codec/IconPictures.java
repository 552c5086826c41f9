package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ImageFormat;
import java.lang.foreign.MemorySegment;

/**
 * The pictures inside an icon, each a PNG or a bitmap of its own (ICO since Windows Vista, ICNS
 * since Mac OS X 10.5). What the icon's directory says of their sizes is what limits are compared
 * with; what they say themselves is what memory is taken for.
 */
final class IconPictures {
    /** The largest picture that either format has a name for has 1024; some writers put in more. */
    private static final int LONGEST_SIDE = 2048;

    private static final String SIGNATURE = "\u0089PNG\r\n\u001A\n";
    private static final int FIRST = 0x89;

    /** Signature, then length and type of IHDR, then its first two numbers. */
    private static final int TO_SIZE = 16;

    private static final int ICO_HEADER = 6;
    private static final int ICO_ENTRY = 16;
    private static final int BITMAP_HEADER = 40;

    private IconPictures() {}

    /**
     * Fails if a picture in an icon is larger than any icon; does nothing for other formats.
     *
     * @throws PictureException of reason LIMIT
     */
    static void require(ImageFormat format, MemorySegment file) throws PictureException {
        switch (format) {
            case ICNS -> requirePngs(file);
            case ICO -> {
                requirePngs(file);
                requireBitmaps(file);
            }
            default -> {}
        }
    }

    private static void requirePngs(MemorySegment file) throws PictureException {
        Bytes bytes = Bytes.bigEndian(file);
        for (long at = 0; at + TO_SIZE + 8 <= file.byteSize(); at++) {
            if (bytes.u8(at) == FIRST && bytes.is(at, SIGNATURE)) {
                require(bytes.u32(at + TO_SIZE), bytes.u32(at + TO_SIZE + 4));
            }
        }
    }

    /** Their height counts the picture and its mask. */
    private static void requireBitmaps(MemorySegment file) throws PictureException {
        Bytes bytes = Bytes.littleEndian(file);
        int entries = bytes.u16(4);
        for (int i = 0; i < entries; i++) {
            long at = bytes.u32(ICO_HEADER + i * (long) ICO_ENTRY + 12);
            if (at + BITMAP_HEADER <= file.byteSize() && bytes.u32(at) == BITMAP_HEADER) {
                require(bytes.u32(at + 4), bytes.u32(at + 8) / 2);
            }
        }
    }

    private static void require(long width, long height) throws PictureException {
        if (Math.max(width, height) > LONGEST_SIDE) {
            throw new PictureException(
                    Reason.LIMIT,
                    "a picture in the icon has %dx%d pixels; no side may be longer than %d"
                            .formatted(width, height, LONGEST_SIDE));
        }
    }
}
