package imgpipe.image;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Off-heap memory that one thread uses for one picture after another. Memory is taken from the
 * front and given back all at once by {@link #reset()}, or from a {@link #mark()} on; it is neither
 * zeroed nor returned to the system, so that after the largest picture a worker's memory stays flat
 * and its pages stay mapped.
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

    /** Which block is being filled; those behind it are empty. */
    private int current;

    /** Bytes of it that are taken. */
    private long used;

    /**
     * Memory of at least {@code bytes} bytes, aligned to 64, valid until the next {@link #reset()}
     * or until a mark before it is released; its content is whatever was there.
     *
     * @throws OutOfMemoryError when the system has none left
     */
    @Override
    public MemorySegment allocate(long bytes, long alignment) {
        if (bytes < 0 || alignment > ALIGNMENT) {
            throw new IllegalArgumentException(bytes + " bytes aligned to " + alignment);
        }
        long size = (bytes + SLACK + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (blocks.isEmpty() || blocks.get(current).memory().byteSize() - used < size) {
            turnToBlock(blocks.isEmpty() ? 0 : current + 1, size);
        }
        MemorySegment part = blocks.get(current).memory().asSlice(used, bytes);
        used += size;
        return part;
    }

    /** Goes on in the next block, which replaces empty ones that are too small. */
    private void turnToBlock(int next, long size) {
        while (next < blocks.size() && blocks.get(next).memory().byteSize() < size) {
            blocks.remove(next).arena().close();
        }
        if (next == blocks.size()) {
            blocks.add(Block.of(Math.max(size, SMALLEST_BLOCK)));
        }
        current = next;
        used = 0;
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
        current = 0;
        used = 0;
    }

    /** A place in the workspace, to go back to. */
    public record Mark(int block, long used) {}

    /** Where the next segment will be allocated. */
    public Mark mark() {
        return new Mark(current, used);
    }

    /**
     * Takes back everything that was allocated since the mark was taken; the memory is kept for
     * what comes next.
     */
    public void release(Mark mark) {
        current = mark.block;
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
        current = 0;
        used = 0;
    }

    private record Block(Arena arena, MemorySegment memory) {
        static Block of(long bytes) {
            Arena arena = Arena.ofConfined();
            return new Block(arena, arena.allocate(bytes, ALIGNMENT));
        }
    }
}
