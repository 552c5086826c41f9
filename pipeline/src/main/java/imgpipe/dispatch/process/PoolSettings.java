package imgpipe.dispatch.process;

import imgpipe.dispatch.MemoryPlan;
import imgpipe.shard.MemoryBudget;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How worker processes are run.
 *
 * @param workers processes at the same time, at least 1
 * @param timeout for one picture, positive; for the first one of a process {@link
 *     WorkerProcess#allowance} is added
 * @param startTimeout from the start of a process to its first message, positive
 * @param memory what a worker may have
 * @param recycling when a process is replaced that did nothing wrong
 * @param logFolder where {@code worker-N.log} is written; made if it is not there
 * @param jvmArguments for the worker's Java, after all others
 * @param mainClass name of the class to run
 * @param classPath where it is
 * @param environment variables in addition to those that {@link WorkerEnvironment} lets through
 * @param reach what workers are confined to where the kernel can do that, or null for no bounds
 */
public record PoolSettings(
        int workers,
        Duration timeout,
        Duration startTimeout,
        MemoryPlan memory,
        Recycling recycling,
        Path logFolder,
        List<String> jvmArguments,
        String mainClass,
        String classPath,
        Map<String, String> environment,
        @Nullable Reach reach) {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(8);

    public PoolSettings {
        jvmArguments = List.copyOf(jvmArguments);
        environment = Map.copyOf(environment);
        if (workers < 1 || !timeout.isPositive() || !startTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "a pool cannot be of %d workers, timeout %s, start timeout %s"
                            .formatted(workers, timeout, startTimeout));
        }
    }

    /**
     * The real worker from this process's own class path but for what lies in a folder named {@code
     * coordinator}, as the distribution has one, with 60 s to start. Its JVM starts from the cache
     * that the system property {@code imgpipe.worker.cache} names, if that is there, and gets the
     * options in the variable {@code IMGPIPE_WORKER_OPTS}, separated by blanks.
     */
    public static PoolSettings of(
            int workers,
            Duration timeout,
            MemoryPlan memory,
            Recycling recycling,
            Path logFolder,
            @Nullable Reach reach) {
        return new PoolSettings(
                workers,
                timeout,
                Duration.ofSeconds(60),
                memory,
                recycling,
                logFolder,
                givenArguments(),
                "imgpipe.worker.WorkerMain",
                workerPath(System.getProperty("java.class.path")),
                Map.of(),
                reach);
    }

    /** For a worker to say the next thing while it has no picture in hand. */
    Duration answerTimeout() {
        return startTimeout.compareTo(LONGEST_SILENCE) < 0 ? startTimeout : LONGEST_SILENCE;
    }

    /** The same with another number of workers, who share the same memory. */
    PoolSettings with(int number) {
        return new PoolSettings(
                number,
                timeout,
                startTimeout,
                memory,
                new Recycling(
                        recycling.pictures(), Math.max(recycling.bytes(), memory.share(number))),
                logFolder,
                jvmArguments,
                mainClass,
                classPath,
                environment,
                reach);
    }

    /** What each worker may spend on a picture. */
    MemoryBudget budget() {
        return memory.budget(workers);
    }

    /** A worker that looked for a class or a service in all of them would start later. */
    static String workerPath(String classPath) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(classPath)
                .filter(entry -> !isCoordinators(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isCoordinators(Path entry) {
        Path folder = entry.getParent();
        return folder != null && folder.endsWith("coordinator");
    }

    private static List<String> givenArguments() {
        List<String> arguments = new ArrayList<>();
        String cache = System.getProperty("imgpipe.worker.cache", "");
        if (!cache.isEmpty() && Files.isRegularFile(Path.of(cache))) {
            arguments.add("-XX:AOTCache=" + cache);
        }
        String options = System.getenv().getOrDefault("IMGPIPE_WORKER_OPTS", "").strip();
        if (!options.isEmpty()) {
            arguments.addAll(List.of(options.split("\\s+")));
        }
        return arguments;
    }
}
