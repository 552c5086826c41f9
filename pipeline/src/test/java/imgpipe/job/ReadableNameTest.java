package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadableNameTest {
    @Test
    void decodesWhatUrisEncode() {
        assertThat(ReadableName.decode("a%20b/%C3%BC%e4%b8%ad.jpg")).isEqualTo("a b/ü中.jpg");
        assertThat(ReadableName.decode("plain-ü😀.jpg")).isEqualTo("plain-ü😀.jpg");
    }

    @Test
    void keepsBytesThatAreNoText() {
        assertThat(ReadableName.decode("%FF%FEa%C3.jpg")).isEqualTo("\\xFF\\xFEa\\xC3.jpg");
        assertThat(ReadableName.decode("a%C3")).isEqualTo("a\\xC3");
    }

    @Test
    void leavesPercentSignsThatEncodeNothing() {
        assertThat(ReadableName.decode("100%.jpg")).isEqualTo("100%.jpg");
        assertThat(ReadableName.decode("%4")).isEqualTo("%4");
        assertThat(ReadableName.decode("%zz")).isEqualTo("%zz");
    }

    @Test
    void putsTextOnOneHarmlessLine() {
        assertThat(ReadableName.oneLine("a\nb\tc\rd")).isEqualTo("a\\nb\\tc\\rd");
        assertThat(ReadableName.oneLine("\033[2Jx")).isEqualTo("\\u001b[2Jx");
        assertThat(ReadableName.oneLine("gpj.\u202Eexe")).isEqualTo("gpj.\\u202eexe");
        assertThat(ReadableName.oneLine("ü中😀 é")).isEqualTo("ü中😀 é");
    }
}
