package imgpipe.codec;

import imgpipe.image.ImageFormat;
import java.lang.foreign.MemorySegment;

/**
 * Finds out, for formats whose readers do not, whether a file ends before its picture does. The
 * other readers fail when they run out of bytes, or their containers are walked through anyway.
 */
final class WholeFile {
    private static final int ICON_HEADER = 6;
    private static final int ICON_ENTRY = 16;

    private WholeFile() {}

    /** Fails unless everything that the file's tables speak of lies within it. */
    static void require(ImageFormat format, MemorySegment file) throws PictureException {
        switch (format) {
            case TIFF -> TiffDirectory.of(file).requireWhole();
            case BMP -> RunLengths.requireBmp(file);
            case TGA -> RunLengths.requireTga(file);
            case PCX -> {
                if (Bytes.bigEndian(file).is(0, "\n")) {
                    RunLengths.requirePcx(file);
                }
            }
            case ICNS -> {
                Bytes bytes = Bytes.bigEndian(file);
                bytes.require(0, bytes.u32(4));
            }
            case ICO -> {
                Bytes bytes = Bytes.littleEndian(file);
                for (int i = 0; i < bytes.u16(4); i++) {
                    long entry = ICON_HEADER + (long) i * ICON_ENTRY;
                    bytes.require(bytes.u32(entry + 12), bytes.u32(entry + 8));
                }
            }
            default -> {}
        }
    }
}
