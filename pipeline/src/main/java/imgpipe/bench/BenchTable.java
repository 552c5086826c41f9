package imgpipe.bench;

import imgpipe.report.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A result as text for people: where, the table, and what it means. */
public final class BenchTable {
    private static final String NOT_KNOWN = "-";

    private BenchTable() {}

    /** The lines, with a line feed behind the last. */
    public static String text(Result result) {
        StringBuilder text = new StringBuilder();
        text.append(result.machine()).append('\n');
        text.append(pictures(result)).append("\n\n");
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "",
                        "images/s",
                        "min-max",
                        "MP/s",
                        "speed-up",
                        "efficiency",
                        "CPU/image",
                        "GC",
                        "start-up"));
        result.figures().forEach(figures -> rows.add(row(result, figures)));
        rows.forEach(row -> line(text, row, rows));
        text.append('\n').append(memory(result));
        return text.append('\n').append(wrapped(Reading.of(result), 100)).append('\n').toString();
    }

    /** What was worked on, in words. */
    static String pictures(Result result) {
        return "%s, %s megapixels; medians of %s"
                .formatted(
                        Units.counted(result.pictures(), "picture"),
                        Units.number(result.pixels() / 1e6),
                        Units.counted(result.rounds(), "round"));
    }

    private static List<String> row(Result result, Figures figures) {
        Spread rate = figures.rate();
        double speedUp = figures.timesAsFastAs(result.baseline()).median();
        boolean processes = figures.contender().form() == Form.PROCESSES;
        return List.of(
                figures.contender().toString(),
                Units.number(rate.median()),
                Units.number(rate.min()) + "-" + Units.number(rate.max()),
                Units.number(figures.megapixels()),
                format("%.2f", speedUp),
                format("%.0f %%", 100 * speedUp / figures.contender().workers()),
                Double.isNaN(figures.cpuPerPicture())
                        ? NOT_KNOWN
                        : format("%.1f ms", figures.cpuPerPicture() * 1000),
                // Of worker processes it is not known: theirs happens elsewhere.
                processes ? NOT_KNOWN : format("%.1f %%", figures.gcShare() * 100),
                figures.startUp().isPresent()
                        ? format("%.2f s", figures.startUp().getAsDouble())
                        : NOT_KNOWN);
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static void line(StringBuilder text, List<String> row, List<List<String>> rows) {
        for (int column = 0; column < row.size(); column++) {
            int number = column;
            int width = rows.stream().mapToInt(each -> each.get(number).length()).max().orElse(0);
            String cell = row.get(column);
            if (column == 0) {
                text.append(cell).repeat(' ', width - cell.length());
            } else {
                text.repeat(' ', width + 2 - cell.length()).append(cell);
            }
        }
        text.append('\n');
    }

    private static String memory(Result result) {
        int most = result.most();
        Figures processes = result.of(Form.PROCESSES, most).orElseThrow();
        if (result.peakBytes().isEmpty() || processes.peakBytes().isEmpty()) {
            return "";
        }
        return "Peak memory: %s of this process with its threads, %s of %s.\n"
                .formatted(
                        Units.bytes(result.peakBytes().getAsLong()),
                        Units.bytes(processes.peakBytes().getAsLong()),
                        most == 1 ? "a worker process" : most + " worker processes");
    }

    /** The text in lines no longer than {@code width}, unless a word or a percentage is. */
    static String wrapped(String text, int width) {
        StringBuilder lines = new StringBuilder();
        int length = 0;
        for (String word : text.split(" (?!%)", -1)) {
            if (length > 0 && length + 1 + word.length() > width) {
                lines.append('\n');
                length = 0;
            }
            lines.append(length > 0 ? " " : "").append(word);
            length += (length > 0 ? 1 : 0) + word.length();
        }
        return lines.toString();
    }
}
