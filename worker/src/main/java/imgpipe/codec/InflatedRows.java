package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Rows that the JDK inflates as they are asked for. */
final class InflatedRows implements PngRows {
    private final Inflater inflater = new Inflater();

    /** A buffer, unlike a chunk, has no more than 2 GiB. */
    private static final long LARGEST_INPUT = 1 << 30;

    private final Iterator<MemorySegment> parts;
    private MemorySegment rest = MemorySegment.NULL;

    /** The rows in these parts of a zlib stream. */
    InflatedRows(List<MemorySegment> parts) {
        this.parts = parts.iterator();
    }

    @Override
    public void read(byte[] row, int length) throws PictureException {
        try {
            for (int done = 0; done < length; ) {
                int count = inflater.inflate(row, done, length - done);
                done += count;
                if (count == 0) {
                    more();
                }
            }
        } catch (DataFormatException e) {
            throw new PictureException(
                    Reason.CORRUPT, "the PNG's pixels are damaged: " + e.getMessage(), e);
        }
    }

    private void more() throws PictureException {
        if (inflater.needsDictionary()) {
            throw new PictureException(
                    Reason.CORRUPT, "the PNG's pixels are compressed with a dictionary");
        }
        boolean some = rest.byteSize() > 0;
        if (inflater.finished() || (!some && !parts.hasNext())) {
            throw new PictureException(Reason.TRUNCATED, "the PNG ends before its last row");
        }
        MemorySegment part = some ? rest : parts.next();
        long length = Math.min(LARGEST_INPUT, part.byteSize());
        rest = part.asSlice(length);
        inflater.setInput(part.asSlice(0, length).asByteBuffer());
    }

    @Override
    public void close() {
        inflater.end();
    }
}
