package imgpipe.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the job log: the nine columns that GNU parallel's {@code --joblog} has, then five of
 * our own. Tabs, line feeds, carriage returns and backslashes in a column are written {@code \t},
 * {@code \n}, {@code \r}, {@code \\}.
 *
 * <pre>
 * Seq Host Starttime JobRuntime Send Receive Exitval Signal Command | Status Kind BytesOut Source Message
 * </pre>
 *
 * @param sequence counted from 1, or 0 for a name that is no task
 * @param start seconds since 1970
 * @param seconds in a worker
 * @param bytesIn size of the source
 * @param bytesOut sizes of the outputs together
 * @param command that does the same for this picture alone
 * @param status {@code done}, {@code failed} or {@code quarantined}
 * @param kind of the failure, or empty
 * @param source relative name as people read it
 * @param message of the failure, the warnings of a picture that is done, or empty
 */
public record JobLogLine(
        long sequence,
        double start,
        double seconds,
        long bytesIn,
        long bytesOut,
        String command,
        String status,
        String kind,
        String source,
        String message) {
    /** The first line of every job log. */
    static final String HEADER =
            "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand"
                    + "\tStatus\tKind\tBytesOut\tSource\tMessage";

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    /** GNU parallel's name of the machine it runs on. */
    private static final String HERE = ":";

    /** GNU parallel writes signal 9 for what it killed at its deadline. */
    private int signal() {
        return kind.equals("TIMEOUT") ? 9 : 0;
    }

    boolean isDone() {
        return status.equals("done");
    }

    /** The line without its end. */
    String format() {
        return String.join(
                "\t",
                Long.toString(sequence),
                HERE,
                String.format(Locale.ROOT, "%.3f", start),
                String.format(Locale.ROOT, "%.3f", seconds),
                Long.toString(bytesIn),
                Long.toString(bytesOut),
                isDone() ? "0" : "1",
                Integer.toString(signal()),
                escape(command),
                status,
                kind,
                Long.toString(bytesOut),
                escape(source),
                escape(message));
    }

    /** Reads a line back; empty for a line that is none, such as the torn last one of a crash. */
    static Optional<JobLogLine> parse(String line) {
        List<String> columns = Arrays.asList(line.split("\t", -1));
        if (columns.size() != 14 || line.equals(HEADER)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new JobLogLine(
                            Long.parseLong(columns.get(0)),
                            Double.parseDouble(columns.get(2)),
                            Double.parseDouble(columns.get(3)),
                            Long.parseLong(columns.get(4)),
                            Long.parseLong(columns.get(11)),
                            unescape(columns.get(8)),
                            columns.get(9),
                            columns.get(10),
                            unescape(columns.get(12)),
                            unescape(columns.get(13))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        switch (match.group(1)) {
                                            case "t" -> "\t";
                                            case "n" -> "\n";
                                            case "r" -> "\r";
                                            default -> match.group(1);
                                        }));
    }
}
