package imgpipe.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import imgpipe.ledger.LedgerEntry;
import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerLookup;
import imgpipe.shard.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A list of what a run has made or found up to date, in the order of the listing, for programs that
 * make web pages.
 *
 * <pre>
 * [ { "source": "a/b.jpg",
 *     "outputs": [ { "path": "a/b-800.jpg", "type": "image/jpeg",
 *                    "width": 800, "height": 600, "bytes": 81234 }, … ],
 *     "srcset": { "image/jpeg": "a/b-400.jpg 400w, a/b-800.jpg 800w" },
 *     "html": "&lt;img src=… srcset=… width=… height=… alt=…&gt;" }, … ]
 * </pre>
 *
 * Paths are relative to the output folder; in {@code srcset} and {@code html} they are addresses.
 */
final class Manifest {
    private final Planner planner;
    private final LedgerLookup ledger;
    private final JsonGenerator json;

    private Manifest(Planner planner, LedgerLookup ledger, JsonGenerator json) {
        this.planner = planner;
        this.ledger = ledger;
        this.json = json;
    }

    /**
     * Writes the list; the file appears whole or not at all.
     *
     * @param scanner of the run that has ended
     * @param ledgerFile what that run has written
     * @param stopped what ends the scan early: an older list is worth more than half of a new one
     */
    static void write(
            Scan scanner, Planner planner, Path ledgerFile, Path file, BooleanSupplier stopped)
            throws IOException, JobException, InterruptedException {
        // Not a temporary file of Java's, which others may not read.
        Path made =
                file.toAbsolutePath()
                        .resolveSibling(".imgpipe-" + ProcessHandle.current().pid() + ".json");
        Files.createDirectories(made.resolveSibling("").normalize());
        try {
            try (LedgerLookup ledger = LedgerLookup.open(ledgerFile);
                    JsonGenerator json =
                            new JsonFactory().createGenerator(Files.newBufferedWriter(made))) {
                json.setPrettyPrinter(new DefaultPrettyPrinter());
                json.writeStartArray();
                new Manifest(planner, ledger, json).list(scanner);
                json.writeEndArray();
                json.writeRaw('\n');
            }
            if (!stopped.getAsBoolean()) {
                Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private void list(Scan scanner) throws IOException, JobException, InterruptedException {
        scanner.scan(
                new ScanListener() {
                    @Override
                    public void candidate(Candidate candidate) {
                        try {
                            add(candidate);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }

                    @Override
                    public void failed(String name, FailureKind kind, String sentence) {}

                    @Override
                    public void ignored() {}
                });
    }

    private void add(Candidate candidate) throws IOException {
        Optional<LedgerEntry> entry = ledger.find(candidate.name());
        if (entry.isEmpty()) {
            return;
        }
        Set<String> targets = new HashSet<>();
        planner.targets(candidate).forEach(target -> targets.add(planner.relative(target)));
        List<Output> outputs =
                entry.get().outputs().stream()
                        .filter(output -> targets.contains(output.path()))
                        .toList();
        if (outputs.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("source", ReadableName.decode(candidate.name()));
        json.writeArrayFieldStart("outputs");
        for (Output output : outputs) {
            json.writeStartObject();
            json.writeStringField("path", ReadableName.decode(output.path()));
            json.writeStringField("type", SourceSet.type(output));
            json.writeNumberField("width", output.width());
            json.writeNumberField("height", output.height());
            json.writeNumberField("bytes", output.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
        SourceSet set = SourceSet.of(outputs);
        json.writeObjectFieldStart("srcset");
        for (var type : set.sets().entrySet()) {
            json.writeStringField(type.getKey(), type.getValue());
        }
        json.writeEndObject();
        json.writeStringField("html", set.html());
        json.writeEndObject();
    }
}
