package imgpipe.cli;

import imgpipe.job.JobException;
import imgpipe.job.ReadLock;
import imgpipe.job.UnfinishedNames;
import imgpipe.report.LastRun;
import imgpipe.report.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code report OUT}. */
final class ReportVerb {
    private ReportVerb() {}

    static ExitCode run(Arguments arguments, Terminal terminal) throws UsageException, IOException {
        OutPlace out = output(arguments);
        Path output = out.folder();
        Path folder = SpecArguments.jobFolder(arguments, out);
        Optional<LastRun> run = LastRun.read(folder);
        if (run.isEmpty()) {
            throw new UsageException(
                    "no run has left a report in "
                            + Values.quoted(folder.toString())
                            + "; name the OUT of an earlier run, and its --job-dir if it had one");
        }
        terminal.out(
                run.get().text(isGoingOn(output, folder, run.get()))
                        + unfinished(arguments, folder));
        return ExitCode.OK;
    }

    /**
     * Whether a run without sums has the lock. To see that, it must be asked for, which keeps out a
     * run that begins in this moment: so it is not, where there are sums.
     */
    private static boolean isGoingOn(Path output, Path folder, LastRun run) {
        if (!run.sums().isEmpty()) {
            return false;
        }
        try (ReadLock _ = ReadLock.of(output, folder)) {
            return false;
        } catch (JobException e) {
            return true;
        } catch (IOException e) {
            // Who may not see the lock is told the rest all the same.
            return false;
        }
    }

    /** What is failed or in quarantine by now, whichever run it was, and how to try it again. */
    private static String unfinished(Arguments arguments, Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Long> kind : UnfinishedNames.count(folder).entrySet()) {
            text.append(text.isEmpty() ? "\nTo try again\n" : "");
            String command = RetryHint.command(arguments, Set.of(kind.getKey()));
            text.append(
                    String.format(
                            Locale.ROOT, "  %10s  %s\n", Units.count(kind.getValue()), command));
        }
        return text.toString();
    }

    /** Where an earlier run has written to. */
    static OutPlace output(Arguments arguments) throws UsageException {
        String text = arguments.operands().getLast();
        OutPlace out = OutPlace.of(arguments);
        if (!Files.isDirectory(out.folder())) {
            throw new UsageException(
                    "OUT "
                            + Values.quoted(text)
                            + (out.address() == null
                                    ? " is no folder"
                                    : " was not written to from this machine, or with another "
                                            + Opt.S3_ENDPOINT)
                            + "; name the OUT of an earlier run as it was named then");
        }
        return out;
    }
}
