package imgpipe.shard;

/**
 * What a worker may spend on one picture.
 *
 * @param own while other workers have pictures in hand too
 * @param alone what it would be with all workers' memory; as much as {@code own} where it has that
 */
public record MemoryBudget(Footprint own, Footprint alone) {
    /** No bounds: whoever runs out of memory is ended by it. */
    public static final MemoryBudget UNBOUNDED =
            new MemoryBudget(Footprint.UNBOUNDED, Footprint.UNBOUNDED);
}
