package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundsTest {
    @Test
    void allowsAPartOfWhatWasFound() {
        assertThat(percent(10).failuresAllowed(30)).isEqualTo(3);
        assertThat(percent(10).failuresAllowed(39)).isEqualTo(3);
        assertThat(percent(10).failuresAllowed(9)).isZero();
        assertThat(percent(0).failuresAllowed(1_000_000)).isZero();
    }

    @Test
    void isNotMisledByBinaryFractions() {
        for (long found = 1000; found <= 1_000_000; found += 1000) {
            assertThat(percent(0.7).failuresAllowed(found)).isEqualTo(found / 1000 * 7);
        }
    }

    @Test
    void allowsAllUnlessAsked() {
        assertThat(Bounds.NONE.failuresAllowed(7)).isEqualTo(7);
        assertThat(new Bounds(3, 100, null).failuresAllowed(7)).isEqualTo(3);
        assertThat(new Bounds(9, 100, null).failuresAllowed(7)).isEqualTo(7);
    }

    private static Bounds percent(double percent) {
        return new Bounds(Long.MAX_VALUE, percent, null);
    }
}
