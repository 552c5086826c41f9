package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import java.lang.foreign.MemorySegment;

/**
 * Counts through the runs of formats that say nothing of how long they are, and whose readers take
 * the end of the file for the end of the picture.
 */
final class RunLengths {
    private static final int BMP_RLE8 = 1;
    private static final int BMP_RLE4 = 2;
    private static final int TGA_HEADER = 18;
    private static final int PCX_HEADER = 128;
    private static final int PCX_PALETTE = 769;

    private RunLengths() {}

    /** Fails if the runs of a compressed BMP end before its last row (Windows' "BI_RLE8"). */
    static void requireBmp(MemorySegment memory) throws PictureException {
        Bytes file = Bytes.littleEndian(memory);
        if (file.u32(14) < 40) {
            return;
        }
        long compression = file.u32(30);
        if (compression != BMP_RLE8 && compression != BMP_RLE4) {
            return;
        }
        long width = file.u32(18);
        long height = Math.abs((int) file.u32(22));
        long column = 0;
        long row = 0;
        // The last mark may be missing; the last row's pixels may not.
        for (long at = file.u32(10); row < height - 1 || column < width; ) {
            int count = file.u8(at);
            int value = file.u8(at + 1);
            at += 2;
            if (count > 0) {
                column += count;
            } else if (value == 0) {
                row++;
                column = 0;
            } else if (value == 1) {
                return;
            } else if (value == 2) {
                column += file.u8(at);
                row += file.u8(at + 1);
                at += 2;
            } else {
                int bytes = compression == BMP_RLE8 ? value : (value + 1) / 2;
                column += value;
                at += bytes + (bytes & 1);
                file.require(at - 1, 1);
            }
        }
    }

    /** Fails if the runs of a compressed TGA end before its last pixel (TGA 2.0, types 9 to 11). */
    static void requireTga(MemorySegment memory) throws PictureException {
        Bytes file = Bytes.littleEndian(memory);
        int type = file.u8(2);
        if (type < 9 || type > 11) {
            return;
        }
        int bytes = Math.ceilDiv(file.u8(16), 8);
        long map = file.u8(1) == 1 ? (long) file.u16(5) * Math.ceilDiv(file.u8(7), 8) : 0;
        long at = TGA_HEADER + file.u8(0) + map;
        for (long missing = (long) file.u16(12) * file.u16(14); missing > 0; ) {
            int head = file.u8(at);
            int count = 1 + (head & 0x7F);
            int stored = head >= 0x80 ? bytes : count * bytes;
            file.require(at + 1, stored);
            at += 1 + stored;
            missing -= count;
        }
    }

    /** Fails if the runs of a PCX, or the palette behind them, end too early (ZSoft, rev. 5). */
    static void requirePcx(MemorySegment memory) throws PictureException {
        Bytes file = Bytes.littleEndian(memory);
        int rows = file.u16(10) - file.u16(6) + 1;
        long missing = (long) rows * file.u8(65) * file.u16(66);
        if (rows < 1 || missing < 1) {
            throw new PictureException(Reason.CORRUPT, "the PCX has no rows");
        }
        long at = PCX_HEADER;
        while (missing > 0) {
            int value = file.u8(at++);
            if (value >= 0xC0) {
                file.require(at++, 1);
                missing -= value & 0x3F;
            } else {
                missing--;
            }
        }
        boolean grey = file.u16(68) == 2;
        if (file.u8(1) == 5 && file.u8(3) == 8 && file.u8(65) == 1 && !grey) {
            file.require(at, PCX_PALETTE);
        }
    }
}
