package imgpipe.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import imgpipe.codec.Codec;
import imgpipe.codec.Codecs;
import imgpipe.image.ImageFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** {@code formats}. */
final class FormatsVerb {
    private FormatsVerb() {}

    static ExitCode run(Arguments arguments, Terminal terminal) throws IOException {
        try (Codecs codecs = Codecs.ofThisMachine()) {
            if (arguments.has(Opt.JSON)) {
                terminal.outUtf8(json(codecs.all()));
            } else {
                terminal.out(table(codecs.all()));
            }
        }
        return ExitCode.OK;
    }

    /**
     * A line for each format: its extensions, the codec that is asked first to read it, the codec
     * that writes it, and what an output can hold beside colors.
     */
    static String table(List<Codec> codecs) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("format", "extensions", "read by", "written by", "holds"));
        for (ImageFormat format : ImageFormat.values()) {
            List<String> readers = names(codecs, format, Codec::reads);
            List<String> writers = names(codecs, format, Codec::writes);
            rows.add(
                    List.of(
                            format.toString(),
                            String.join(" ", format.extensions()),
                            readers.isEmpty() ? "-" : readers.getFirst(),
                            writers.isEmpty() ? "-" : writers.getFirst(),
                            holds(format, animates(codecs, format))));
        }
        return Table.of(rows);
    }

    private static boolean animates(List<Codec> codecs, ImageFormat format) {
        return codecs.stream()
                .filter(codec -> codec.writes().contains(format))
                .findFirst()
                .filter(codec -> codec.animates(format))
                .isPresent();
    }

    private static String holds(ImageFormat format, boolean animated) {
        if (!format.writable()) {
            return "";
        }
        return (format.alpha() ? "alpha" : "") + (animated ? " animation" : "");
    }

    /** The same, with all codecs in the order in which they are asked. */
    static String json(List<Codec> codecs) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartArray();
            for (ImageFormat format : ImageFormat.values()) {
                json.writeStartObject();
                json.writeStringField("format", format.toString());
                list(json, "extensions", format.extensions());
                list(json, "readBy", names(codecs, format, Codec::reads));
                list(json, "writtenBy", names(codecs, format, Codec::writes));
                json.writeBooleanField("alpha", format.alpha());
                json.writeBooleanField("animated", animates(codecs, format));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return text.append('\n').toString();
    }

    private static void list(JsonGenerator json, String name, List<String> values)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static List<String> names(
            List<Codec> codecs, ImageFormat format, Function<Codec, Set<ImageFormat>> does) {
        return codecs.stream()
                .filter(codec -> does.apply(codec).contains(format))
                .map(Codec::name)
                .toList();
    }
}
