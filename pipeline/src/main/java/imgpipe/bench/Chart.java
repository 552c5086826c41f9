package imgpipe.bench;

import static imgpipe.bench.Panel.at;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A result as an SVG picture that needs nothing else: speed-up over the plain loop on the left,
 * efficiency on the right, medians with the range of the rounds. It follows the reader's choice of
 * a light or dark background where the viewer knows of it, and is light elsewhere.
 */
public final class Chart {
    static final int WIDTH = 960;
    private static final int PANELS_TOP = 110;
    private static final int PANEL_WIDTH = 390;
    private static final int PANEL_HEIGHT = 280;
    private static final int CAPTION_TOP = 460;
    private static final int LINE = 18;
    private static final int CAPTION_LETTERS = 140;

    /**
     * Ranges of threads stand a little to the left of their marks, those of processes to the right.
     */
    static final int ASIDE = 5;

    /** Numbers on the x axis closer than this would run into each other. */
    private static final int LEAST_GAP = 20;

    private static final String STYLE =
            """
            <style>
              text { font: 13px system-ui, "Helvetica Neue", Arial, sans-serif; fill: #333333 }
              .title { font-size: 17px; font-weight: 600 }
              .small { font-size: 12px; fill: #666666 }
              .back { fill: #ffffff }
              .axis { stroke: #666666; fill: none }
              .grid { stroke: #e4e4e4; fill: none }
              .ideal { stroke: #999999; fill: none; stroke-dasharray: 5 4 }
              .threads { stroke: #c4601d; fill: none; stroke-width: 2 }
              .processes { stroke: #1f6fb5; fill: none; stroke-width: 2 }
              .threads.mark { fill: #c4601d }
              .processes.mark { fill: #1f6fb5 }
              .range { stroke-width: 1.3 }
              @media (prefers-color-scheme: dark) {
                text { fill: #dddddd }
                .small { fill: #a5a5a5 }
                .back { fill: #1b1d20 }
                .axis { stroke: #a5a5a5 }
                .grid { stroke: #33363b }
                .threads { stroke: #ee9150 }
                .processes { stroke: #62a8e8 }
                .threads.mark { fill: #ee9150 }
                .processes.mark { fill: #62a8e8 }
              }
            </style>
            """;

    private final Result result;
    private final StringBuilder svg = new StringBuilder();

    private Chart(Result result) {
        this.result = result;
    }

    /** The picture of a result in which threads and processes have figures. */
    public static String svg(Result result) {
        return new Chart(result).draw();
    }

    /** The panel on the left, in which the ideal line and every range have room. */
    static Panel speedUp(Result result) {
        double highest = Math.max(result.most(), highest(result, false));
        return new Panel(70, PANELS_TOP, PANEL_WIDTH, PANEL_HEIGHT, result.most(), highest * 1.1);
    }

    /** The panel on the right, up to 120 % or more. */
    static Panel efficiency(Result result) {
        return new Panel(
                WIDTH - 20 - PANEL_WIDTH,
                PANELS_TOP,
                PANEL_WIDTH,
                PANEL_HEIGHT,
                result.most(),
                Math.max(1.2, Math.ceil(highest(result, true) * 5) / 5));
    }

    private static double highest(Result result, boolean perWorker) {
        return result.figures().stream()
                .mapToDouble(
                        each ->
                                each.timesAsFastAs(result.baseline()).max()
                                        / (perWorker ? each.contender().workers() : 1))
                .max()
                .orElse(1);
    }

    private String draw() {
        List<String> caption =
                BenchTable.wrapped(Reading.of(result), CAPTION_LETTERS).lines().toList();
        int height = CAPTION_TOP + caption.size() * LINE + 8;
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$s\" height=\"%2$s\" viewBox=\"0 0 %1$s %2$s\" role=\"img\">\n"
                        .formatted(Integer.toString(WIDTH), Integer.toString(height)));
        svg.append("<title>Speed-up and efficiency of threads and worker processes</title>\n");
        svg.append(STYLE);
        svg.append("<rect class=\"back\" width=\"100%\" height=\"100%\"/>\n");
        text(24, 32, "title", "start", "imgpipe bench: threads and worker processes");
        text(24, 54, "small", "start", BenchTable.pictures(result) + ", bars from least to most");
        text(24, 72, "small", "start", result.machine().toString());
        left();
        right();
        legend();
        for (int i = 0; i < caption.size(); i++) {
            text(24, CAPTION_TOP + i * LINE, "small", "start", caption.get(i));
        }
        return svg.append("</svg>\n").toString();
    }

    private void left() {
        Panel panel = speedUp(result);
        double step = result.most() < 4 ? 0.5 : Integer.highestOneBit(result.most() / 4);
        axes(
                panel,
                step,
                "speed-up over a plain loop",
                value ->
                        (value == Math.rint(value)
                                ? Long.toString((long) value)
                                : Double.toString(value)));
        line("ideal", panel.x(1), panel.y(1), panel.x(panel.most()), panel.y(panel.most()));
        curve(panel, Form.THREADS, false);
        curve(panel, Form.PROCESSES, false);
    }

    private void right() {
        Panel panel = efficiency(result);
        axes(panel, 0.2, "efficiency: speed-up / workers", value -> Math.round(value * 100) + " %");
        line("ideal", panel.left(), panel.y(1), panel.right(), panel.y(1));
        curve(panel, Form.THREADS, true);
        curve(panel, Form.PROCESSES, true);
    }

    private void axes(Panel panel, double step, String title, DoubleFunction<String> label) {
        text(panel.left(), panel.top() - 12, "", "start", title);
        for (int i = 0; i * step <= panel.highest() + 1e-9; i++) {
            double y = panel.y(i * step);
            line(i == 0 ? "axis" : "grid", panel.left(), y, panel.right(), y);
            text(panel.left() - 8, y + 4, "small", "end", label.apply(i * step));
        }
        line("axis", panel.left(), panel.top(), panel.left(), panel.bottom());
        double last = Double.NEGATIVE_INFINITY;
        for (Figures figures : result.of(Form.PROCESSES)) {
            int workers = figures.contender().workers();
            double x = panel.x(workers);
            line("axis", x, panel.bottom(), x, panel.bottom() + 5);
            if (x - last >= LEAST_GAP) {
                text(x, panel.bottom() + 20, "small", "middle", Integer.toString(workers));
                last = x;
            }
        }
        text(
                panel.left() + panel.width() / 2,
                panel.bottom() + 38,
                "small",
                "middle",
                "threads or worker processes");
    }

    private void curve(Panel panel, Form form, boolean perWorker) {
        double aside = form == Form.THREADS ? -ASIDE : ASIDE;
        StringBuilder points = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        for (Figures figures : result.of(form)) {
            int workers = figures.contender().workers();
            Spread value =
                    figures.timesAsFastAs(result.baseline()).dividedBy(perWorker ? workers : 1);
            double x = panel.x(workers);
            double y = panel.y(value.median());
            points.append(points.isEmpty() ? "" : " ").append(at(x)).append(',').append(at(y));
            range(form, x + aside, panel.y(value.min()), panel.y(value.max()));
            marks.append(mark(form, x, y));
        }
        svg.append("<polyline class=\"%s\" points=\"%s\"/>\n".formatted(form, points));
        svg.append(marks);
    }

    private void range(Form form, double x, double low, double high) {
        line(form + " range", x, low, x, high);
        line(form + " range", x - 3, low, x + 3, low);
        line(form + " range", x - 3, high, x + 3, high);
    }

    /** Told apart without color too, and where one lies on the other: large round, small square. */
    private static String mark(Form form, double x, double y) {
        return form == Form.THREADS
                ? "<circle class=\"threads mark\" cx=\"%s\" cy=\"%s\" r=\"4.5\"/>\n"
                        .formatted(at(x), at(y))
                : "<rect class=\"processes mark\" x=\"%s\" y=\"%s\" width=\"5\" height=\"5\"/>\n"
                        .formatted(at(x - 2.5), at(y - 2.5));
    }

    private void legend() {
        int y = 54;
        int x = WIDTH - 330;
        for (Form form : new Form[] {Form.THREADS, Form.PROCESSES}) {
            line(form.toString(), x, y - 4, x + 26, y - 4);
            svg.append(mark(form, x + 13, y - 4));
            text(x + 33, y, "", "start", form.toString());
            x += 115;
        }
        line("ideal", x, y - 4, x + 26, y - 4);
        text(x + 33, y, "", "start", "ideal");
    }

    private void line(String kind, double x1, double y1, double x2, double y2) {
        svg.append(
                "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                        .formatted(kind, at(x1), at(y1), at(x2), at(y2)));
    }

    private void text(double x, double y, String kind, String anchor, String text) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text%s x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n",
                        kind.isEmpty() ? "" : " class=\"" + kind + "\"",
                        at(x),
                        at(y),
                        anchor,
                        escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
