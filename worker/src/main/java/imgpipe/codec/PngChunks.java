package imgpipe.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** A PNG that grows chunk by chunk (ISO/IEC 15948, 5.3). */
final class PngChunks {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private final List<MemorySegment> parts = new ArrayList<>();

    PngChunks() {
        parts.add(MemorySegment.ofArray(SIGNATURE));
    }

    /**
     * Adds a chunk.
     *
     * @param content less than 2 GiB, not changed before {@link #joined}
     */
    void add(String type, MemorySegment content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(content.asByteBuffer());
        byte[] head = ByteBuffer.allocate(8).putInt((int) content.byteSize()).put(name).array();
        byte[] tail = ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
        parts.add(MemorySegment.ofArray(head));
        parts.add(content);
        parts.add(MemorySegment.ofArray(tail));
    }

    /** The whole file. */
    MemorySegment joined(SegmentAllocator allocator) {
        return Container.joined(parts, allocator);
    }
}
