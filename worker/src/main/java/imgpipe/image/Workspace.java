package imgpipe.image;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Off-heap memory that one thread uses for one picture after another. Memory is taken from the
 * front and given back all at once by {@link #reset()}; it is neither zeroed nor returned to the
 * system, so that after the largest picture a worker's memory stays flat and its pages stay mapped.
 *
 * <p>Not safe for use by two threads.
 */
public final class Workspace implements SegmentAllocator, AutoCloseable {
    /** Enough for the widest vector register and for a cache line. */
    private static final long ALIGNMENT = 64;

    /** Vector code may load a whole register that begins at a plane's last sample. */
    private static final long SLACK = 256;

    private static final long SMALLEST_BLOCK = 1 << 20;

    private final List<Block> blocks = new ArrayList<>();
    private long used;

    /**
     * Memory of at least {@code bytes} bytes, aligned to 64, valid until the next {@link #reset()};
     * its content is whatever was there.
     *
     * @throws OutOfMemoryError when the system has none left
     */
    @Override
    public MemorySegment allocate(long bytes, long alignment) {
        if (bytes < 0 || alignment > ALIGNMENT) {
            throw new IllegalArgumentException(bytes + " bytes aligned to " + alignment);
        }
        long size = (bytes + SLACK + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (blocks.isEmpty() || blocks.getLast().memory().byteSize() - used < size) {
            blocks.add(Block.of(Math.max(size, SMALLEST_BLOCK)));
            used = 0;
        }
        MemorySegment part = blocks.getLast().memory().asSlice(used, bytes);
        used += size;
        return part;
    }

    @Override
    public MemorySegment allocate(long bytes) {
        return allocate(bytes, ALIGNMENT);
    }

    /**
     * Takes back everything that was allocated. Several blocks become one, so that the next picture
     * as large fits.
     */
    public void reset() {
        if (blocks.size() > 1) {
            long total = blocks.stream().mapToLong(block -> block.memory().byteSize()).sum();
            close();
            blocks.add(Block.of(total));
        }
        used = 0;
    }

    /** A place in the workspace, to go back to. */
    public record Mark(int blocks, long used) {}

    /** Where the next segment will be allocated. */
    public Mark mark() {
        return new Mark(blocks.size(), used);
    }

    /** Takes back everything that was allocated since the mark was taken. */
    public void release(Mark mark) {
        while (blocks.size() > mark.blocks) {
            blocks.removeLast().arena().close();
        }
        used = mark.used;
    }

    /** Bytes held from the system at this moment. */
    public long capacity() {
        return blocks.stream().mapToLong(block -> block.memory().byteSize()).sum();
    }

    /** Gives all memory back to the system; segments handed out become invalid. */
    @Override
    public void close() {
        blocks.forEach(block -> block.arena().close());
        blocks.clear();
        used = 0;
    }

    private record Block(Arena arena, MemorySegment memory) {
        static Block of(long bytes) {
            Arena arena = Arena.ofConfined();
            return new Block(arena, arena.allocate(bytes, ALIGNMENT));
        }
    }
}
