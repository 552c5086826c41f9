package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.job.JobSummary;
import imgpipe.job.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultTextTest {
    @Test
    void asksForRoomWhereItIsMissing() {
        assertThat(problems(Optional.empty()))
                .containsExactly(
                        "imgpipe: stopped as there is no room left for outputs; make some; the same"
                                + " command goes on where this run ended");
        assertThat(problems(Optional.of("no room left in /out/.imgpipe/tmp, where the spool lies")))
                .containsExactly(
                        "imgpipe: stopped as there is no room left in /out/.imgpipe/tmp, where the"
                                + " spool lies; make some, or keep it smaller with --spool-size;"
                                + " the same command goes on where this run ended");
    }

    private static List<String> problems(Optional<String> reason) {
        return ResultText.problems(
                new JobSummary(
                        1,
                        0,
                        0,
                        0,
                        0,
                        0,
                        1,
                        0,
                        0,
                        0,
                        Duration.ofSeconds(1),
                        1,
                        0,
                        0,
                        List.of(),
                        Optional.of(Stop.DISK_FULL),
                        reason),
                Path.of("joblog.tsv"));
    }
}
