package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The codes of a JPEG's scan, piece by piece: up to the next marker, without the zero that is
 * stuffed behind each FF (ITU-T T.81, B.1.1.5).
 *
 * <p>Two buffers of fixed size stay in the processor's cache however large the file is. A reader
 * gets an array in which it may read on for {@link #SLACK} bytes behind {@link #limit()}; what it
 * finds behind the last code is of no meaning, and {@link #requireEnd} tells it that it went too
 * far.
 */
final class ScanBytes {
    /** More than one MCU takes: 10 blocks of 64 symbols of 27 bits. */
    static final int SLACK = 4096;

    private static final int RAW = 1 << 14;

    /** Codes are added while there are fewer than this. */
    private static final int LOW = 2 * SLACK;

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int NONE = -1;

    private final byte[] raw = new byte[RAW + Long.BYTES];
    private final byte[] codes = new byte[LOW + RAW + SLACK];
    private MemorySegment file = MemorySegment.NULL;
    private long filePosition;
    private int rawPosition;
    private int rawEnd;
    private int end;
    private int marker;

    /** Begins behind a scan's header. */
    void open(MemorySegment newFile, long position) {
        file = newFile;
        filePosition = position;
        rawPosition = 0;
        rawEnd = 0;
        end = 0;
        marker = NONE;
    }

    /** The codes; the array is the same at all times. */
    byte[] codes() {
        return codes;
    }

    /** As long as a reader stands before this or at it there are codes for a whole MCU, or all. */
    int limit() {
        return marker == NONE ? end - SLACK : end + Long.BYTES;
    }

    /**
     * Drops codes that were read and adds others.
     *
     * @param read how many to drop; what lay behind them is at 0 afterwards
     */
    void fill(int read) throws PictureException {
        if (read > end) {
            throw unusual("the codes of a scan end too early");
        }
        System.arraycopy(codes, read, codes, 0, end - read);
        end -= read;
        while (marker == NONE && end < LOW) {
            load();
            unstuff();
        }
    }

    /**
     * Steps over a marker.
     *
     * @param bits of the codes that were read
     * @param expected the marker's second byte
     * @throws PictureException if another one comes, or if it does not come right behind the byte
     *     whose bits were read last
     */
    void requireEnd(int bits, int expected) throws PictureException {
        int left = 8 * end - bits;
        if (marker != expected || left < 0 || left >= 8) {
            throw unusual("the codes of a scan do not end where they should");
        }
        rawPosition += 2;
        end = 0;
        marker = NONE;
    }

    private void load() throws PictureException {
        int kept = rawEnd - rawPosition;
        if (kept > 1) {
            return;
        }
        int added = (int) Math.min(RAW - kept, file.byteSize() - filePosition);
        if (added <= 0) {
            throw unusual("the file ends within a scan");
        }
        raw[0] = raw[rawPosition]; // an FF that waits for the byte behind it
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, filePosition, raw, kept, added);
        filePosition += added;
        rawPosition = 0;
        rawEnd = kept + added;
        WORD.set(raw, rawEnd, -1L); // ends the search for FF
    }

    /** Copies eight bytes at a time; those behind an FF are overwritten by the next ones. */
    private void unstuff() throws PictureException {
        int from = rawPosition;
        int to = end;
        while (true) {
            long word = (long) WORD.get(raw, from);
            WORD.set(codes, to, word);
            long inverted = ~word;
            long found = (inverted - ONES) & ~inverted & HIGH_BITS;
            if (found == 0) {
                from += Long.BYTES;
                to += Long.BYTES;
                continue;
            }
            int before = Long.numberOfTrailingZeros(found) >>> 3;
            from += before;
            to += before;
            if (from >= rawEnd - 1) {
                break;
            }
            if (raw[from + 1] != 0) {
                marker = raw[from + 1] & 0xFF;
                break;
            }
            from += 2;
            to++;
        }
        rawPosition = Math.min(from, rawEnd);
        end = to;
    }

    private static PictureException unusual(String sentence) {
        return new PictureException(Reason.UNSUPPORTED, sentence);
    }
}
