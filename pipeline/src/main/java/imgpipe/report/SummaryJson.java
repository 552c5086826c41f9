package imgpipe.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import imgpipe.job.JobSummary;
import imgpipe.job.Stop;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** The sums of a run as one JSON object, the same for {@code --json} and {@code summary.json}. */
public final class SummaryJson {
    private SummaryJson() {}

    /**
     * The object of a run that was left out, with a line feed behind it.
     *
     * @param version of imgpipe
     * @param verb as typed
     * @param exitCode of the process
     */
    public static String write(String version, String verb, JobSummary summary, int exitCode) {
        return write(version, verb, Map.of(), summary, exitCode);
    }

    /** The same of a run that came to no end of its own, with all sums 0 and the reason. */
    public static String refused(String version, String verb, int exitCode, String message) {
        return write(version, verb, Map.of("message", message), JobSummary.nothing(), exitCode);
    }

    /**
     * The object, with a line feed behind it.
     *
     * @param version of imgpipe
     * @param verb as typed
     * @param circumstances what else is to be said, by the fields' names, in this order
     * @param exitCode of the process
     */
    public static String write(
            String version,
            String verb,
            Map<String, String> circumstances,
            JobSummary summary,
            int exitCode) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("version", version);
            json.writeStringField("verb", verb);
            for (Map.Entry<String, String> field : circumstances.entrySet()) {
                json.writeStringField(field.getKey(), field.getValue());
            }
            json.writeNumberField("found", summary.found());
            json.writeNumberField("ignored", summary.ignored());
            json.writeNumberField("done", summary.done());
            json.writeNumberField("skipped", summary.skipped());
            json.writeNumberField("failed", summary.failed());
            json.writeNumberField("quarantined", summary.quarantined());
            json.writeNumberField("notStarted", summary.notStarted());
            json.writeNumberField("bytesIn", summary.bytesIn());
            json.writeNumberField("bytesOut", summary.bytesOut());
            decimal(json, "seconds", summary.elapsed().toNanos() / 1e9);
            decimal(
                    json,
                    "imagesPerSecond",
                    Units.rate((double) summary.done(), summary.elapsed()));
            decimal(
                    json,
                    "megapixelsPerSecond",
                    Units.rate(summary.pixels() / 1e6, summary.elapsed()));
            json.writeNumberField("workers", summary.workers());
            json.writeNumberField("workerDeaths", summary.workerDeaths());
            json.writeNumberField("retries", summary.retries());
            json.writeStringField("stopped", summary.stop().map(Stop::toString).orElse(null));
            if (summary.reason().isPresent()) {
                json.writeStringField("reason", summary.reason().get());
            }
            json.writeNumberField("exitCode", exitCode);
            json.writeArrayFieldStart("failures");
            for (JobSummary.Failure failure : summary.failures()) {
                json.writeStartObject();
                json.writeStringField("source", failure.source());
                json.writeStringField("kind", failure.kind().name());
                json.writeStringField("message", failure.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private static void decimal(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(String.format(Locale.ROOT, "%.3f", value));
    }
}
