package imgpipe.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import imgpipe.job.ReadableName;
import imgpipe.verify.Fault;
import imgpipe.verify.Finding;
import imgpipe.verify.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** The result of a verification as one JSON object. */
final class VerifyJson {
    private VerifyJson() {}

    /**
     * The object, with a line feed behind it.
     *
     * @param findings as many as are to be listed
     */
    static String write(Verdict verdict, List<Finding> findings, ExitCode code) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("version", Version.text());
            json.writeStringField("verb", Verb.VERIFY.toString());
            json.writeNumberField("outputs", verdict.outputs());
            json.writeNumberField("intact", verdict.intact());
            for (Fault fault : Fault.values()) {
                json.writeNumberField(fault.toString(), verdict.count(fault));
            }
            json.writeNumberField("notChecked", verdict.notChecked());
            json.writeNumberField("damagedLedgerLines", verdict.damagedLines());
            json.writeNumberField("bytes", verdict.bytes());
            json.writeFieldName("seconds");
            json.writeNumber(String.format(Locale.ROOT, "%.3f", verdict.elapsed().toNanos() / 1e9));
            json.writeNumberField("exitCode", code.value());
            json.writeArrayFieldStart("findings");
            for (Finding finding : findings) {
                json.writeStartObject();
                json.writeStringField("fault", finding.fault().toString());
                json.writeStringField("path", ReadableName.decode(finding.path()));
                json.writeStringField("message", finding.sentence());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }
}
