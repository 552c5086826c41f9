package imgpipe.shard;

/**
 * The picture would take more memory than its worker has beside others, but not more than all have
 * together. Nothing was done to it.
 *
 * @param need by what its header says
 */
public record Deferred(long task, Footprint need) implements Answer {}
