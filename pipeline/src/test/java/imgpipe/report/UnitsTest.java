package imgpipe.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnitsTest {
    @Test
    void writesBytesInPowersOfAThousand() {
        assertThat(Units.bytes(0)).isEqualTo("0 B");
        assertThat(Units.bytes(999)).isEqualTo("999 B");
        assertThat(Units.bytes(1000)).isEqualTo("1.0 kB");
        assertThat(Units.bytes(21_400_000)).isEqualTo("21.4 MB");
        assertThat(Units.bytes(999_900_000)).isEqualTo("1.0 GB");
        assertThat(Units.bytes(Long.MAX_VALUE)).isEqualTo("9.2 EB");
    }

    @Test
    void writesTimesInUnitsThatFit() {
        assertThat(Units.time(Duration.ZERO)).isEqualTo("0 ms");
        assertThat(Units.time(Duration.ofMillis(999))).isEqualTo("999 ms");
        assertThat(Units.time(Duration.ofMillis(9_130))).isEqualTo("9.1 s");
        assertThat(Units.time(Duration.ofMillis(59_940))).isEqualTo("59.9 s");
        assertThat(Units.time(Duration.ofMillis(59_970))).isEqualTo("1 min 00 s");
        assertThat(Units.time(Duration.ofSeconds(125))).isEqualTo("2 min 05 s");
        assertThat(Units.time(Duration.ofMinutes(187))).isEqualTo("3 h 07 min");
        assertThat(Units.time(Duration.ofSeconds(3599).plusMillis(900))).isEqualTo("1 h 00 min");
    }

    @Test
    void writesRatesWithTheDigitsThatMatter() {
        assertThat(Units.number(0)).isEqualTo("0.0");
        assertThat(Units.number(34.27)).isEqualTo("34.3");
        assertThat(Units.number(412.4)).isEqualTo("412");
        assertThat(Units.number(12_345.6)).isEqualTo("12,346");
        assertThat(Units.rate(10, Duration.ofMillis(2500))).isEqualTo(4.0);
        assertThat(Units.rate(10, Duration.ZERO)).isZero();
    }

    @Test
    void countsNouns() {
        assertThat(Units.counted(1, "picture")).isEqualTo("1 picture");
        assertThat(Units.counted(12_345, "picture")).isEqualTo("12,345 pictures");
    }
}
