package imgpipe.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import imgpipe.codec.PictureFacts;
import imgpipe.codec.ProfileName;
import imgpipe.image.IccProfile;
import imgpipe.image.Size;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a picture as a JSON object. All members are there for every picture; what does
 * not apply is null.
 */
final class FactsJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private FactsJson() {}

    /** A file that is a picture. */
    static String of(String name, PictureFacts facts, long bytes) {
        return object(json -> write(json, name, facts, bytes));
    }

    /** A file that is none. */
    static String of(String name, String kind, String message) {
        return object(
                json -> {
                    json.writeStringField("file", name);
                    json.writeObjectFieldStart("failure");
                    json.writeStringField("kind", kind);
                    json.writeStringField("message", message);
                    json.writeEndObject();
                });
    }

    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private static String object(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String name, PictureFacts facts, long bytes)
            throws IOException {
        Size stored = facts.header().size();
        Size upright = FactsText.upright(facts);
        json.writeStringField("file", name);
        json.writeStringField("format", facts.header().format().toString());
        json.writeNumberField("width", stored.width());
        json.writeNumberField("height", stored.height());
        json.writeNumberField("orientation", facts.header().orientation().exif());
        json.writeNumberField("uprightWidth", upright.width());
        json.writeNumberField("uprightHeight", upright.height());
        json.writeNumberField("frames", facts.frames());
        Integer loops = facts.loops();
        if (loops == null) {
            json.writeNullField("loops");
        } else {
            json.writeNumberField("loops", loops);
        }
        PictureFacts.Pixels pixels = facts.pixels();
        text(json, "color", pixels.color());
        json.writeNumberField("bits", pixels.bits());
        json.writeBooleanField("alpha", pixels.alpha());
        text(json, "chroma", pixels.chroma());
        text(json, "coding", pixels.coding());
        json.writeBooleanField("progressive", pixels.progressive());
        IccProfile profile = facts.profile();
        text(json, "profile", profile == null ? null : ProfileName.of(profile).orElse("unnamed"));
        size(json, "exif", facts.metadata().exif());
        size(json, "xmp", facts.metadata().xmp());
        size(json, "iptc", facts.metadata().iptc());
        json.writeNumberField("bytes", bytes);
        json.writeStringField("codec", facts.codec());
    }

    private static void text(JsonGenerator json, String name, @Nullable String value)
            throws IOException {
        json.writeStringField(name, value == null || value.isEmpty() ? null : value);
    }

    private static void size(JsonGenerator json, String name, @Nullable MemorySegment block)
            throws IOException {
        if (block == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, block.byteSize());
        }
    }
}
