package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.job.Bounds;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BoundArgumentsTest {
    private static Bounds bounds(String... options) throws UsageException {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "resize";
        arguments[1] = "in";
        arguments[2] = "out";
        System.arraycopy(options, 0, arguments, 3, options.length);
        return BoundArguments.bounds(ArgumentParser.parse(arguments));
    }

    @Test
    void boundsNothingUnlessAsked() throws UsageException {
        assertThat(bounds()).isEqualTo(Bounds.NONE);
    }

    @Test
    void takesNumbersPercentagesAndTimes() throws UsageException {
        assertThat(bounds("--max-failures", "0").maxFailures()).isZero();
        assertThat(bounds("--max-failures", "250").maxFailures()).isEqualTo(250);
        assertThat(bounds("--max-failures", "2.5%").maxFailedPercent()).isEqualTo(2.5);
        assertThat(bounds("--max-failures", "2.5%").maxFailures()).isEqualTo(Long.MAX_VALUE);
        assertThat(bounds("--max-duration", "6h").maxDuration()).isEqualTo(Duration.ofHours(6));
        assertThat(bounds("--max-duration", "90").maxDuration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(bounds("--max-duration", "48h").maxDuration()).isEqualTo(Duration.ofDays(2));
    }

    @Test
    void refusesWhatIsNeither() {
        for (String text : new String[] {"-1", "many", "100%", "%", "1.5", ""}) {
            assertThatThrownBy(() -> bounds("--max-failures=" + text))
                    .as(text)
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("--max-failures");
        }
        for (String text : new String[] {"0", "6d", "9000h"}) {
            assertThatThrownBy(() -> bounds("--max-duration", text))
                    .as(text)
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("a time such as 90m or 6h");
        }
    }
}
