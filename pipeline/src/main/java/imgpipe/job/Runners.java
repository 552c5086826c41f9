package imgpipe.job;

import com.sun.management.OperatingSystemMXBean;
import imgpipe.dispatch.MemoryPlan;
import imgpipe.dispatch.ShardRunner;
import imgpipe.dispatch.local.ThreadRunner;
import imgpipe.dispatch.process.PoolSettings;
import imgpipe.dispatch.process.Reach;
import imgpipe.dispatch.process.Recycling;
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
    private Runners() {}

    /**
     * What the spec asks for, not started yet.
     *
     * @param workers as many as have something to do, who share what all would have
     * @param root folder of the sources, without links
     * @param temporary folder that workers write to, existing
     */
    public static ShardRunner of(JobSpec spec, int workers, Path root, Path temporary) {
        return switch (spec.engine()) {
            case PROCESSES ->
                    new WorkerPool(
                            PoolSettings.of(
                                    workers,
                                    spec.timeout(),
                                    memory(spec),
                                    new Recycling(Recycling.PICTURES, memory(spec).share(workers)),
                                    spec.jobFolder(),
                                    reach(spec, root, temporary)));
            case THREADS -> new ThreadRunner(workers);
            case COPY -> ThreadRunner.copying(workers, spec.allFiles());
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

    /**
     * Asks the kernel for confinement on a thread of its own: the first call of native code takes a
     * tenth of a second, which the first worker would be late.
     */
    static void prepare(JobSpec spec) {
        if (spec.sandbox() && spec.engine() == EngineKind.PROCESSES && !spec.dryRun()) {
            Thread.ofPlatform().daemon().name("imgpipe-sandbox").start(Confinement::ofThisKernel);
        }
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

    /** Who may have how much memory in such a run. */
    public static MemoryPlan memory(JobSpec spec) {
        return MemoryPlan.of(
                machineMemory(), spec.workers(), spec.workerMemory(), spec.limits().maxPixels());
    }

    /** Bytes of memory that the machine has, or a cgroup leaves of it. */
    public static long machineMemory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }
}
