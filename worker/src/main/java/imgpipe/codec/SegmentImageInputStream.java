package imgpipe.codec;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;
import javax.imageio.IIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Memory as ImageIO wants to read it, without a copy: one or more parts, one behind the other, so
 * that a decoder can be shown a file without those of its chunks that it had better not see.
 */
final class SegmentImageInputStream extends ImageInputStreamImpl {
    /** TwelveMonkeys' WebP reader goes on for minutes without data: one exception for each bit. */
    private static final int MOST_SHORT_READS = 1000;

    private final List<MemorySegment> parts;
    private final long length;
    private int shortReads;

    SegmentImageInputStream(List<MemorySegment> parts) {
        this.parts = List.copyOf(parts);
        length = parts.stream().mapToLong(MemorySegment::byteSize).sum();
    }

    SegmentImageInputStream(MemorySegment file) {
        this(List.of(file));
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        byte[] one = new byte[1];
        return read(one, 0, 1) == 1 ? one[0] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
        Objects.checkFromIndexSize(offset, wanted, target.length);
        bitOffset = 0;
        // Not only as far as a part goes: the JDK's readInt takes a short read for the end.
        int done = 0;
        long start = 0;
        for (MemorySegment part : parts) {
            long end = start + part.byteSize();
            if (streamPos < end && done < wanted) {
                int count = (int) Math.min(wanted - done, end - streamPos);
                MemorySegment.copy(
                        part,
                        ValueLayout.JAVA_BYTE,
                        streamPos - start,
                        target,
                        offset + done,
                        count);
                streamPos += count;
                done += count;
            }
            start = end;
        }
        if (done < wanted && ++shortReads > MOST_SHORT_READS) {
            throw new IIOException("unexpected end of file, and the reader does not stop");
        }
        return done == 0 && wanted > 0 ? -1 : done;
    }

    @Override
    public long length() {
        return length;
    }
}
