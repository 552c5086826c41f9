package imgpipe.codec;

import imgpipe.image.ImageFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Tells a picture's format by how its file begins, in one fixed order; never by its name. */
public final class MagicBytes {
    /** How many bytes at the end of a TGA file hold its footer (TGA 2.0, "TGA File Footer"). */
    private static final int TGA_FOOTER = 26;

    private MagicBytes() {}

    /**
     * The format of this file, or nothing if it is none that is known. TGA has no magic bytes: it
     * is taken for one if its footer or, failing that, every field of its header is plausible.
     *
     * @param file the whole file
     */
    public static Optional<ImageFormat> sniff(MemorySegment file) {
        Bytes bytes = Bytes.bigEndian(file);
        for (ImageFormat format : ImageFormat.values()) {
            // A TGA's first bytes could be another format's; so it is asked last.
            if (format != ImageFormat.TGA && begins(bytes, format)) {
                return Optional.of(format);
            }
        }
        return begins(bytes, ImageFormat.TGA) ? Optional.of(ImageFormat.TGA) : Optional.empty();
    }

    private static boolean begins(Bytes file, ImageFormat format) {
        return switch (format) {
            case JPEG -> file.is(0, "\u00FF\u00D8\u00FF");
            case PNG -> file.is(0, "\u0089PNG\r\n\u001A\n");
            case WEBP -> file.is(0, "RIFF") && file.is(8, "WEBP");
            case GIF -> file.is(0, "GIF87a") || file.is(0, "GIF89a");
            case TIFF ->
                    file.is(0, "II*\0")
                            || file.is(0, "MM\0*")
                            || file.is(0, "II+\0\b\0\0\0")
                            || file.is(0, "MM\0+\0\b\0\0");
            case BMP -> bmp(file);
            case PNM -> pnm(file);
            case PSD -> file.is(0, "8BPS\0\u0001") || file.is(0, "8BPS\0\u0002");
            case ICO -> ico(file);
            case ICNS -> file.is(0, "icns");
            case PCX -> pcx(file);
            case SGI -> sgi(file);
            case HDR -> file.is(0, "#?RADIANCE") || file.is(0, "#?RGBE");
            case TGA -> tga(file);
            case HEIC -> HeifBrands.of(file) == ImageFormat.HEIC;
            case AVIF -> HeifBrands.of(file) == ImageFormat.AVIF;
        };
    }

    private static boolean bmp(Bytes file) {
        // The header's length follows: 12 in OS/2's, 40 to 124 in Windows'.
        return file.is(0, "BM")
                && byteAt(file, 14) >= 12
                && byteAt(file, 14) <= 128
                && byteAt(file, 15) == 0;
    }

    private static boolean pnm(Bytes file) {
        int kind = byteAt(file, 1);
        return byteAt(file, 0) == 'P'
                && ((kind >= '1' && kind <= '7') || kind == 'F' || kind == 'f')
                && (Character.isWhitespace(byteAt(file, 2)) || byteAt(file, 2) == '#');
    }

    private static boolean ico(Bytes file) {
        // Count of entries, then the first entry's reserved byte.
        return (file.is(0, "\0\0\u0001\0") || file.is(0, "\0\0\u0002\0"))
                && byteAt(file, 4) + byteAt(file, 5) > 0
                && byteAt(file, 9) == 0;
    }

    private static boolean pcx(Bytes file) {
        int version = byteAt(file, 1);
        int bits = byteAt(file, 3);
        boolean page =
                byteAt(file, 0) == 0x0A
                        && version >= 0
                        && version <= 5
                        && version != 1
                        && byteAt(file, 2) == 1
                        && (bits == 1 || bits == 2 || bits == 4 || bits == 8)
                        && byteAt(file, 64) == 0;
        return page || file.is(0, "\u00B1h\u00DE:");
    }

    private static boolean sgi(Bytes file) {
        int storage = byteAt(file, 2);
        int samples = byteAt(file, 3);
        return file.is(0, "\u0001\u00DA")
                && (storage == 0 || storage == 1)
                && (samples == 1 || samples == 2)
                && byteAt(file, 4) == 0
                && byteAt(file, 5) >= 1
                && byteAt(file, 5) <= 3;
    }

    private static boolean tga(Bytes file) {
        if (file.is(file.size() - TGA_FOOTER + 8, "TRUEVISION-XFILE.\0")) {
            return true;
        }
        if (file.size() < 19) {
            return false;
        }
        int map = byteAt(file, 1);
        int type = byteAt(file, 2);
        int depth = byteAt(file, 16);
        int descriptor = byteAt(file, 17);
        boolean mapped = type == 1 || type == 9;
        boolean color = type == 2 || type == 10;
        boolean grey = type == 3 || type == 11;
        int width = byteAt(file, 12) | (byteAt(file, 13) << 8);
        int height = byteAt(file, 14) | (byteAt(file, 15) << 8);
        return width > 0
                && height > 0
                && (descriptor & 0xC0) == 0
                && (descriptor & 0x0F) <= 8
                && ((mapped && map == 1 && depth == 8 && mapEntry(byteAt(file, 7)))
                        || (color && map == 0 && depth >= 15 && noMap(file))
                        || (grey && map == 0 && depth <= 16 && noMap(file)));
    }

    private static boolean mapEntry(int bits) {
        return bits == 15 || bits == 16 || bits == 24 || bits == 32;
    }

    private static boolean noMap(Bytes file) {
        int depth = byteAt(file, 16);
        return (depth == 8 || depth == 15 || depth == 16 || depth == 24 || depth == 32)
                && byteAt(file, 3) + byteAt(file, 4) + byteAt(file, 5) + byteAt(file, 6) == 0;
    }

    /** The byte there, -1 behind the end. */
    private static int byteAt(Bytes file, long at) {
        return at < file.size() ? file.memory().get(ValueLayout.JAVA_BYTE, at) & 0xFF : -1;
    }
}
