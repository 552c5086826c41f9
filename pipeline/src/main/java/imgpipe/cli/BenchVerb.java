package imgpipe.cli;

import imgpipe.bench.Bench;
import imgpipe.bench.BenchJson;
import imgpipe.bench.BenchTable;
import imgpipe.bench.Chart;
import imgpipe.bench.Contender;
import imgpipe.bench.Form;
import imgpipe.bench.Result;
import imgpipe.dispatch.RunFailedException;
import imgpipe.dispatch.ShardRunner;
import imgpipe.job.Batch;
import imgpipe.job.EngineKind;
import imgpipe.job.JobException;
import imgpipe.job.JobException.Reason;
import imgpipe.job.JobSpec;
import imgpipe.job.ReadableName;
import imgpipe.job.Runners;
import imgpipe.job.Stop;
import imgpipe.shard.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code bench IN}: from its arguments to the table, the JSON and the chart. */
final class BenchVerb {
    /** How long after a signal the process ends, whatever it waits for. */
    private static final Duration PATIENCE = Duration.ofMillis(4500);

    private static final int MOST_ROUNDS = 1000;
    private static final int MOST_PICTURES = 1_000_000;

    private final Arguments arguments;
    private final Terminal terminal;
    private final int rounds;
    private final int limit;
    private final @Nullable Path svg;
    private final Consumer<String> progress;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private volatile @Nullable Path folder;

    private BenchVerb(Arguments arguments, Terminal terminal) throws UsageException {
        this.arguments = arguments;
        this.terminal = terminal;
        Values values = new Values(arguments);
        rounds = values.number(Opt.ROUNDS, 3, 1, MOST_ROUNDS);
        limit = values.number(Opt.LIMIT, 100, 1, MOST_PICTURES);
        svg = svg();
        ProgressChoice choice = values.constant(Opt.PROGRESS, ProgressChoice.AUTO);
        boolean shown =
                choice == ProgressChoice.ALWAYS
                        || (choice == ProgressChoice.AUTO && terminal.isInteractive());
        progress = phase -> showIf(shown, phase);
    }

    /**
     * Measures.
     *
     * @throws UsageException for arguments that cannot be
     * @throws JobException when there is nothing to measure, or it could not be measured
     */
    static ExitCode run(Arguments arguments, Terminal terminal)
            throws UsageException, JobException, IOException {
        return new BenchVerb(arguments, terminal).run();
    }

    /** A file that cannot be written is better known before a minute of measuring than after. */
    private @Nullable Path svg() throws UsageException {
        Optional<String> name = arguments.value(Opt.SVG);
        if (name.isEmpty()) {
            return null;
        }
        Path file = InputArguments.path(Opt.SVG.toString(), name.get()).toAbsolutePath();
        Path folder = file.getParent();
        boolean writable =
                Files.exists(file)
                        ? Files.isRegularFile(file) && Files.isWritable(file)
                        : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!writable) {
            throw Values.wrong(Opt.SVG, name.get(), "the name of a file that can be written");
        }
        return file;
    }

    private void showIf(boolean shown, String phase) {
        if (shown && stop.get() == null) {
            String line = "bench: " + phase;
            terminal.show(line.substring(0, Math.min(line.length(), terminal.columns() - 1)));
        }
    }

    private ExitCode run() throws UsageException, JobException, IOException {
        listenToSignals();
        Path temporary = Files.createTempDirectory("imgpipe-bench-");
        folder = temporary;
        try {
            JobSpec spec = SpecArguments.spec(arguments, temporary, temporary);
            Batch batch = Batch.of(spec, limit, () -> stop.get() != null);
            return measure(spec, batch, temporary);
        } catch (InterruptedException | IOException | RunFailedException e) {
            Stop why = stop.get();
            if (why != null) {
                // Whatever it is, it comes of that.
                return ExitCode.of(why);
            }
            throw new JobException(Reason.FAILED, "it cannot be measured: " + e.getMessage(), e);
        } finally {
            boolean _ = Thread.interrupted();
            terminal.clear();
            deleteIfPossible(temporary);
        }
    }

    /** What is left of it must not hide how the measurement ended. */
    private void deleteIfPossible(Path temporary) {
        try {
            TemporaryFolder.delete(temporary);
        } catch (IOException e) {
            terminal.err("imgpipe: " + temporary + " is left: " + e.getMessage());
        }
    }

    private void listenToSignals() {
        Thread measuring = Thread.currentThread();
        Signals.handle(
                why -> {
                    stop.set(why);
                    measuring.interrupt();
                    Thread.ofPlatform()
                            .daemon()
                            .name("halt")
                            .start(() -> haltLater(ExitCode.of(why)));
                });
    }

    private void haltLater(ExitCode code) {
        try {
            Thread.sleep(PATIENCE);
            Path left = folder;
            if (left != null) {
                TemporaryFolder.delete(left);
            }
        } catch (InterruptedException | IOException e) {
            // It is not left for that.
        } finally {
            Signals.halt(code);
        }
    }

    private ExitCode measure(JobSpec spec, Batch batch, Path temporary)
            throws UsageException, RunFailedException, IOException, InterruptedException {
        if (stop.get() != null) {
            throw new InterruptedException();
        }
        batch.failures().forEach(this::complain);
        if (batch.tasks().isEmpty() && batch.failures().isEmpty()) {
            throw new UsageException(
                    "IN "
                            + Values.quoted(arguments.operands().getFirst())
                            + " has no picture to measure with; name a folder that has some");
        }
        if (batch.tasks().isEmpty()) {
            return ExitCode.SOME_FAILED;
        }
        Result result =
                new Bench(
                                new Bench.Setting(
                                        batch.tasks(),
                                        Contender.lineUp(spec.workers()),
                                        rounds,
                                        temporary,
                                        contender ->
                                                runner(spec, contender, batch.root(), temporary),
                                        (tasks, workers) ->
                                                Batch.shards(
                                                        tasks, workers, spec.limits(), temporary)),
                                progress)
                        .run();
        terminal.clear();
        result.failures()
                .forEach(failure -> complain(failure.source() + ": " + failure.sentence()));
        boolean failed = !batch.failures().isEmpty() || !result.failures().isEmpty();
        tell(result, batch, failed ? ExitCode.SOME_FAILED : ExitCode.OK);
        return failed ? ExitCode.SOME_FAILED : ExitCode.OK;
    }

    private static ShardRunner runner(
            JobSpec spec, Contender contender, Path root, Path temporary) {
        EngineKind engine =
                contender.form() == Form.PROCESSES ? EngineKind.PROCESSES : EngineKind.THREADS;
        Path logs = temporary.resolve("processes-" + contender.workers());
        return Runners.of(
                spec.with(engine, contender.workers(), logs), contender.workers(), root, temporary);
    }

    private void complain(String failure) {
        terminal.err(ReadableName.oneLine(failure));
    }

    private void tell(Result result, Batch batch, ExitCode code) throws IOException {
        if (result.figures().isEmpty()) {
            terminal.err("imgpipe: no picture could be done, so there is nothing to compare");
        }
        if (arguments.has(Opt.JSON)) {
            terminal.outUtf8(BenchJson.write(Version.text(), result, code.value()));
        } else if (!result.figures().isEmpty()) {
            terminal.out(BenchTable.text(result));
        }
        if (batch.found() > batch.tasks().size()) {
            terminal.err(
                    "imgpipe: measured with %d of %d pictures, spread evenly; --limit takes more"
                            .formatted(batch.tasks().size(), batch.found()));
        }
        if (svg != null && !result.figures().isEmpty()) {
            write(svg, Chart.svg(result));
        }
    }

    private static void write(Path file, String svg) throws IOException {
        try {
            Files.writeString(file, svg);
        } catch (IOException e) {
            throw new IOException("the chart " + file + ": " + FileFault.reason(e), e);
        }
    }
}
