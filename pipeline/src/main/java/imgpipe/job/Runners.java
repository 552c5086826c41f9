package imgpipe.job;

import com.sun.management.OperatingSystemMXBean;
import imgpipe.dispatch.ShardRunner;
import imgpipe.dispatch.local.ThreadRunner;
import imgpipe.dispatch.process.PoolSettings;
import imgpipe.dispatch.process.Recycling;
import imgpipe.dispatch.process.Reach;
import imgpipe.dispatch.process.WorkerPool;
import imgpipe.dispatch.process.confine.Confinement;
import imgpipe.operation.Mark;
import imgpipe.operation.Watermark;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses what runs the shards: the only class here that sees the implementations. */
public final class Runners {
    /** A Java heap with no picture in it. */
    private static final long BASE = 96L << 20;

    /** The largest raster that ImageIO makes of a pixel: four channels of 16 bits. */
    private static final long BYTES_A_PIXEL = 8;

    private Runners() {}

    /**
     * What the spec asks for, not started yet.
     *
     * @param root folder of the sources, without links
     * @param temporary folder that workers write to, existing
     */
    public static ShardRunner of(JobSpec spec, Path root, Path temporary) {
        return switch (spec.engine()) {
            case PROCESSES ->
                    new WorkerPool(
                            PoolSettings.of(
                                    spec.workers(),
                                    spec.timeout(),
                                    heap(spec),
                                    new Recycling(Recycling.PICTURES, memoryMark(spec)),
                                    spec.jobFolder(),
                                    reach(spec, root, temporary)));
            case THREADS -> new ThreadRunner(spec.workers());
        };
    }

    private static @Nullable Reach reach(JobSpec spec, Path root, Path temporary) {
        if (!spec.sandbox()) {
            return null;
        }
        Stream<Path> marks =
                spec.renditions().stream()
                        .flatMap(rendition -> rendition.recipe().operations().stream())
                        .filter(Watermark.class::isInstance)
                        .map(operation -> ((Watermark) operation).mark())
                        .filter(Mark.File.class::isInstance)
                        .map(mark -> Path.of(URI.create("file://" + ((Mark.File) mark).path())));
        return new Reach(Stream.concat(Stream.of(root), marks).toList(), temporary);
    }

    /** Why workers are not confined, if they should be and the kernel could do it. */
    static Optional<String> obstacle(JobSpec spec) {
        return spec.sandbox()
                        && spec.engine() == EngineKind.PROCESSES
                        && Confinement.ofThisKernel()
                                instanceof Confinement.Unavailable(String reason, boolean forbidden)
                        && forbidden
                ? Optional.of(
                        "workers are not confined: "
                                + reason
                                + "; --no-sandbox runs without this warning")
                : Optional.empty();
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
