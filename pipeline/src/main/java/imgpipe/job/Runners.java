package imgpipe.job;

import com.sun.management.OperatingSystemMXBean;
import imgpipe.dispatch.ShardRunner;
import imgpipe.dispatch.local.ThreadRunner;
import imgpipe.dispatch.process.PoolSettings;
import imgpipe.dispatch.process.Recycling;
import imgpipe.dispatch.process.WorkerPool;
import java.lang.management.ManagementFactory;

/** Chooses what runs the shards: the only class here that sees the implementations. */
public final class Runners {
    /** A Java heap with no picture in it. */
    private static final long BASE = 96L << 20;

    /** The largest raster that ImageIO makes of a pixel: four channels of 16 bits. */
    private static final long BYTES_A_PIXEL = 8;

    private Runners() {}

    /** What the spec asks for, not started yet. */
    public static ShardRunner of(JobSpec spec) {
        return switch (spec.engine()) {
            case PROCESSES ->
                    new WorkerPool(
                            PoolSettings.of(
                                    spec.workers(),
                                    spec.timeout(),
                                    heap(spec),
                                    new Recycling(Recycling.PICTURES, memoryMark(spec)),
                                    spec.jobFolder()));
            case THREADS -> new ThreadRunner(spec.workers());
        };
    }

    /**
     * Room for the largest picture that is allowed, but for all workers together no more than half
     * of the machine's memory: planes and the page cache need the rest. The heap is taken from the
     * system only as it is needed.
     */
    private static long heap(JobSpec spec) {
        if (spec.workerMemory() > 0) {
            return spec.workerMemory();
        }
        long wanted = BASE + spec.limits().maxPixels() * BYTES_A_PIXEL;
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return Math.max(BASE, Math.min(wanted, system.getTotalMemorySize() / 2 / spec.workers()));
    }

    /**
     * What a worker has at the most while nothing leaks: a full heap, as much again outside of it
     * for the planes and the files of the largest picture, which are kept for the next one, and the
     * JVM itself.
     */
    private static long memoryMark(JobSpec spec) {
        return BASE + 2 * heap(spec);
    }
}
