package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Rows that are inflated already. */
final class WholeRows implements PngRows {
    private final MemorySegment bytes;
    private long position;

    WholeRows(MemorySegment bytes) {
        this.bytes = bytes;
    }

    @Override
    public void read(byte[] row, int length) throws PictureException {
        if (length > bytes.byteSize() - position) {
            throw new PictureException(Reason.TRUNCATED, "the PNG ends before its last row");
        }
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, position, row, 0, length);
        position += length;
    }

    @Override
    public void close() {}
}
