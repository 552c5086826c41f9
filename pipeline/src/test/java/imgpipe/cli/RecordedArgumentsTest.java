package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.job.JobException;
import imgpipe.job.JobRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedArgumentsTest {
    private static JobRecord record(String... command) throws UsageException {
        return new JobRecord(
                RecordedArguments.of(ArgumentParser.parse(command)),
                Path.of("/in"),
                null,
                false,
                null);
    }

    @Test
    void keepsWhatDecidesHowPicturesBecome() throws UsageException {
        assertThat(record("thumbs", "in", "out", "--sizes", "80,20^", "--lenient").arguments())
                .containsExactly("thumbs", "--sizes=80,20^", "--lenient", "--");
        assertThat(record("run", " resize 80x80|jpeg q=7", "in", "out", "-j2").arguments())
                .startsWith("run", "--workers=2", "--")
                .last()
                .asString()
                .contains("resize 80x80")
                .contains("q=7");
    }

    @Test
    void leavesOutWhatConcernsOneRun() throws UsageException {
        assertThat(
                        record(
                                        "resize",
                                        "out",
                                        "--files-from=list",
                                        "-0",
                                        "--root=in",
                                        "--job-dir=job",
                                        "--manifest=m.json",
                                        "--max-failures=3",
                                        "--max-duration=1h",
                                        "-n",
                                        "-qvv",
                                        "--json",
                                        "--log-file=log",
                                        "--progress=never")
                                .arguments())
                .containsExactly("resize", "--");
    }

    @Test
    void namesFilesFromTheRoot() throws UsageException {
        assertThat(record("watermark", "in", "out", "--mark", "a b.png").arguments())
                .contains("--mark=" + Path.of("a b.png").toAbsolutePath());
    }

    @Test
    void readsBackWhatItKeptWithOtherOptions() throws Exception {
        JobRecord record =
                record("watermark", "in", "out", "--text", "-- a=b", "--timeout", "5s", "-j3");

        Arguments read =
                RecordedArguments.read(
                        record, "web", ArgumentParser.parse("retry", "web", "--timeout=2m", "-v"));

        assertThat(read.verb()).isEqualTo(Verb.WATERMARK);
        assertThat(read.operands()).last().isEqualTo("web");
        assertThat(read.value(Opt.TEXT)).hasValue("-- a=b");
        assertThat(read.value(Opt.TIMEOUT)).hasValue("2m");
        assertThat(read.value(Opt.WORKERS)).hasValue("3");
        assertThat(read.verbosity()).isEqualTo(1);
    }

    @Test
    void refusesOptionsOfAnotherVersion() {
        JobRecord record =
                new JobRecord(
                        List.of("resize", "--shape=x", "--"), Path.of("/in"), null, false, null);

        assertThatThrownBy(
                        () ->
                                RecordedArguments.read(
                                        record, "web", ArgumentParser.parse("retry", "web")))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("none that this version understands");
    }
}
