package imgpipe.dispatch.process;

import imgpipe.pipe.PipePair;
import imgpipe.shard.Footprint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a worker.
 *
 * <p>A shell bounds its own memory where the system lets it, as a last resort against libraries
 * that take more than the plan has for a worker; it sets INT, TERM and HUP to be ignored and then
 * becomes the JVM, which leaves ignored signals so: Ctrl-C and a service's stop reach the
 * coordinator's whole process group, and it is the coordinator's business alone to end the workers.
 * A JVM that dies leaves its report in the log folder, and never leaves a file of performance
 * counters. Whether it leaves a core file is up to the limits of the user; to forbid it to the JVM
 * would turn its SIGABRT into exit value 1.
 */
final class WorkerCommand {
    private static final String IGNORE_SIGNALS = "trap \"\" INT TERM HUP; ";

    private static final String BECOME = "exec \"$0\" \"$@\"";

    /** What a JVM maps for writing and never writes to, in bytes, roughly doubled. */
    private static final long UNTOUCHED = 256L << 20;

    /**
     * What a worker runs at its start, mostly code of the JDK that links and loads, is not worth
     * compiling: at the usual thresholds that took a second of each worker's first two. Code that
     * works on pixels is compiled as soon as ever.
     */
    private static final int JDK_SCALING = 10;

    /**
     * Vector code is compiled after few calls and waited for: until then each of its operations
     * makes objects. Another tenth, and it is compiled before it is known where its loops lead, and
     * stays slower.
     */
    private static final double VECTOR_SCALING = 0.1;

    private static final String VECTOR_CODE = "imgpipe.resample.VectorLanes::*";

    /** Every POSIX system has one there. */
    static final Path SHELL = Path.of("/bin/sh");

    private WorkerCommand() {}

    /**
     * Where a worker's JVM that dies of an error leaves its report.
     *
     * @param process its id, so that the report of one crash outlives the next; or what stands for
     *     it on the command line
     */
    static Path errorFile(PoolSettings settings, int worker, String process) {
        Reach reach = settings.reach();
        return (reach == null ? settings.logFolder() : reach.temporary())
                .resolve("worker-" + worker + "-hs_err_pid" + process + ".log");
    }

    static List<String> of(PoolSettings settings, int worker, int generation, PipePair pipes) {
        List<String> command = new ArrayList<>(List.of(SHELL.toString(), "-c", script(settings)));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:-UsePerfData",
                        "-XX:ErrorFile=" + errorFile(settings, worker, "%p"),
                        "-Xlog:disable",
                        "-Xlog:all=warning:stderr",
                        "-Xmx" + settings.budget().own().heap() / 1024 + "k",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-XX:CompileThresholdScaling=" + JDK_SCALING,
                        "-XX:CompileCommand=quiet",
                        scaling("imgpipe.*::*", 1),
                        scaling(VECTOR_CODE, VECTOR_SCALING),
                        "-XX:CompileCommand=BackgroundCompilation," + VECTOR_CODE + ",false",
                        apart("imgpipe.resample.BlockResampler::load"),
                        apart("imgpipe.resample.BlockResampler::vertical"),
                        apart("imgpipe.resample.VectorLanes::horizontal"),
                        "-Djava.awt.headless=true"));
        if (settings.reach() != null) {
            command.add("-Djava.io.tmpdir=" + settings.reach().temporary());
        }
        command.addAll(settings.jvmArguments());
        command.addAll(List.of("-cp", settings.classPath(), settings.mainClass()));
        // Percent-encoded, so that they survive every locale.
        command.add(pipes.commands().path().toUri().getRawPath());
        command.add(pipes.events().path().toUri().getRawPath());
        command.add(Integer.toString(generation));
        Footprint own = settings.budget().own();
        Footprint alone = settings.budget().alone();
        for (long bytes : new long[] {own.heap(), own.offHeap(), alone.heap(), alone.offHeap()}) {
            command.add(Long.toString(bytes));
        }
        return command;
    }

    private static String script(PoolSettings settings) {
        long bytes = settings.memory().share(settings.workers()) + UNTOUCHED;
        // Tried by another shell first: some end where it cannot be done.
        return IGNORE_SIGNALS
                + "(ulimit -d %1$d) 2>/dev/null && ulimit -d %1$d; ".formatted(bytes / 1024)
                + BECOME;
    }

    /** Relative to the JVM's own thresholds. Of several that fit a method the last one counts. */
    private static String scaling(String methods, double factor) {
        return "-XX:CompileCommand=CompileThresholdScaling," + methods + "," + factor / JDK_SCALING;
    }

    /**
     * Compiles a method once by itself, and not again in each of its callers, where vectors were
     * also made objects of.
     */
    private static String apart(String method) {
        return "-XX:CompileCommand=dontinline," + method;
    }
}
