package imgpipe.dispatch;

import imgpipe.shard.Footprint;
import imgpipe.shard.MemoryBudget;

/**
 * Who may have how much of a machine's memory.
 *
 * <pre>
 *   machine = coordinator + page cache + workers
 *   workers = share × number of workers;  share = JVM + Java heap + beside it (planes, libraries)
 * </pre>
 *
 * <p>What a worker's JVM takes for itself is a constant, measured. Of the rest half is heap, as the
 * largest pictures are decoded either by Java or by a library; but no more than the largest picture
 * allowed can fill. A picture that needs more than there is in a share is done when fewer workers
 * are at work, each with a larger one, in the end by a worker that is alone and has it all.
 *
 * @param machine bytes of memory that there are, which is what a cgroup leaves
 * @param coordinator bytes of this process
 * @param pageCache bytes left for files that are read and written
 * @param workers at the same time, at first
 * @param forWorkers bytes that all of them have together
 * @param maxPixels of a picture
 */
public record MemoryPlan(
        long machine,
        long coordinator,
        long pageCache,
        int workers,
        long forWorkers,
        long maxPixels) {
    /** A worker that has less is not worth its start. */
    public static final long LEAST_SHARE = 192L << 20;

    /** A share in which pictures of some 20 megapixels are no exception. */
    private static final long USUAL_SHARE = 384L << 20;

    /** Classes, compiled code, stacks, libraries: resident memory of a worker without a picture. */
    private static final long JVM = 112L << 20;

    private static final long COORDINATOR = 384L << 20;
    private static final long LEAST_PAGE_CACHE = 64L << 20;

    /** A Java heap with no picture in it. */
    private static final long HEAP_BASE = 64L << 20;

    /**
     * The largest raster that is made of a pixel: four channels of 16 bits, half as much beside.
     */
    private static final long HEAP_A_PIXEL = 12;

    public MemoryPlan {
        if (workers < 1 || forWorkers < LEAST_SHARE) {
            throw new IllegalArgumentException(
                    forWorkers + " bytes of memory for " + workers + " workers");
        }
    }

    /**
     * A plan.
     *
     * @param machine bytes
     * @param workerMemory bytes that a worker was granted by the user, or 0: then they share what
     *     is there
     */
    public static MemoryPlan of(long machine, int workers, long workerMemory, long maxPixels) {
        long coordinator = Math.min(COORDINATOR, machine / 4);
        long pageCache = Math.max(LEAST_PAGE_CACHE, machine / 10);
        long rest = Math.max(LEAST_SHARE, machine - coordinator - pageCache);
        // Several who were granted more than there is share what there is.
        long forWorkers =
                workerMemory > 0
                        ? Math.min(workerMemory * workers, Math.max(rest, workerMemory))
                        : rest;
        return new MemoryPlan(machine, coordinator, pageCache, workers, forWorkers, maxPixels);
    }

    /** As many workers as a machine has memory for, if nobody wants another number: at least 1. */
    public static int mostWorkers(long machine) {
        MemoryPlan plan = of(machine, 1, 0, 1);
        return Math.clamp(plan.forWorkers / USUAL_SHARE, 1, Integer.MAX_VALUE);
    }

    /** Bytes that each of so many workers may have. */
    public long share(int number) {
        return Math.max(LEAST_SHARE, forWorkers / number);
    }

    /** What each of so many workers may spend on a picture. */
    public MemoryBudget budget(int number) {
        return new MemoryBudget(forPicture(number), forPicture(1));
    }

    private Footprint forPicture(int number) {
        long rest = share(number) - JVM;
        long heap = Math.min(rest / 2, HEAP_BASE + maxPixels * HEAP_A_PIXEL);
        return new Footprint(heap, rest - heap);
    }
}
