package imgpipe.bench;

import static imgpipe.bench.Panel.at;

import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * An SVG picture of curves that needs nothing else. It follows the reader's choice of a light or
 * dark background where the viewer knows of it, and is light elsewhere. What is drawn later covers
 * what was drawn before.
 */
public final class Drawing {
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

    private final StringBuilder svg = new StringBuilder();

    /** An empty one of so many pixels; the title is what is read aloud. */
    public Drawing(int width, int height, String title) {
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$s\" height=\"%2$s\" viewBox=\"0 0 %1$s %2$s\" role=\"img\">\n"
                        .formatted(Integer.toString(width), Integer.toString(height)));
        svg.append("<title>").append(escaped(title)).append("</title>\n");
        svg.append(STYLE);
        svg.append("<rect class=\"back\" width=\"100%\" height=\"100%\"/>\n");
    }

    /**
     * The lines of the y axis, from 0 on.
     *
     * @param title stands above
     * @param label of a value
     */
    public void scale(Panel panel, double step, String title, DoubleFunction<String> label) {
        text(panel.left(), panel.top() - 12, "", "start", title);
        for (int i = 0; i * step <= panel.highest() + 1e-9; i++) {
            double y = panel.y(i * step);
            line(i == 0 ? "axis" : "grid", panel.left(), y, panel.right(), y);
            text(panel.left() - 8, y + 4, "small", "end", label.apply(i * step));
        }
        line("axis", panel.left(), panel.top(), panel.left(), panel.bottom());
    }

    /** A mark on the x axis, and its label, which may be empty. */
    public void tick(Panel panel, double x, String label) {
        line("axis", x, panel.bottom(), x, panel.bottom() + 5);
        if (!label.isEmpty()) {
            text(x, panel.bottom() + 20, "small", "middle", label);
        }
    }

    /** What stands on the x axis. */
    public void below(Panel panel, String title) {
        text(panel.left() + panel.width() / 2, panel.bottom() + 38, "small", "middle", title);
    }

    /** Through points as {@link #point} writes them, with blanks between. */
    public void polyline(String kind, String points) {
        svg.append("<polyline class=\"%s\" points=\"%s\"/>\n".formatted(kind, points));
    }

    /** A point of a polyline. */
    public static String point(double x, double y) {
        return at(x) + "," + at(y);
    }

    /** A mark for a value. */
    public void circle(String kind, double x, double y) {
        svg.append(
                "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"4.5\"/>\n"
                        .formatted(kind, at(x), at(y)));
    }

    /** A mark for a value, smaller than the {@link #circle}. */
    public void square(String kind, double x, double y) {
        svg.append(
                "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"5\" height=\"5\"/>\n"
                        .formatted(kind, at(x - 2.5), at(y - 2.5)));
    }

    /** A straight line. */
    public void line(String kind, double x1, double y1, double x2, double y2) {
        svg.append(
                "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                        .formatted(kind, at(x1), at(y1), at(x2), at(y2)));
    }

    /**
     * A text.
     *
     * @param kind title, small or empty
     * @param anchor what of it stands at x: start, middle or end
     */
    public void text(double x, double y, String kind, String anchor, String text) {
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

    /** The whole file. */
    public String svg() {
        return svg + "</svg>\n";
    }
}
