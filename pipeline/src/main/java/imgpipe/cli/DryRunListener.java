package imgpipe.cli;

import imgpipe.job.JobListener;
import imgpipe.job.ReadableName;

/** Lists what would be written: on standard output, unless JSON goes there. */
final class DryRunListener implements JobListener {
    private final Terminal terminal;
    private final boolean outputTaken;

    DryRunListener(Terminal terminal, boolean outputTaken) {
        this.terminal = terminal;
        this.outputTaken = outputTaken;
    }

    @Override
    public void wouldWrite(String source, String target) {
        String line = readable(source) + " -> " + readable(target);
        if (outputTaken) {
            terminal.err(line);
        } else {
            terminal.out(line + "\n");
        }
    }

    private static String readable(String encoded) {
        return ReadableName.oneLine(ReadableName.decode(encoded));
    }
}
