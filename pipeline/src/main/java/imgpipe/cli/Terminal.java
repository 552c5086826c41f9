package imgpipe.cli;

import imgpipe.report.StatusLine;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Standard output and standard error. The status line, if one is drawn, is taken away before
 * anything else is printed and drawn again behind it, so that nothing tears it.
 */
final class Terminal implements StatusLine {
    private static final String TO_START_AND_CLEAR = "\r\033[K";

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private String status = "";

    /** The streams to print to, and the variables that tell of the terminal. */
    Terminal(PrintStream out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    /** The streams of this process. */
    static Terminal ofProcess() {
        return new Terminal(System.out, System.err, System.getenv());
    }

    /** Prints to standard output as it is. */
    synchronized void out(String text) {
        err.print(status.isEmpty() ? "" : TO_START_AND_CLEAR);
        out.print(text);
        out.flush();
        err.print(status);
        err.flush();
    }

    /** Prints JSON, which is UTF-8 in every locale. */
    synchronized void outUtf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /** Prints a line, or several, to standard error. */
    synchronized void err(String line) {
        err.print((status.isEmpty() ? "" : TO_START_AND_CLEAR) + line + "\n" + status);
        err.flush();
    }

    @Override
    public synchronized void show(String line) {
        status = line;
        err.print(TO_START_AND_CLEAR + line);
        err.flush();
    }

    @Override
    public synchronized void clear() {
        if (!status.isEmpty()) {
            status = "";
            err.print(TO_START_AND_CLEAR);
            err.flush();
        }
    }

    /** Whether what was printed to standard output has arrived. */
    boolean outputArrived() {
        return !out.checkError();
    }

    /**
     * Whether a person sees standard error, and cursor movements work there. Java cannot tell; the
     * launcher can, and says so in IMGPIPE_STDERR_TTY.
     */
    boolean isInteractive() {
        return "1".equals(environment.get("IMGPIPE_STDERR_TTY"))
                && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
    }

    @Override
    public int columns() {
        String columns = environment.getOrDefault("IMGPIPE_COLUMNS", "");
        return columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : 80;
    }

    @Override
    public boolean unicode() {
        return err.charset().equals(StandardCharsets.UTF_8);
    }

    /** Whether colors are wanted; see no-color.org. */
    @Override
    public boolean colored() {
        return isInteractive() && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
