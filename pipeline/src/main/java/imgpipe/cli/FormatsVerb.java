package imgpipe.cli;

import imgpipe.codec.Codec;
import imgpipe.codec.Codecs;
import imgpipe.image.ImageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** {@code formats}. */
final class FormatsVerb {
    private FormatsVerb() {}

    static ExitCode run(Terminal terminal) {
        try (Codecs codecs = Codecs.ofThisMachine()) {
            terminal.out(table(codecs.all()));
        }
        return ExitCode.OK;
    }

    /**
     * A line for each format: its extensions, the codec that reads it, the codec that writes it.
     */
    static String table(List<Codec> codecs) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("format", "extensions", "read by", "written by"));
        for (ImageFormat format : ImageFormat.values()) {
            rows.add(
                    List.of(
                            format.toString(),
                            String.join(" ", format.extensions()),
                            first(codecs, format, Codec::reads),
                            first(codecs, format, Codec::writes)));
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell).repeat(' ', width(rows, column) + 2 - cell.length());
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String first(
            List<Codec> codecs, ImageFormat format, Function<Codec, Set<ImageFormat>> does) {
        return codecs.stream()
                .filter(codec -> does.apply(codec).contains(format))
                .map(Codec::name)
                .findFirst()
                .orElse("-");
    }
}
