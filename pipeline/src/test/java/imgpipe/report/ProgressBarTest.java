package imgpipe.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private static final List<Optional<Duration>> WORKERS =
            List.of(
                    Optional.empty(),
                    Optional.of(Duration.ZERO),
                    Optional.of(Duration.ofMillis(250)),
                    Optional.of(Duration.ofSeconds(60)));

    @Test
    void countsWhileItScans() {
        ProgressState state =
                new ProgressState(false, 12_345, 9, 0, 0, 0, Duration.ZERO, List.of());

        assertThat(ProgressBar.line(state, 80, true, false))
                .isEqualTo("scanning, 12,345 pictures…");
        assertThat(ProgressBar.line(state, 80, false, false))
                .isEqualTo("scanning, 12,345 pictures...");
        assertThat(ProgressBar.text(state)).isEqualTo("scanning, 12,345 pictures");
    }

    @Test
    void showsWorkersCountsPaceAndWhatIsLeft() {
        // A quarter of the bytes in 10 s: 30 s are left, and the line rounds up.
        assertThat(ProgressBar.line(running(2), 100, true, false))
                .isEqualTo("[·▁▂█]  312/1,204 25%  2 failed  31 s left  31.2/s  500 MB");
        assertThat(ProgressBar.line(running(2), 100, false, false))
                .isEqualTo("[ _.#]  312/1,204 25%  2 failed  31 s left  31.2/s  500 MB");
        assertThat(ProgressBar.text(running(0)))
                .isEqualTo("312/1,204 25%, 500 MB, 31.2/s, 31 s left");
    }

    @Test
    void fitsIntoEveryWidth() {
        for (int columns = 1; columns <= 120; columns++) {
            assertThat(ProgressBar.line(running(2), columns, true, false)).hasSizeLessThan(columns);
        }
        assertThat(ProgressBar.line(running(2), 40, true, false))
                .isEqualTo("[·▁▂█]  312/1,204 25%  2 failed");
        assertThat(ProgressBar.line(running(2), 20, true, false)).isEqualTo("312/1,204 25%");
    }

    @Test
    void drawsCountsRatherThanSixtyWorkersOnANarrowTerminal() {
        ProgressState state =
                new ProgressState(
                        true,
                        9,
                        9,
                        3,
                        3,
                        0,
                        Duration.ofSeconds(1),
                        Collections.nCopies(60, Optional.empty()));

        assertThat(ProgressBar.line(state, 50, true, false)).startsWith("3/9 33%");
    }

    @Test
    void colorsFailuresOnlyWhereWanted() {
        assertThat(ProgressBar.line(running(2), 100, true, true))
                .contains("  \033[31m2 failed\033[0m  ");
        assertThat(ProgressBar.line(running(0), 100, true, true)).doesNotContain("\033");
    }

    @Test
    void saysNothingOfTheTimeLeftBeforeItCanKnow() {
        ProgressState begun =
                new ProgressState(true, 10, 100, 0, 0, 0, Duration.ofSeconds(5), List.of());
        ProgressState early =
                new ProgressState(true, 10, 100, 1, 10, 0, Duration.ofMillis(900), List.of());

        assertThat(begun.left()).isEmpty();
        assertThat(early.left()).isEmpty();
    }

    private static ProgressState running(long failed) {
        return new ProgressState(
                true,
                1204,
                2_000_000_000,
                312,
                500_000_000,
                failed,
                Duration.ofSeconds(10),
                WORKERS);
    }
}
