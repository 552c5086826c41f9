package imgpipe.resample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** This machine's widest vectors; {@link VectorWidthsIT} tries the others. */
class VectorLanesTest {
    @Test
    void makesTheSameBytesAsPlainLoops() {
        assertThat(VectorLanes.suitable()).isTrue();
        LanesAgreement.check(1, 200);
    }
}
