package imgpipe.cli;

import imgpipe.job.EngineKind;
import imgpipe.job.Input;
import imgpipe.job.Job;
import imgpipe.job.JobException;
import imgpipe.job.JobListener;
import imgpipe.job.JobSpec;
import imgpipe.job.JobSummary;
import imgpipe.job.ReadableName;
import imgpipe.job.Runners;
import imgpipe.job.Stop;
import imgpipe.report.JobLog;
import imgpipe.report.LastRun;
import imgpipe.report.ListenerGroup;
import imgpipe.report.Progress;
import imgpipe.report.SummaryJson;
import imgpipe.transfer.store.Addresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/** A verb that makes pictures from pictures: one job from its arguments to its exit code. */
final class JobVerb {
    /** How long a picture in hand may take to be finished after a signal. */
    private static final Duration PATIENCE = Duration.ofMillis(3500);

    /** How long the run may then take to end without it; a signal is answered within 5 s. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(1);

    /** How long telling the sums may take before the process ends without. */
    private static final Duration LAST_WORDS = Duration.ofMillis(400);

    private final Arguments arguments;
    private final Terminal terminal;
    private final JobSpec spec;
    private final Logger log;
    private final Progress progress;
    private final JobLog jobLog;
    private final RetryHint hint = new RetryHint();
    private boolean told;

    private JobVerb(Arguments arguments, JobSpec spec, Terminal terminal) throws UsageException {
        this.arguments = arguments;
        this.terminal = terminal;
        this.spec = spec;
        this.log = Logging.start(arguments, terminal);
        this.progress = progress(arguments, terminal, log, spec.workers());
        this.jobLog =
                new JobLog(
                        spec.jobFolder(),
                        InstantSource.system(),
                        sentence -> log.warn("{}", ReadableName.oneLine(sentence)));
    }

    /**
     * Runs the job.
     *
     * @throws UsageException for arguments that cannot be; nothing has been written then
     * @throws JobException when the run cannot begin or go on
     */
    static ExitCode run(Arguments arguments, Terminal terminal)
            throws UsageException, JobException {
        return run(arguments, SpecArguments.spec(arguments), terminal);
    }

    /**
     * Runs a job that not these arguments alone say.
     *
     * @param arguments what of it is printed, and how
     */
    static ExitCode run(Arguments arguments, JobSpec spec, Terminal terminal)
            throws UsageException, JobException {
        try {
            return new JobVerb(arguments, spec, terminal).run();
        } finally {
            Logging.stop();
        }
    }

    private ExitCode run() throws JobException {
        log.info(
                "{}",
                ReadableName.oneLine(
                        "imgpipe %s %s, %s → %s"
                                .formatted(
                                        Version.text(),
                                        spec.verb(),
                                        readable(spec.input()),
                                        spec.destination())));
        if (spec.engine() == EngineKind.PROCESSES) {
            log.info("memory: {}", PlanText.of(Runners.memory(spec)));
        }
        Job job = new Job(spec, listeners());
        Signals.handle(
                stop -> {
                    job.stop(stop);
                    endLater(job::abandon, () -> halt(job.sums()));
                });
        JobSummary summary;
        try {
            progress.start();
            summary = job.run();
        } catch (InterruptedException e) {
            job.stop(Stop.INTERRUPTED);
            summary = job.sums();
        } catch (JobException e) {
            // The terminal gets it from whom it is thrown to.
            log.info("refused: {}", ReadableName.oneLine(String.valueOf(e.getMessage())));
            throw e;
        } finally {
            progress.close();
            jobLog.close();
        }
        ExitCode code = ExitCode.of(summary);
        tell(summary, code);
        return code;
    }

    /** Only the first one counts: a run may end while it is being ended. */
    private synchronized void tell(JobSummary summary, ExitCode code) {
        if (told) {
            return;
        }
        told = true;
        Map<String, String> circumstances = new LinkedHashMap<>();
        circumstances.put("in", readable(spec.input()));
        circumstances.put("out", spec.destination());
        circumstances.put(
                "ended",
                OffsetDateTime.now(ZoneId.systemDefault())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        String json =
                SummaryJson.write(
                        Version.text(), spec.verb(), circumstances, summary, code.value());
        log.info("{}", ended(summary, code));
        if (!spec.dryRun() && Files.isDirectory(spec.jobFolder())) {
            try {
                LastRun.save(spec.jobFolder(), json);
            } catch (IOException e) {
                log.warn("the summary cannot be kept: {}", ReadableName.oneLine(e.toString()));
            }
        }
        Path jobLogFile = spec.jobFolder().resolve("joblog.tsv");
        ResultText.problems(summary, jobLogFile).forEach(terminal::err);
        if (!arguments.has(Opt.QUIET)) {
            hint.line(arguments).ifPresent(line -> terminal.err(ReadableName.oneLine(line)));
        }
        if (summary.found() == 0 && summary.stop().isEmpty() && !arguments.has(Opt.QUIET)) {
            terminal.err(ResultText.nothingFound(summary));
        }
        if (arguments.has(Opt.JSON)) {
            terminal.outUtf8(json);
        } else if (!arguments.has(Opt.QUIET)) {
            terminal.out(result(summary));
        }
    }

    private String result(JobSummary summary) {
        return spec.dryRun() ? ResultText.rehearsal(summary) : ResultText.summary(summary);
    }

    private String ended(JobSummary summary, ExitCode code) {
        return result(summary).strip()
                + summary.stop().map(stop -> "; stopped: " + stop).orElse("")
                + "; exit code "
                + code.value();
    }

    /** Where pictures come from, as people say it. */
    private static String readable(Input input) {
        return switch (input) {
            case Input.Folder folder -> folder.root().toString();
            case Input.SingleFile file -> file.file().toString();
            case Input.Glob glob -> glob.root().resolve(glob.pattern()).toString();
            case Input.Listed listed ->
                    listed.list() == null ? "standard input" : "list " + listed.list();
            case Input.Unfinished unfinished -> {
                Input origin = unfinished.origin();
                yield origin == null ? unfinished.root().toString() : readable(origin);
            }
            case Input.Bucket bucket -> bucket.address();
            case Input.Archive archive -> archive.file().toString();
            case Input.Address single -> Addresses.readable(single.address());
            case Input.Addresses addresses ->
                    addresses.list() == null ? "standard input" : "list " + addresses.list();
        };
    }

    /** What may be wrong where an input has no picture any more. */
    private String doubt() {
        return switch (spec.input()) {
            case Input.Bucket _ -> "is its prefix right?";
            case Input.Archive _ -> "is it the right file?";
            default -> "is it mounted?";
        };
    }

    private JobListener listeners() {
        List<JobListener> listeners =
                new ArrayList<>(List.of(progress, new LogListener(log, doubt())));
        listeners.add(
                new JobListener() {
                    @Override
                    public void stuck(JobSummary summary) {
                        halt(summary);
                    }
                });
        if (spec.dryRun()) {
            listeners.add(new DryRunListener(terminal, arguments.has(Opt.JSON)));
        } else {
            listeners.add(jobLog);
            listeners.add(hint);
        }
        return new ListenerGroup(listeners);
    }

    /** A bar on a terminal, a line a minute otherwise, as the arguments say. */
    static Progress progress(Arguments arguments, Terminal terminal, Logger log, int workers)
            throws UsageException {
        ProgressChoice choice = new Values(arguments).constant(Opt.PROGRESS, ProgressChoice.AUTO);
        boolean quiet = arguments.has(Opt.QUIET) || choice == ProgressChoice.NEVER;
        boolean bar = !quiet && (choice == ProgressChoice.ALWAYS || terminal.isInteractive());
        boolean lines = !quiet && !bar && arguments.verbosity() == 0;
        return new Progress(
                workers,
                bar ? terminal : null,
                line -> {
                    log.info("{}", line);
                    if (lines) {
                        terminal.err("imgpipe: " + line);
                    }
                },
                InstantSource.system());
    }

    /** Sees to it that a signal ends the run, whatever that is waiting for. */
    static void endLater(Runnable abandon, Stop stop) {
        endLater(abandon, () -> Signals.halt(ExitCode.of(stop)));
    }

    private static void endLater(Runnable abandon, Runnable halt) {
        Thread.ofPlatform().daemon().name("abandon").start(() -> after(PATIENCE, abandon));
        Thread.ofPlatform()
                .daemon()
                .name("halt")
                .start(() -> after(PATIENCE.plus(LAST_PATIENCE), halt));
    }

    /** Ends the process of a run that cannot end; whoever waits for it is told, if he listens. */
    private void halt(JobSummary summary) {
        ExitCode code = ExitCode.of(summary);
        Thread words =
                Thread.ofPlatform().daemon().name("last words").start(() -> tell(summary, code));
        try {
            words.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Signals.halt(code);
    }

    private static void after(Duration time, Runnable action) {
        try {
            Thread.sleep(time);
            action.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
