package imgpipe.shard;

/**
 * Memory of a worker in its two kinds, which cannot stand in for each other.
 *
 * @param heap bytes of Java objects, at least 0
 * @param offHeap bytes of planes, files and whatever native libraries take, at least 0
 */
public record Footprint(long heap, long offHeap) {
    /** As much as anybody could want. */
    public static final Footprint UNBOUNDED = new Footprint(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);

    public Footprint {
        if (heap < 0 || offHeap < 0) {
            throw new IllegalArgumentException(heap + " bytes of heap, " + offHeap + " beside it");
        }
    }

    /** Bytes of both kinds. */
    public long total() {
        return heap + offHeap;
    }

    /** Whether there is room for this in that. */
    public boolean fitsInto(Footprint room) {
        return heap <= room.heap && offHeap <= room.offHeap;
    }

    /** What it takes to have this and that at the same time. */
    public Footprint plus(Footprint other) {
        return new Footprint(heap + other.heap, offHeap + other.offHeap);
    }
}
