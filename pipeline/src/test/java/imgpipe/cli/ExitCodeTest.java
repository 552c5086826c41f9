package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.job.JobSummary;
import imgpipe.job.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    @Test
    void isZeroWhenAllIsDoneOrUpToDate() {
        assertThat(code(2, 3, 0, 0, 0, null)).isEqualTo(0);
        assertThat(code(0, 0, 0, 0, 0, null)).isEqualTo(0);
    }

    @Test
    void isThreeWhenPicturesFailed() {
        assertThat(code(2, 0, 1, 0, 0, null)).isEqualTo(3);
        assertThat(code(2, 0, 0, 1, 0, null)).isEqualTo(3);
    }

    @Test
    void tellsWhyARunEndedEarlyWhateverFailed() {
        assertThat(code(1, 0, 1, 0, 1, Stop.DISK_FULL)).isEqualTo(4);
        assertThat(code(1, 0, 1, 0, 1, Stop.WORKERS)).isEqualTo(4);
        assertThat(code(1, 0, 1, 0, 1, Stop.IO_ERROR)).isEqualTo(1);
        assertThat(code(1, 0, 1, 0, 1, Stop.INTERRUPTED)).isEqualTo(130);
        assertThat(code(1, 0, 1, 0, 1, Stop.TERMINATED)).isEqualTo(143);
    }

    @Test
    void hasTheValuesThatScriptsKnow() {
        assertThat(ExitCode.OK.value()).isEqualTo(0);
        assertThat(ExitCode.FAILED.value()).isEqualTo(1);
        assertThat(ExitCode.USAGE.value()).isEqualTo(2);
        assertThat(ExitCode.LOCKED.value()).isEqualTo(75);
    }

    private static int code(
            long done,
            long skipped,
            long failed,
            long quarantined,
            long notStarted,
            @Nullable Stop stop) {
        return ExitCode.of(
                        new JobSummary(
                                done + skipped + failed + quarantined + notStarted,
                                0,
                                done,
                                skipped,
                                failed,
                                quarantined,
                                notStarted,
                                0,
                                0,
                                0,
                                Duration.ofSeconds(1),
                                2,
                                0,
                                0,
                                List.of(),
                                Optional.ofNullable(stop),
                                Optional.empty()))
                .value();
    }
}
