package imgpipe.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceLimitTest {
    @Test
    void namesTheOptionThatBinds() {
        assertThat(SourceLimit.of(10, 100)).isEqualTo(new SourceLimit(10, "--max-file allows"));
        assertThat(SourceLimit.of(60, 100))
                .isEqualTo(new SourceLimit(50, "half of --spool-size allows"));
        assertThat(SourceLimit.of(50, 100))
                .isEqualTo(new SourceLimit(50, "--max-file and half of --spool-size allow"));
        assertThat(SourceLimit.of(60, 1).bytes()).isEqualTo(1);
    }
}
