package imgpipe.cli;

import imgpipe.job.Input;
import imgpipe.job.Job;
import imgpipe.job.JobException;
import imgpipe.job.JobException.Reason;
import imgpipe.job.JobRecord;
import imgpipe.job.JobSummary;
import imgpipe.job.ReadLock;
import imgpipe.job.UnfinishedNames;
import imgpipe.report.SummaryJson;
import imgpipe.shard.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * {@code retry OUT}: the run that {@code job.json} records, for the pictures alone that the ledger
 * calls failed or quarantined.
 */
final class RetryVerb {
    private RetryVerb() {}

    /**
     * Runs it.
     *
     * @throws UsageException when there is no earlier run, or no such kind
     * @throws JobException when the run cannot begin or go on
     */
    static ExitCode run(Arguments arguments, Terminal terminal)
            throws UsageException, JobException, IOException {
        Set<String> kinds = kinds(arguments);
        OutPlace out = ReportVerb.output(arguments);
        Path output = out.folder();
        Path folder = SpecArguments.jobFolder(arguments, out);
        JobRecord record = record(folder);
        Arguments merged =
                RecordedArguments.read(record, arguments.operands().getFirst(), arguments);
        SortedMap<String, Long> unfinished;
        try (ReadLock _ = ReadLock.of(output, folder)) {
            // What a run that goes on will call failed cannot be known.
            unfinished = UnfinishedNames.count(folder);
        }
        if (unfinished.keySet().stream()
                .noneMatch(kind -> kinds.isEmpty() || kinds.contains(kind))) {
            // No run, which would leave its report in place of that of the last one.
            if (arguments.has(Opt.JSON)) {
                terminal.outUtf8(
                        SummaryJson.write(
                                Version.text(),
                                Verb.RETRY.toString(),
                                JobSummary.nothing(),
                                ExitCode.OK.value()));
            } else if (!arguments.has(Opt.QUIET)) {
                terminal.out(nothing(unfinished));
            }
            return ExitCode.OK;
        }
        Input.Unfinished input = input(record, merged, output, Job.ledgerFile(folder), kinds);
        return JobVerb.run(
                arguments,
                SpecArguments.spec(merged, input, out, folder).retrying(input),
                terminal);
    }

    private static Input.Unfinished input(
            JobRecord record, Arguments merged, Path output, Path ledger, Set<String> kinds)
            throws UsageException, JobException {
        Path root = record.root();
        if (root == null) {
            if (record.in() == null && !merged.has(Opt.URLS)) {
                throw new JobException(
                        Reason.FAILED,
                        "the address that pictures were fetched from may hold a secret and was not"
                                + " recorded; give the command of that run again");
            }
            if (merged.value(Opt.URLS).orElse("").equals("-")) {
                throw new JobException(
                        Reason.FAILED,
                        "the list of addresses came from standard input and was not kept; give the"
                                + " command of that run again, with the list");
            }
            Input.Fetched origin = InputArguments.input(merged).fetched();
            return new Input.Unfinished(output, ledger, kinds, origin);
        }
        if (!Files.isDirectory(root)) {
            throw new JobException(
                    Reason.FAILED,
                    "the folder "
                            + root
                            + ", which the pictures were read from, is not there; bring it back,"
                            + " or give the command of that run with another IN");
        }
        return new Input.Unfinished(root, ledger, kinds, null);
    }

    private static JobRecord record(Path folder) throws UsageException, JobException {
        Optional<JobRecord> record = JobRecord.read(folder);
        if (record.isEmpty()) {
            throw new UsageException(
                    "no run has left a record in "
                            + Values.quoted(folder.toString())
                            + "; name the OUT of an earlier run, and its --job-dir if it had one");
        }
        return record.get();
    }

    private static Set<String> kinds(Arguments arguments) throws UsageException {
        Optional<String> list = arguments.value(Opt.KIND);
        Set<String> kinds = new LinkedHashSet<>();
        if (list.isEmpty()) {
            return kinds;
        }
        List<String> known = Arrays.stream(FailureKind.values()).map(Enum::name).toList();
        for (String typed : list.get().split(",", -1)) {
            String kind = typed.strip().toUpperCase(Locale.ROOT);
            if (!known.contains(kind)) {
                throw new UsageException(
                        "there is no kind of failure "
                                + Values.quoted(typed)
                                + NearestName.of(kind, known)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("; kinds are " + String.join(", ", known)));
            }
            kinds.add(kind);
        }
        return kinds;
    }

    private static String nothing(SortedMap<String, Long> others) {
        if (others.isEmpty()) {
            return "nothing to retry: no picture is failed or quarantined\n";
        }
        return "nothing to retry of that kind; failed or quarantined are "
                + RetryHint.counts(others)
                + "\n";
    }
}
