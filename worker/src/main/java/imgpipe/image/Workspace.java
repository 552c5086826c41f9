package imgpipe.image;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Off-heap memory that one thread uses for one picture after another. Memory is taken from the
 * front and given back all at once by {@link #reset()}, or from a {@link #mark()} on; it is neither
 * zeroed nor returned to the system between pictures of a kind, so that a worker's memory stays
 * flat and its pages stay mapped. Only when {@value #WINDOW} pictures or more in a row have used
 * less than half of it the rest is returned.
 *
 * <p>Not safe for use by two threads.
 */
public final class Workspace implements SegmentAllocator, AutoCloseable {
    /** Enough for the widest vector register and for a cache line. */
    private static final long ALIGNMENT = 64;

    /** Vector code may load a whole register that begins at a plane's last sample. */
    private static final long SLACK = 256;

    private static final long SMALLEST_BLOCK = 1 << 20;

    /** Resets between two looks at whether too much is kept. */
    private static final int WINDOW = 32;

    /** So much is always kept. */
    private static final long SMALL = 64L << 20;

    private final List<Block> blocks = new ArrayList<>();

    /** Which block is being filled; those behind it are empty. */
    private int current;

    /** Bytes of it that are taken. */
    private long used;

    /** Bytes of the blocks before it. */
    private long before;

    private long bound = Long.MAX_VALUE;
    private int resets;

    /** The most that was taken since the last look, and between that and the one before. */
    private long peak;

    private long earlierPeak;

    /**
     * From now on no more is taken from the system than this.
     *
     * @param bytes for all that is allocated between two resets, at least 0
     */
    public void bound(long bytes) {
        bound = bytes;
    }

    /**
     * Memory of at least {@code bytes} bytes, aligned to 64, valid until the next {@link #reset()}
     * or until a mark before it is released; its content is whatever was there.
     *
     * @throws WorkspaceFullException when more would be held than was {@linkplain #bound allowed}
     * @throws OutOfMemoryError when the system has none left
     */
    @Override
    public MemorySegment allocate(long bytes, long alignment) {
        if (bytes < 0 || alignment > ALIGNMENT) {
            throw new IllegalArgumentException(bytes + " bytes aligned to " + alignment);
        }
        long size = (bytes + SLACK + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (blocks.isEmpty() || blocks.get(current).memory().byteSize() - used < size) {
            turnToBlock(used == 0 ? current : current + 1, size);
        }
        MemorySegment part = blocks.get(current).memory().asSlice(used, bytes);
        used += size;
        peak = Math.max(peak, before + used);
        return part;
    }

    /** Goes on in the next block, which replaces empty ones that are too small. */
    private void turnToBlock(int next, long size) {
        while (next < blocks.size() && blocks.get(next).memory().byteSize() < size) {
            blocks.remove(next).arena().close();
        }
        if (next == blocks.size()) {
            long wanted = capacity() + size;
            if (wanted > bound) {
                throw new WorkspaceFullException(wanted, bound);
            }
            blocks.add(Block.of(Math.max(size, SMALLEST_BLOCK)));
        }
        turnTo(next, 0);
    }

    private void turnTo(int block, long taken) {
        current = block;
        used = taken;
        before = 0;
        for (int i = 0; i < block; i++) {
            before += blocks.get(i).memory().byteSize();
        }
    }

    @Override
    public MemorySegment allocate(long bytes) {
        return allocate(bytes, ALIGNMENT);
    }

    /**
     * Takes back everything that was allocated. Several blocks become one, so that the next picture
     * as large fits.
     *
     * @return whether memory was returned to the system that pictures of late had no use for
     */
    public boolean reset() {
        boolean shrinks = false;
        if (++resets == WINDOW) {
            long needed = Math.max(SMALL, Math.max(peak, earlierPeak));
            shrinks = capacity() > 2 * needed;
            resets = 0;
            earlierPeak = peak;
            peak = 0;
        }
        if (shrinks) {
            close();
        } else if (blocks.size() > 1) {
            long total = capacity();
            close();
            blocks.add(Block.of(total));
        }
        turnTo(0, 0);
        return shrinks;
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
        turnTo(mark.block, mark.used);
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
        turnTo(0, 0);
    }

    private record Block(Arena arena, MemorySegment memory) {
        static Block of(long bytes) {
            Arena arena = Arena.ofConfined();
            return new Block(arena, arena.allocate(bytes, ALIGNMENT));
        }
    }
}
