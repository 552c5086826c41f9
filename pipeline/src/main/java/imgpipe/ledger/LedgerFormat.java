package imgpipe.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerEntry.State;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A ledger entry as one line of JSON, without its line feed.
 *
 * <pre>
 * {"name":"a/b.jpg","bytes":1,"modified":2,"work":"0f…","state":"done",
 *  "outputs":[{"path":"a/b.jpg","bytes":3,"modified":4,"crc32c":5,"width":6,"height":7}]}
 * </pre>
 *
 * Fields that a reader does not know it skips.
 */
final class LedgerFormat {
    private static final JsonFactory JSON = new JsonFactory();

    private LedgerFormat() {}

    static String write(LedgerEntry entry) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("name", entry.name());
            json.writeNumberField("bytes", entry.bytes());
            json.writeNumberField("modified", entry.modified());
            json.writeStringField("work", entry.work());
            json.writeStringField("state", entry.state().name().toLowerCase(Locale.ROOT));
            if (!entry.outputs().isEmpty()) {
                json.writeArrayFieldStart("outputs");
                for (Output output : entry.outputs()) {
                    json.writeStartObject();
                    json.writeStringField("path", output.path());
                    json.writeNumberField("bytes", output.bytes());
                    json.writeNumberField("modified", output.modified());
                    json.writeNumberField("crc32c", output.crc32c());
                    json.writeNumberField("width", output.width());
                    json.writeNumberField("height", output.height());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            if (entry.kind() != null) {
                json.writeStringField("kind", entry.kind());
            }
            if (entry.message() != null) {
                json.writeStringField("message", entry.message());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot fail to be written to", e);
        }
        return text.toString();
    }

    /** The entry of a line, or null if the line is none: torn by a crash, or not ours. */
    static @Nullable LedgerEntry read(String line) {
        String name = null;
        String work = null;
        State state = null;
        String kind = null;
        String message = null;
        long bytes = -1;
        long modified = 0;
        List<Output> outputs = List.of();
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                switch (field) {
                    case "name" -> name = json.getText();
                    case "bytes" -> bytes = json.getLongValue();
                    case "modified" -> modified = json.getLongValue();
                    case "work" -> work = json.getText();
                    case "state" -> state = State.valueOf(json.getText().toUpperCase(Locale.ROOT));
                    case "outputs" -> outputs = outputs(json);
                    case "kind" -> kind = json.getText();
                    case "message" -> message = json.getText();
                    default -> json.skipChildren();
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT) {
                return null;
            }
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
        return name == null || work == null || state == null || bytes < 0
                ? null
                : new LedgerEntry(name, bytes, modified, work, state, outputs, kind, message);
    }

    private static List<Output> outputs(JsonParser json) throws IOException {
        List<Output> outputs = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String path = "";
            long bytes = -1;
            long modified = 0;
            long crc = 0;
            int width = 0;
            int height = 0;
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                switch (field) {
                    case "path" -> path = json.getText();
                    case "bytes" -> bytes = json.getLongValue();
                    case "modified" -> modified = json.getLongValue();
                    case "crc32c" -> crc = json.getLongValue();
                    case "width" -> width = json.getIntValue();
                    case "height" -> height = json.getIntValue();
                    default -> json.skipChildren();
                }
            }
            outputs.add(new Output(path, bytes, modified, crc, width, height));
        }
        return outputs;
    }
}
