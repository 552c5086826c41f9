package imgpipe.cli;

import imgpipe.dispatch.ShardRunner;
import imgpipe.job.Input;
import imgpipe.job.Job;
import imgpipe.job.JobException;
import imgpipe.job.JobRecord;
import imgpipe.job.JobSpec;
import imgpipe.job.JobSummary;
import imgpipe.job.ReadLock;
import imgpipe.job.ReadableName;
import imgpipe.job.Runners;
import imgpipe.job.Stop;
import imgpipe.report.ListenerGroup;
import imgpipe.report.Progress;
import imgpipe.report.Units;
import imgpipe.verify.Finding;
import imgpipe.verify.Verdict;
import imgpipe.verify.Verification;
import imgpipe.verify.VerifySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** {@code verify OUT}. */
final class VerifyVerb {
    /** What a run was allowed, its outputs are allowed too. */
    private static final List<Opt> LIMITS = List.of(Opt.MAX_PIXELS, Opt.MAX_FRAMES, Opt.MAX_FILE);

    private final Arguments arguments;
    private final Terminal terminal;
    private final Path output;
    private final Path folder;
    private final Logger log;
    private final List<Finding> listed = new ArrayList<>();
    private final AtomicReference<@Nullable Stop> stopped = new AtomicReference<>();

    private VerifyVerb(Arguments arguments, Terminal terminal) throws UsageException, IOException {
        this.arguments = arguments;
        this.terminal = terminal;
        if (OutPlace.of(arguments).address() != null) {
            throw new UsageException(
                    "verify reads the outputs in a folder; what was written to an address is"
                            + " compared with its listing by each run");
        }
        OutPlace out = ReportVerb.output(arguments);
        output = out.folder().toRealPath();
        folder = SpecArguments.jobFolder(arguments, out);
        if (!Files.isRegularFile(Job.ledgerFile(folder))) {
            throw new UsageException(
                    "no run has left a ledger in "
                            + Values.quoted(folder.toString())
                            + "; name the OUT of an earlier run, and its --job-dir if it had one");
        }
        log = Logging.start(arguments, terminal);
    }

    /**
     * Verifies.
     *
     * @throws UsageException when there is no earlier run
     * @throws JobException when a run is going on there, or workers cannot be had
     */
    static ExitCode run(Arguments arguments, Terminal terminal)
            throws UsageException, JobException, IOException {
        try {
            return new VerifyVerb(arguments, terminal).run();
        } finally {
            Logging.stop();
        }
    }

    private ExitCode run() throws UsageException, JobException, IOException {
        Path temporary = Files.createTempDirectory("imgpipe-verify-").toRealPath();
        try (ReadLock _ = ReadLock.of(output, folder)) {
            Optional<JobRecord> record = record();
            if (record.isPresent() && hasTars(record.get())) {
                throw new UsageException(
                        "the outputs in "
                                + Values.quoted(output.toString())
                                + " lie in tar files, and verify reads single ones; the same"
                                + " command again makes what is missing in them");
            }
            JobSpec spec =
                    SpecArguments.spec(
                            withLimits(record),
                            new Input.Folder(output),
                            new OutPlace(temporary, null),
                            temporary);
            return tell(verify(spec, record, temporary));
        } catch (InterruptedException e) {
            Stop stop = stopped.get();
            return ExitCode.of(stop == null ? Stop.INTERRUPTED : stop);
        } finally {
            TemporaryFolder.delete(temporary);
        }
    }

    private Verdict verify(JobSpec spec, Optional<JobRecord> record, Path temporary)
            throws UsageException, JobException, IOException, InterruptedException {
        boolean decodes = arguments.has(Opt.DECODE);
        try (Progress progress =
                JobVerb.progress(arguments, terminal, log, decodes ? spec.workers() : 0)) {
            Verification verification =
                    new Verification(
                            new VerifySpec(
                                    output,
                                    Job.ledgerFile(folder),
                                    notJudged(record),
                                    spec.network().transfers(),
                                    spec.limits(),
                                    temporary),
                            new ListenerGroup(List.of(progress, new LogListener(log))),
                            this::found);
            Signals.handle(
                    stop -> {
                        stopped.set(stop);
                        verification.stop(stop);
                        JobVerb.endLater(verification::abandon, stop);
                    });
            progress.start();
            ShardRunner decoder =
                    decodes ? Runners.of(spec, spec.workers(), output, temporary) : null;
            return verification.run(decoder);
        }
    }

    private static boolean hasTars(JobRecord record) {
        return record.arguments().stream().anyMatch(word -> word.startsWith(Opt.TO_TAR + "="));
    }

    /** The record only helps: outputs can be verified without. */
    private Optional<JobRecord> record() {
        try {
            return JobRecord.read(folder);
        } catch (JobException e) {
            log.warn("{}", ReadableName.oneLine(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private Arguments withLimits(Optional<JobRecord> record) {
        Map<Opt, String> values = new EnumMap<>(Opt.class);
        if (record.isPresent()) {
            try {
                Arguments recorded =
                        RecordedArguments.read(
                                record.get(), arguments.operands().getFirst(), arguments);
                LIMITS.forEach(
                        limit -> recorded.value(limit).ifPresent(text -> values.put(limit, text)));
            } catch (JobException e) {
                log.warn("{}", ReadableName.oneLine(String.valueOf(e.getMessage())));
            }
        }
        values.putAll(arguments.values());
        return new Arguments(arguments.verb(), values, arguments.verbosity(), arguments.operands());
    }

    private Set<Path> notJudged(Optional<JobRecord> record) throws IOException {
        Set<Path> left = new HashSet<>(List.of(output.resolve(".imgpipe"), folder.toRealPath()));
        if (record.isPresent()) {
            Path manifest = record.get().manifest();
            Path manifestFolder = manifest == null ? null : manifest.getParent();
            if (manifest != null && manifestFolder != null && Files.exists(manifest)) {
                left.add(manifestFolder.toRealPath().resolve(manifest.getFileName()));
            }
            if (record.get().inPlace()) {
                // Where the sources are, whatever lies there belongs to their owner.
                Path root = record.get().root();
                left.add(output.startsWith(root) ? output : root);
            }
        }
        return left;
    }

    private void found(Finding finding) {
        if (listed.size() == JobSummary.MOST_FAILURES) {
            if (arguments.has(Opt.JSON)) {
                return;
            }
            list();
        }
        listed.add(finding);
    }

    /** Prints what was found and not printed yet, sorted: it was found by several threads. */
    private void list() {
        if (!arguments.has(Opt.QUIET)) {
            sorted().forEach(finding -> terminal.out(VerifyText.line(finding)));
        }
        listed.clear();
    }

    private List<Finding> sorted() {
        List<Finding> sorted = new ArrayList<>(new LinkedHashSet<>(listed));
        sorted.sort(Comparator.comparing(Finding::fault).thenComparing(Finding::path));
        return sorted;
    }

    private ExitCode tell(Verdict verdict) {
        ExitCode code =
                verdict.stop()
                        .map(ExitCode::of)
                        .orElse(
                                verdict.faults().isEmpty() && verdict.damagedLines() == 0
                                        ? ExitCode.OK
                                        : ExitCode.SOME_FAILED);
        if (verdict.damagedLines() > 0) {
            terminal.err(
                    "imgpipe: "
                            + Units.counted(verdict.damagedLines(), "line")
                            + " of the ledger "
                            + (verdict.damagedLines() == 1 ? "is" : "are")
                            + " damaged; outputs that only they named are"
                            + " foreign until the command of that run, given again, has made them"
                            + " anew");
        }
        if (arguments.has(Opt.JSON)) {
            terminal.outUtf8(VerifyJson.write(verdict, sorted(), code));
        } else if (!arguments.has(Opt.QUIET)) {
            list();
            terminal.out(VerifyText.summary(verdict) + VerifyText.advice(verdict));
        }
        return code;
    }
}
