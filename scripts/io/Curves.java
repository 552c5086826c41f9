import imgpipe.bench.Drawing;
import imgpipe.bench.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Draws the table of {@code scripts/bench-io} as SVG: throughput relative to that of the local
 * folder over the latency, a line for each source and number of transfers.
 */
class Curves {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 470;
    private static final Panel FRAME = new Panel(70, 90, 540, 310, 0, 1, 1.2);

    private record Row(String source, int latency, int transfers, double share) {}

    /** What is one line. */
    private record Line(String source, int transfers) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            int bySource = source.compareTo(other.source);
            return bySource == 0 ? Integer.compare(transfers, other.transfers) : bySource;
        }

        String kind() {
            return source.equals("http") ? "threads" : "processes";
        }

        String label() {
            return (source.equals("http") ? "HTTP" : "S3") + ", " + transfers;
        }
    }

    static void main(String[] args) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(args[0]));
        List<String> names = List.of(lines.getFirst().split("\t"));
        List<Row> rows =
                lines.stream()
                        .skip(1)
                        .map(line -> line.split("\t"))
                        .filter(cells -> !cells[0].equals("folder"))
                        .map(
                                cells ->
                                        new Row(
                                                cells[0],
                                                Integer.parseInt(cells[1]),
                                                Integer.parseInt(cells[2]),
                                                Double.parseDouble(
                                                        cells[names.indexOf("of_local")])))
                        .toList();
        System.out.print(draw(rows));
    }

    private static String draw(List<Row> rows) {
        int least = rows.stream().mapToInt(Row::latency).min().orElse(0);
        int most = rows.stream().mapToInt(Row::latency).max().orElse(0);
        Panel panel =
                new Panel(
                        FRAME.left(),
                        FRAME.top(),
                        FRAME.width(),
                        FRAME.height(),
                        least,
                        most,
                        FRAME.highest());
        String title = "Throughput over a network, relative to a local folder";
        Drawing drawing = new Drawing(WIDTH, HEIGHT, title);
        drawing.text(24, 32, "title", "start", title);
        drawing.text(
                24,
                54,
                "small",
                "start",
                "lines: source and transfers at the same time; servers take CPU of the same machine");
        drawing.scale(panel, 0.2, "of local", value -> Math.round(value * 100) + " %");
        drawing.below(panel, "latency of a request, ms");
        rows.stream()
                .map(Row::latency)
                .distinct()
                .forEach(ms -> drawing.tick(panel, panel.x(ms), Integer.toString(ms)));
        drawing.line("ideal", panel.left(), panel.y(1), panel.right(), panel.y(1));
        Map<Line, List<Row>> curves =
                rows.stream()
                        .collect(
                                Collectors.groupingBy(
                                        row -> new Line(row.source(), row.transfers()),
                                        TreeMap::new,
                                        Collectors.toList()));
        curves.forEach((line, points) -> curve(drawing, panel, line, points));
        labels(drawing, panel, curves);
        return drawing.svg();
    }

    private static void curve(Drawing drawing, Panel panel, Line line, List<Row> rows) {
        StringJoiner points = new StringJoiner(" ");
        rows.forEach(row -> points.add(Drawing.point(panel.x(row.latency()), panel.y(row.share()))));
        drawing.polyline(line.kind(), points.toString());
        for (Row row : rows) {
            double x = panel.x(row.latency());
            double y = panel.y(row.share());
            if (line.source().equals("http")) {
                drawing.circle(line.kind() + " mark", x, y);
            } else {
                drawing.square(line.kind() + " mark", x, y);
            }
        }
    }

    /** At the lines' ends, from the highest down, apart enough to be read. */
    private static void labels(Drawing drawing, Panel panel, Map<Line, List<Row>> curves) {
        double lowest = Double.NEGATIVE_INFINITY;
        List<Map.Entry<Line, List<Row>>> fromTop =
                curves.entrySet().stream()
                        .sorted(
                                (a, b) ->
                                        Double.compare(
                                                b.getValue().getLast().share(),
                                                a.getValue().getLast().share()))
                        .toList();
        for (Map.Entry<Line, List<Row>> each : fromTop) {
            double end = panel.y(each.getValue().getLast().share());
            double y = Math.max(end, lowest + 16);
            drawing.line("grid", panel.right() - 20, end, panel.right() + 8, y);
            drawing.text(panel.right() + 12, y + 4, "", "start", each.getKey().label());
            lowest = y;
        }
    }
}
