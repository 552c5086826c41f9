package imgpipe.transfer.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What a sample says of itself: one JSON object, the same for the same sample. */
final class SampleJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SampleJson() {}

    /**
     * The description: the source's name and size, and of each picture the extension, size and
     * sides; those of the first stand outside as well, as most samples have one.
     */
    static byte[] of(Sample sample) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("key", sample.key());
            json.writeStringField("source", sample.name());
            json.writeNumberField("source_bytes", sample.bytes());
            facts(json, sample.pictures().getFirst());
            json.writeArrayFieldStart("pictures");
            for (Sample.Picture picture : sample.pictures()) {
                json.writeStartObject();
                json.writeStringField("extension", picture.extension());
                facts(json, picture);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("memory takes all that is written", e);
        }
        return bytes.toByteArray();
    }

    private static void facts(JsonGenerator json, Sample.Picture picture) throws IOException {
        json.writeNumberField("width", picture.width());
        json.writeNumberField("height", picture.height());
        json.writeNumberField("bytes", picture.bytes());
    }
}
