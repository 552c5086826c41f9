package imgpipe.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/** A result as one JSON object. What is not known is null. */
public final class BenchJson {
    private BenchJson() {}

    /**
     * The object, with a line feed behind it.
     *
     * @param version of imgpipe
     * @param exitCode of the process
     */
    public static String write(String version, Result result, int exitCode) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("version", version);
            json.writeStringField("verb", "bench");
            machine(json, result.machine());
            json.writeNumberField("pictures", result.pictures());
            json.writeNumberField("pixels", result.pixels());
            json.writeNumberField("rounds", result.rounds());
            json.writeArrayFieldStart("figures");
            for (Figures figures : result.figures()) {
                figures(json, result, figures);
            }
            json.writeEndArray();
            if (result.peakBytes().isPresent()) {
                json.writeNumberField("peakBytes", result.peakBytes().getAsLong());
            } else {
                json.writeNullField("peakBytes");
            }
            json.writeStringField("reading", result.figures().isEmpty() ? "" : Reading.of(result));
            json.writeArrayFieldStart("failures");
            for (Result.Failure failure : result.failures()) {
                json.writeStartObject();
                json.writeStringField("source", failure.source());
                json.writeStringField("message", failure.sentence());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("exitCode", exitCode);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private static void machine(JsonGenerator json, Machine machine) throws IOException {
        json.writeObjectFieldStart("machine");
        json.writeStringField("cpu", machine.cpu());
        json.writeNumberField("cores", machine.cores());
        json.writeStringField("java", machine.java());
        json.writeStringField("os", machine.os());
        json.writeStringField("collectors", machine.collectors());
        json.writeEndObject();
    }

    private static void figures(JsonGenerator json, Result result, Figures figures)
            throws IOException {
        int workers = figures.contender().workers();
        Spread speedUp = figures.timesAsFastAs(result.baseline());
        json.writeStartObject();
        json.writeStringField("form", figures.contender().form().toString());
        json.writeNumberField("workers", workers);
        spread(json, "imagesPerSecond", figures.rate());
        decimal(json, "megapixelsPerSecond", figures.megapixels());
        spread(json, "speedUp", speedUp);
        spread(json, "efficiency", speedUp.dividedBy(workers));
        decimal(json, "cpuSecondsPerImage", figures.cpuPerPicture());
        decimal(
                json,
                "gcShare",
                figures.contender().form() == Form.PROCESSES ? Double.NaN : figures.gcShare());
        decimal(json, "startUpSeconds", figures.startUp().orElse(Double.NaN));
        if (figures.peakBytes().isPresent()) {
            json.writeNumberField("peakBytes", figures.peakBytes().getAsLong());
        } else {
            json.writeNullField("peakBytes");
        }
        json.writeArrayFieldStart("laps");
        for (Lap lap : figures.laps()) {
            json.writeStartObject();
            json.writeNumberField("pictures", lap.pictures());
            decimal(json, "seconds", lap.seconds());
            decimal(json, "cpuSeconds", lap.cpuSeconds());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void spread(JsonGenerator json, String name, Spread spread) throws IOException {
        json.writeObjectFieldStart(name);
        decimal(json, "median", spread.median());
        decimal(json, "min", spread.min());
        decimal(json, "max", spread.max());
        json.writeEndObject();
    }

    private static void decimal(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        if (Double.isNaN(value)) {
            json.writeNull();
        } else {
            json.writeNumber(String.format(Locale.ROOT, "%.4f", value));
        }
    }
}
