package imgpipe.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Finding a JPEG's markers: FF and a code that is neither 00 nor FF (ITU-T T.81, B.1.1). */
final class JpegMarkers {
    static final int SOI = 0xD8;
    static final int EOI = 0xD9;
    static final int SOS = 0xDA;
    static final int APP0 = 0xE0;
    static final int APP1 = 0xE1;
    static final int APP2 = 0xE2;
    static final int APP13 = 0xED;
    static final int APP14 = 0xEE;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private JpegMarkers() {}

    /** The byte at this position, 0 to 255. */
    static int u8(MemorySegment file, long position) {
        return file.get(ValueLayout.JAVA_BYTE, position) & 0xFF;
    }

    /** The big-endian number at this position, 0 to 65535. */
    static int u16(MemorySegment file, long position) {
        return u8(file, position) << 8 | u8(file, position + 1);
    }

    /** Whether no length and no content follow this marker. */
    static boolean standsAlone(int code) {
        return isRestart(code) || code == 0x01;
    }

    /** Whether this is one of RST0 to RST7, which lie between the codes of a scan. */
    static boolean isRestart(int code) {
        return code >= 0xD0 && code <= 0xD7;
    }

    /** Position of the FF of the first marker at or behind a position, -1 if there is none. */
    static long next(MemorySegment file, long from) {
        long last = file.byteSize() - 1;
        for (long position = from; position < last; position++) {
            position = skipWithoutFf(file, position);
            if (position < last && u8(file, position) == 0xFF) {
                int code = u8(file, position + 1);
                if (code != 0x00 && code != 0xFF) {
                    return position;
                }
            }
        }
        return -1;
    }

    /** The same, for a position within a scan's codes. */
    static long afterCodes(MemorySegment file, long from) {
        long position = next(file, from);
        while (position >= 0 && isRestart(u8(file, position + 1))) {
            position = next(file, position + 2);
        }
        return position;
    }

    /** Steps over groups of eight bytes in which no byte is FF. */
    private static long skipWithoutFf(MemorySegment file, long from) {
        long position = from;
        while (position + Long.BYTES <= file.byteSize()) {
            long inverted = ~file.get(ValueLayout.JAVA_LONG_UNALIGNED, position);
            if ((inverted - ONES & ~inverted & HIGH_BITS) != 0) {
                break;
            }
            position += Long.BYTES;
        }
        return position;
    }
}
