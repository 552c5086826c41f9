package imgpipe.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import imgpipe.shard.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes down what the run was asked to do, for people and for later verbs. It holds no secrets.
 */
final class JobRecord {
    private JobRecord() {}

    static void write(JobSpec spec, Path file) throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(Files.newBufferedWriter(file))) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("verb", spec.verb());
            input(spec.input(), json);
            json.writeStringField("output", spec.output().toAbsolutePath().toString());
            renditions(spec, json);
            json.writeStringField("name", spec.name().text());
            json.writeStringField("overwrite", spec.overwrite().name().toLowerCase(Locale.ROOT));
            json.writeBooleanField("allFiles", spec.allFiles());
            json.writeBooleanField("inPlace", spec.inPlace());
            json.writeNumberField("maxPixels", spec.limits().maxPixels());
            json.writeNumberField("maxFrames", spec.limits().maxFrames());
            json.writeNumberField("maxFileBytes", spec.limits().maxFileBytes());
            json.writeBooleanField("lenient", spec.limits().lenient());
            json.writeBooleanField("fastJpeg", spec.limits().fastJpeg());
            json.writeNumberField("page", spec.limits().page());
            if (spec.limits().frames() != Limits.ALL_FRAMES) {
                json.writeNumberField("frames", spec.limits().frames());
            }
            json.writeStringField("engine", spec.engine().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("workers", spec.workers());
            json.writeNumberField("transfers", spec.transfers());
            json.writeNumberField("retries", spec.retries());
            json.writeStringField("timeout", spec.timeout().toString());
            json.writeEndObject();
        }
    }

    private static void renditions(JobSpec spec, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("renditions");
        for (RenditionSpec rendition : spec.renditions()) {
            json.writeStartObject();
            json.writeStringField("recipe", rendition.recipe().toString());
            if (rendition.recipe().format() == null) {
                // A recipe without a format does not show them.
                json.writeStringField("settings", rendition.recipe().settings().toString());
            }
            json.writeStringField("size", rendition.size());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void input(Input input, JsonGenerator json) throws IOException {
        switch (input) {
            case Input.Folder folder ->
                    json.writeStringField("folder", folder.root().toAbsolutePath().toString());
            case Input.SingleFile file ->
                    json.writeStringField("file", file.file().toAbsolutePath().toString());
            case Input.Glob glob -> {
                json.writeStringField("folder", glob.root().toAbsolutePath().toString());
                json.writeStringField("glob", glob.pattern());
            }
            case Input.Listed listed -> {
                json.writeStringField("folder", listed.root().toAbsolutePath().toString());
                Path list = listed.list();
                json.writeStringField(
                        "list", list == null ? "-" : list.toAbsolutePath().toString());
            }
        }
    }
}
