package imgpipe.cli;

import imgpipe.job.JobException;
import imgpipe.job.ReadableName;
import imgpipe.report.SummaryJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The command {@code imgpipe}. */
public final class Main {
    /** Whose result are sums. */
    private static final Set<Verb> JOBS =
            EnumSet.of(
                    Verb.RESIZE,
                    Verb.CONVERT,
                    Verb.THUMBS,
                    Verb.WATERMARK,
                    Verb.RUN,
                    Verb.FETCH,
                    Verb.PUSH,
                    Verb.RETRY);

    private final Terminal terminal;

    private Main(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Does what the arguments say and ends the process with its {@link ExitCode}. */
    public static void main(String[] args) {
        System.exit(run(Terminal.ofProcess(), args).value());
    }

    /** The same without ending the process. */
    static ExitCode run(Terminal terminal, String... args) {
        return new Main(terminal).run(args);
    }

    private ExitCode run(String... args) {
        try {
            ExitCode code = dispatch(ArgumentParser.parse(args));
            if (!terminal.outputArrived()) {
                terminal.err("imgpipe: the result could not be written to standard output");
                return code == ExitCode.OK ? ExitCode.FAILED : code;
            }
            return code;
        } catch (UsageException e) {
            return failed(ExitCode.USAGE, String.valueOf(e.getMessage()), e, args);
        } catch (JobException e) {
            ExitCode code =
                    switch (e.reason()) {
                        case USAGE -> ExitCode.USAGE;
                        case FAILED -> ExitCode.FAILED;
                        case DISK_FULL -> ExitCode.STOPPED;
                        case LOCKED -> ExitCode.LOCKED;
                    };
            return failed(code, String.valueOf(e.getMessage()), e, args);
        } catch (Throwable e) {
            // Whatever it is, the user gets one line and the right exit value.
            return failed(
                    ExitCode.FAILED,
                    "unexpected " + e + "; run again with -v and report the stack trace",
                    e,
                    args);
        }
    }

    private ExitCode dispatch(Arguments arguments) throws Exception {
        if (arguments.has(Opt.VERSION)) {
            terminal.out("imgpipe " + Version.text() + "\n");
            return ExitCode.OK;
        }
        if (arguments.has(Opt.HELP)) {
            boolean overview = arguments.verb() == Verb.HELP;
            terminal.out(overview ? HelpText.overview() : HelpText.of(arguments.verb()));
            return ExitCode.OK;
        }
        return switch (arguments.verb()) {
            case RESIZE, CONVERT, THUMBS, WATERMARK, RUN, FETCH, PUSH ->
                    JobVerb.run(arguments, terminal);
            case RETRY -> RetryVerb.run(arguments, terminal);
            case VERIFY -> VerifyVerb.run(arguments, terminal);
            case BENCH -> BenchVerb.run(arguments, terminal);
            case REPORT -> ReportVerb.run(arguments, terminal);
            case IDENTIFY -> IdentifyVerb.run(arguments, terminal);
            case FORMATS -> FormatsVerb.run(arguments, terminal);
            case DOCTOR -> DoctorVerb.run(terminal);
            case HELP -> help(arguments);
            case COMPLETION -> completion(arguments);
        };
    }

    private ExitCode help(Arguments arguments) throws UsageException {
        if (arguments.operands().isEmpty()) {
            terminal.out(HelpText.overview());
            return ExitCode.OK;
        }
        terminal.out(HelpText.of(ArgumentParser.verb(arguments.operands())));
        return ExitCode.OK;
    }

    private ExitCode completion(Arguments arguments) throws UsageException {
        String name = arguments.operands().getFirst();
        Optional<Completion> shell =
                Arrays.stream(Completion.values())
                        .filter(known -> known.toString().equals(name))
                        .findFirst();
        if (shell.isEmpty()) {
            throw new UsageException(
                    "there is no completion for "
                            + Values.quoted(name)
                            + "; write bash, zsh or fish");
        }
        terminal.out(shell.get().script());
        return ExitCode.OK;
    }

    private ExitCode failed(ExitCode code, String sentence, Throwable cause, String... args) {
        boolean verbose = Arrays.stream(args).anyMatch(arg -> arg.matches("-v+|--verbose"));
        terminal.clear();
        terminal.err("imgpipe: " + ReadableName.oneLine(sentence));
        if (verbose) {
            StringWriter trace = new StringWriter();
            cause.printStackTrace(new PrintWriter(trace));
            terminal.err(trace.toString().stripTrailing());
        }
        jobVerb(args)
                .ifPresent(
                        verb ->
                                terminal.outUtf8(
                                        SummaryJson.refused(
                                                Version.text(),
                                                verb.toString(),
                                                code.value(),
                                                sentence)));
        return code;
    }

    /** The verb whose sums were asked for as JSON, also where the arguments are faulty. */
    private static Optional<Verb> jobVerb(String... args) {
        List<String> words = Arrays.stream(args).takeWhile(arg -> !arg.equals("--")).toList();
        return words.contains(Opt.JSON.toString())
                ? words.stream()
                        .flatMap(word -> Verb.of(word).stream())
                        .findFirst()
                        .filter(JOBS::contains)
                : Optional.empty();
    }
}
