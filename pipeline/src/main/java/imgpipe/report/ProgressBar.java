package imgpipe.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The looks of the progress: one line for a terminal, one for a log. */
final class ProgressBar {
    /** Height by time in hand: a quarter of a second, doubled from cell to cell. */
    private static final String HEIGHTS = "▁▂▃▄▅▆▇█";

    private static final String ASCII_HEIGHTS = "_.:-=+*#";
    private static final long FIRST_STEP_MILLIS = 250;

    private ProgressBar() {}

    /**
     * The line for a terminal. What does not fit is left out, the least important first.
     *
     * @param columns width; the line is shorter, as some terminals wrap a full one
     */
    static String line(ProgressState state, int columns, boolean unicode, boolean colored) {
        if (!state.planned() && state.finished() == 0 && state.failed() == 0) {
            return cut(scanning(state) + (unicode ? "…" : "..."), columns);
        }
        String failures = state.failed() == 0 ? "" : Units.count(state.failed()) + " failed";
        String cells = "[" + cells(state, unicode) + "]";
        List<String> parts = new ArrayList<>(List.of(cells, amount(state)));
        parts.add(failures);
        parts.add(left(state));
        parts.add(speed(state));
        parts.add(Units.bytes(state.finishedBytes()));
        parts.removeIf(String::isEmpty);
        while (width(parts) >= columns && parts.size() > 2) {
            parts.removeLast();
        }
        if (width(parts) >= columns) {
            parts.removeFirst();
        }
        String line = cut(String.join("  ", parts), columns);
        return colored && !failures.isEmpty()
                ? line.replace(failures, "\033[31m" + failures + "\033[0m")
                : line;
    }

    /** The line for a log. */
    static String text(ProgressState state) {
        if (!state.planned()) {
            return scanning(state);
        }
        List<String> parts = new ArrayList<>(List.of(amount(state)));
        parts.add(Units.bytes(state.finishedBytes()));
        parts.add(speed(state));
        parts.add(left(state));
        parts.add(state.failed() == 0 ? "" : Units.count(state.failed()) + " failed");
        parts.removeIf(String::isEmpty);
        return String.join(", ", parts);
    }

    private static String scanning(ProgressState state) {
        return "scanning, " + Units.counted(state.total(), "picture");
    }

    private static String amount(ProgressState state) {
        return Units.count(state.finished())
                + "/"
                + Units.count(state.total())
                + (state.planned() ? " " + (int) (100 * state.share()) + "%" : " so far");
    }

    private static String speed(ProgressState state) {
        return state.finished() == 0
                ? ""
                : Units.number(Units.rate((double) state.finished(), state.elapsed())) + "/s";
    }

    private static String left(ProgressState state) {
        Optional<Duration> left = state.left();
        return left.isEmpty() || left.get().isZero()
                ? ""
                : Units.time(Duration.ofSeconds(left.get().toSeconds() + 1)).replace(".0 s", " s")
                        + " left";
    }

    private static String cells(ProgressState state, boolean unicode) {
        String heights = unicode ? HEIGHTS : ASCII_HEIGHTS;
        StringBuilder cells = new StringBuilder();
        for (Optional<Duration> worker : state.workers()) {
            if (worker.isEmpty()) {
                cells.append(unicode ? '·' : ' ');
            } else {
                long steps = worker.get().toMillis() / FIRST_STEP_MILLIS;
                int height = Long.SIZE - Long.numberOfLeadingZeros(steps);
                cells.append(heights.charAt(Math.min(height, heights.length() - 1)));
            }
        }
        return cells.toString();
    }

    private static int width(List<String> parts) {
        return String.join("  ", parts).length();
    }

    private static String cut(String line, int columns) {
        return line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
    }
}
