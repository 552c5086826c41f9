package imgpipe.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import imgpipe.job.JobException.Reason;
import imgpipe.shard.FileFault;
import imgpipe.shard.Limits;
import imgpipe.transfer.store.Addresses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the last run that took an input was asked to do, as {@code job.json} keeps it: for people,
 * and for verbs that go on with it. It holds no secrets.
 *
 * @param arguments see {@link JobSpec#arguments()}
 * @param root the folder that names in the ledger are relative to, without links; null where
 *     pictures are fetched
 * @param in what stood as IN where pictures are fetched, or null: for a list of addresses, which is
 *     among the arguments, and for an address that may hold a secret
 * @param inPlace see {@link JobSpec#inPlace()}
 * @param manifest file that named all outputs, or null for none
 */
public record JobRecord(
        List<String> arguments,
        @Nullable Path root,
        @Nullable String in,
        boolean inPlace,
        @Nullable Path manifest) {
    /** Counted up when an older reader would misunderstand what is written. */
    private static final int FORMAT = 1;

    private static final String NAME = "job.json";

    public JobRecord {
        arguments = List.copyOf(arguments);
    }

    /**
     * Reads the record in a job folder; empty if there is none.
     *
     * @throws JobException when it is torn, or another version's
     */
    public static Optional<JobRecord> read(Path jobFolder) throws JobException {
        Path file = jobFolder.resolve(NAME);
        String fault = "is torn or was changed";
        try (JsonParser json = new JsonFactory().createParser(Files.newInputStream(file))) {
            int format = 0;
            List<String> arguments = List.of();
            Path root = null;
            String in = null;
            boolean inPlace = false;
            Path manifest = null;
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "format" -> format = json.getIntValue();
                    case "arguments" -> arguments = strings(json);
                    case "root" -> root = Path.of(URI.create(json.getText()));
                    case "in" -> in = json.getText();
                    case "inPlace" -> inPlace = json.getBooleanValue();
                    case "manifest" -> manifest = Path.of(URI.create(json.getText()));
                    default -> json.skipChildren();
                }
            }
            boolean whole = json.currentToken() == JsonToken.END_OBJECT;
            if (whole && format == FORMAT && !arguments.isEmpty()) {
                return Optional.of(new JobRecord(arguments, root, in, inPlace, manifest));
            }
            if (whole && format != FORMAT) {
                fault = "is of another version of imgpipe";
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException
                | FileSystemNotFoundException
                | com.fasterxml.jackson.core.JacksonException e) {
            // Told below. An address need not be that of a file.
        } catch (IOException e) {
            fault = "cannot be read: " + FileFault.reason(e);
        }
        throw new JobException(
                Reason.FAILED,
                file + " " + fault + "; the command of that run, given again, writes it anew");
    }

    private static List<String> strings(JsonParser json) throws IOException {
        List<String> strings = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            strings.add(json.getText());
        }
        return strings;
    }

    /**
     * Writes the record into the job folder; whoever reads it finds the old one or the new one.
     *
     * @param root see {@link #root()}
     */
    static void write(JobSpec spec, @Nullable Path root) throws IOException {
        Path file = spec.jobFolder().resolve(NAME);
        Path temporary = spec.jobFolder().resolve(NAME + ".tmp");
        try {
            writeAnew(spec, root, temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void writeAnew(JobSpec spec, @Nullable Path root, Path file) throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(Files.newBufferedWriter(file))) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeStringField("verb", spec.verb());
            json.writeFieldName("arguments");
            json.writeArray(spec.arguments().toArray(String[]::new), 0, spec.arguments().size());
            // As a name on Linux is any bytes, these are addresses.
            if (root != null) {
                json.writeStringField("root", root.toUri().toString());
            }
            Path manifest = spec.manifest();
            if (manifest != null) {
                json.writeStringField("manifest", manifest.toAbsolutePath().toUri().toString());
            }
            input(spec.input(), json);
            json.writeStringField(
                    "output",
                    spec.address() == null
                            ? spec.output().toAbsolutePath().toString()
                            : spec.destination());
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
            json.writeNumberField("transfers", spec.network().transfers());
            json.writeNumberField("retries", spec.network().retries());
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
            case Input.Unfinished unfinished ->
                    json.writeStringField("folder", unfinished.root().toString());
            case Input.Bucket bucket -> json.writeStringField("in", bucket.address());
            case Input.Archive archive -> json.writeStringField("in", archive.file().toString());
            case Input.Address single -> {
                if (Addresses.readable(single.address()).equals(single.address())) {
                    json.writeStringField("in", single.address());
                }
            }
            case Input.Addresses addresses -> {
                Path list = addresses.list();
                json.writeStringField(
                        "list", list == null ? "-" : list.toAbsolutePath().toString());
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
