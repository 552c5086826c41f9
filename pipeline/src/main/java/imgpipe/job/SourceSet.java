package imgpipe.job;

import imgpipe.image.ImageFormat;
import imgpipe.ledger.LedgerEntry.Output;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The outputs of one source as a browser chooses among them (HTML Living Standard, "Images"). Only
 * those of the largest output's shape are in it: another crop is another picture.
 *
 * @param largest which stands for all where a browser knows no sets
 * @param sets a {@code srcset} for each media type, the types that fewer browsers know first
 */
record SourceSet(Output largest, Map<String, String> sets) {
    /** Types that every browser shows. */
    private static final List<String> PLAIN = List.of("image/jpeg", "image/png", "image/gif");

    /** A browser takes the first type that it knows, so the one with the smallest files leads. */
    private static final List<String> ORDER = List.of("image/avif", "image/webp");

    /** The set of these outputs, at least one. */
    static SourceSet of(List<Output> outputs) {
        Output largest =
                outputs.stream()
                        .max(
                                Comparator.comparing((Output each) -> PLAIN.contains(type(each)))
                                        .thenComparingLong(SourceSet::pixels))
                        .orElseThrow();
        Map<String, Map<Integer, Output>> widths = new LinkedHashMap<>();
        outputs.stream()
                .filter(each -> sameShape(each, largest))
                .sorted(Comparator.comparingInt(SourceSet::rank))
                // Small pictures are not enlarged, so that several outputs can have one width.
                .forEach(
                        each ->
                                widths.computeIfAbsent(type(each), type -> new TreeMap<>())
                                        .putIfAbsent(each.width(), each));
        Map<String, String> sets = new LinkedHashMap<>();
        widths.forEach(
                (type, each) ->
                        sets.put(
                                type,
                                each.values().stream()
                                        .map(output -> address(output) + " " + output.width() + "w")
                                        .collect(Collectors.joining(", "))));
        return new SourceSet(largest, sets);
    }

    private static int rank(Output output) {
        int place = ORDER.indexOf(type(output));
        return place >= 0 ? place : PLAIN.contains(type(output)) ? 3 : 2;
    }

    private static long pixels(Output output) {
        return (long) output.width() * output.height();
    }

    /** Whether one could be the other scaled, but for the rounding to whole pixels. */
    private static boolean sameShape(Output one, Output other) {
        double height = (double) other.height() * one.width() / Math.max(1, other.width());
        double width = (double) other.width() * one.height() / Math.max(1, other.height());
        return Math.abs(height - one.height()) <= 1 || Math.abs(width - one.width()) <= 1;
    }

    /** The media type of an output, by its name. */
    static String type(Output output) {
        String path = output.path();
        return ImageFormat.ofExtension(path.substring(path.lastIndexOf('.') + 1))
                .map(format -> "image/" + format)
                .orElse("application/octet-stream");
    }

    /** An {@code img} element, in a {@code picture} if there is more than one type. */
    String html() {
        String own = type(largest);
        String img =
                "<img src=\""
                        + escaped(address(largest))
                        + "\" srcset=\""
                        + escaped(sets.getOrDefault(own, ""))
                        + "\" width=\""
                        + largest.width()
                        + "\" height=\""
                        + largest.height()
                        + "\" alt=\"\">";
        if (sets.size() == 1) {
            return img;
        }
        String sources =
                sets.entrySet().stream()
                        .filter(set -> !set.getKey().equals(own))
                        .map(
                                set ->
                                        "<source type=\""
                                                + set.getKey()
                                                + "\" srcset=\""
                                                + escaped(set.getValue())
                                                + "\">")
                        .collect(Collectors.joining());
        return "<picture>" + sources + img + "</picture>";
    }

    /** A relative address without the letters that would end it or begin a scheme. */
    private static String address(Output output) {
        return output.path().replace(",", "%2C").replace(":", "%3A");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}
