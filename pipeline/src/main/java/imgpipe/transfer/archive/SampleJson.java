package imgpipe.transfer.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What a sample says of itself: one JSON object, the same for the same sample. */
final class SampleJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SampleJson() {}

    static byte[] of(Sample sample) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("key", sample.key());
            json.writeStringField("name", sample.name());
            json.writeNumberField("width", sample.width());
            json.writeNumberField("height", sample.height());
            json.writeNumberField("bytes", sample.bytes());
            json.writeStringField("crc32c", "%08x".formatted(sample.crc32c()));
            json.writeStringField("source", sample.source());
            json.writeNumberField("source_bytes", sample.sourceBytes());
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("memory takes all that is written", e);
        }
        return bytes.toByteArray();
    }
}
