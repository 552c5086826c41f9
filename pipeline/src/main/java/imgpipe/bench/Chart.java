package imgpipe.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.DoubleFunction;

/**
 * A result as a picture: speed-up over the plain loop on the left, efficiency on the right, medians
 * with the range of the rounds.
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

    private final Result result;
    private final List<String> caption;
    private final Drawing drawing;

    private Chart(Result result) {
        this.result = result;
        caption = BenchTable.wrapped(Reading.of(result), CAPTION_LETTERS).lines().toList();
        drawing =
                new Drawing(
                        WIDTH,
                        CAPTION_TOP + caption.size() * LINE + 8,
                        "Speed-up and efficiency of threads and worker processes");
    }

    /** The picture of a result in which threads and processes have figures. */
    public static String svg(Result result) {
        return new Chart(result).draw();
    }

    /** The panel on the left, in which the ideal line and every range have room. */
    static Panel speedUp(Result result) {
        double highest = Math.max(result.most(), highest(result, false));
        return new Panel(
                70, PANELS_TOP, PANEL_WIDTH, PANEL_HEIGHT, 1, result.most(), highest * 1.1);
    }

    /** The panel on the right, up to 120 % or more. */
    static Panel efficiency(Result result) {
        return new Panel(
                WIDTH - 20 - PANEL_WIDTH,
                PANELS_TOP,
                PANEL_WIDTH,
                PANEL_HEIGHT,
                1,
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
        drawing.text(24, 32, "title", "start", "imgpipe bench: threads and worker processes");
        drawing.text(
                24,
                54,
                "small",
                "start",
                BenchTable.pictures(result) + ", bars from least to most");
        drawing.text(24, 72, "small", "start", result.machine().toString());
        left();
        right();
        legend();
        for (int i = 0; i < caption.size(); i++) {
            drawing.text(24, CAPTION_TOP + i * LINE, "small", "start", caption.get(i));
        }
        return drawing.svg();
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
        drawing.line("ideal", panel.x(1), panel.y(1), panel.x(panel.most()), panel.y(panel.most()));
        curve(panel, Form.THREADS, false);
        curve(panel, Form.PROCESSES, false);
    }

    private void right() {
        Panel panel = efficiency(result);
        axes(panel, 0.2, "efficiency: speed-up / workers", value -> Math.round(value * 100) + " %");
        drawing.line("ideal", panel.left(), panel.y(1), panel.right(), panel.y(1));
        curve(panel, Form.THREADS, true);
        curve(panel, Form.PROCESSES, true);
    }

    private void axes(Panel panel, double step, String title, DoubleFunction<String> label) {
        drawing.scale(panel, step, title, label);
        double last = Double.NEGATIVE_INFINITY;
        for (Figures figures : result.of(Form.PROCESSES)) {
            int workers = figures.contender().workers();
            double x = panel.x(workers);
            boolean fits = x - last >= LEAST_GAP;
            drawing.tick(panel, x, fits ? Integer.toString(workers) : "");
            if (fits) {
                last = x;
            }
        }
        drawing.below(panel, "threads or worker processes");
    }

    private void curve(Panel panel, Form form, boolean perWorker) {
        double aside = form == Form.THREADS ? -ASIDE : ASIDE;
        StringJoiner points = new StringJoiner(" ");
        List<Runnable> marks = new ArrayList<>();
        for (Figures figures : result.of(form)) {
            int workers = figures.contender().workers();
            Spread value =
                    figures.timesAsFastAs(result.baseline()).dividedBy(perWorker ? workers : 1);
            double x = panel.x(workers);
            double y = panel.y(value.median());
            points.add(Drawing.point(x, y));
            range(form, x + aside, panel.y(value.min()), panel.y(value.max()));
            marks.add(() -> mark(form, x, y));
        }
        drawing.polyline(form.toString(), points.toString());
        marks.forEach(Runnable::run);
    }

    private void range(Form form, double x, double low, double high) {
        drawing.line(form + " range", x, low, x, high);
        drawing.line(form + " range", x - 3, low, x + 3, low);
        drawing.line(form + " range", x - 3, high, x + 3, high);
    }

    /** Told apart without color too, and where one lies on the other: large round, small square. */
    private void mark(Form form, double x, double y) {
        String kind = form + " mark";
        if (form == Form.THREADS) {
            drawing.circle(kind, x, y);
        } else {
            drawing.square(kind, x, y);
        }
    }

    private void legend() {
        int y = 54;
        int x = WIDTH - 330;
        for (Form form : new Form[] {Form.THREADS, Form.PROCESSES}) {
            drawing.line(form.toString(), x, y - 4, x + 26, y - 4);
            mark(form, x + 13, y - 4);
            drawing.text(x + 33, y, "", "start", form.toString());
            x += 115;
        }
        drawing.line("ideal", x, y - 4, x + 26, y - 4);
        drawing.text(x + 33, y, "", "start", "ideal");
    }
}
