package imgpipe.cli;

import imgpipe.report.LastRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code report OUT}. */
final class ReportVerb {
    private ReportVerb() {}

    static ExitCode run(Arguments arguments, Terminal terminal) throws UsageException, IOException {
        String text = arguments.operands().getFirst();
        Path output = InputArguments.path("OUT", text);
        if (!Files.isDirectory(output)) {
            throw new UsageException(
                    "OUT " + Values.quoted(text) + " is no folder; name the OUT of an earlier run");
        }
        Path folder = SpecArguments.jobFolder(arguments, output);
        Optional<LastRun> run = LastRun.read(folder);
        if (run.isEmpty()) {
            throw new UsageException(
                    "no run has left a report in "
                            + Values.quoted(folder.toString())
                            + "; name the OUT of an earlier run, and its --job-dir if it had one");
        }
        terminal.out(run.get().text());
        return ExitCode.OK;
    }
}
