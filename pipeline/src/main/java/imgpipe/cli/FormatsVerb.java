package imgpipe.cli;

import imgpipe.codec.Codec;
import imgpipe.codec.Codecs;
import imgpipe.image.ImageFormat;
import java.util.List;
import java.util.Locale;
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
        StringBuilder text = new StringBuilder();
        row(text, "format", "extensions", "read by", "written by");
        for (ImageFormat format : ImageFormat.values()) {
            row(
                    text,
                    format.toString(),
                    String.join(" ", format.extensions()),
                    first(codecs, format, Codec::reads),
                    first(codecs, format, Codec::writes));
        }
        return text.toString();
    }

    private static String first(
            List<Codec> codecs, ImageFormat format, Function<Codec, Set<ImageFormat>> does) {
        return codecs.stream()
                .filter(codec -> does.apply(codec).contains(format))
                .map(Codec::name)
                .findFirst()
                .orElse("-");
    }

    private static void row(
            StringBuilder text, String format, String extensions, String reads, String writes) {
        text.append(
                String.format(
                        Locale.ROOT, "%-7s %-24s %-24s %s\n", format, extensions, reads, writes));
    }
}
