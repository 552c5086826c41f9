package imgpipe.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerEntry.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A ledger entry as one line of JSON in UTF-8.
 *
 * <pre>
 * {"name":"a/b.jpg","bytes":1,"modified":2,"work":"0f…","state":"done",
 *  "outputs":[{"path":"a/b.jpg","bytes":3,"modified":4,"crc32c":5,"width":6,"height":7}],
 *  "crc":"89abcdef"}
 * </pre>
 *
 * The last field is the CRC32C (RFC 3720, appendix B.4) of all bytes of the line before {@code
 * ,"crc"}, as eight hexadecimal digits. A line without it, as the first versions wrote them, is not
 * believed: its pictures are done again. To believe it would mean to believe a line that was
 * damaged just there. Fields that a reader does not know it skips.
 */
final class LedgerFormat {
    private static final JsonFactory JSON = new JsonFactory();
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] CRC = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int CRC_DIGITS = 8;

    /** Bytes from the comma to the closing brace. */
    private static final int SEAL = CRC.length + CRC_DIGITS + 2;

    private LedgerFormat() {}

    /** Writes an entry's line with its line feed. */
    static void write(LedgerEntry entry, ByteArrayOutputStream out) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(line)) {
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
            if (!entry.validator().isEmpty()) {
                json.writeStringField("validator", entry.validator());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written to", e);
        }
        byte[] bytes = line.toByteArray();
        int sealed = bytes.length - 1;
        out.write(bytes, 0, sealed);
        out.writeBytes(CRC);
        out.writeBytes(digits(bytes, 0, sealed).getBytes(StandardCharsets.US_ASCII));
        out.write('"');
        out.write('}');
        out.write('\n');
    }

    private static String digits(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return HEX.toHexDigits((int) crc.getValue());
    }

    private static boolean isWhole(byte[] bytes, int offset, int length) {
        int sealed = length - SEAL;
        if (sealed <= 0) {
            return false;
        }
        int mark = offset + sealed;
        int digits = mark + CRC.length;
        return Arrays.equals(bytes, mark, digits, CRC, 0, CRC.length)
                && new String(bytes, digits, CRC_DIGITS, StandardCharsets.ISO_8859_1)
                        .equals(digits(bytes, offset, sealed))
                && bytes[digits + CRC_DIGITS] == '"'
                && bytes[digits + CRC_DIGITS + 1] == '}';
    }

    /**
     * The entry of a line without its line feed, or null if the line is none: damaged, or not ours.
     */
    static @Nullable LedgerEntry read(byte[] line, int offset, int length) {
        if (!isWhole(line, offset, length)) {
            return null;
        }
        String name = null;
        String work = null;
        State state = null;
        String kind = null;
        String message = null;
        String validator = "";
        long bytes = -1;
        long modified = 0;
        List<Output> outputs = List.of();
        try (JsonParser json = JSON.createParser(line, offset, length)) {
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
                    case "validator" -> validator = json.getText();
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
                : new LedgerEntry(
                        name, bytes, modified, work, state, outputs, kind, message, validator);
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
