package imgpipe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void takesTheMiddleOfAnOddNumber() {
        assertThat(Spread.of(5, 1, 3)).isEqualTo(new Spread(3, 1, 5));
    }

    @Test
    void takesTheMeanOfTheTwoInTheMiddle() {
        assertThat(Spread.of(8, 1, 2, 4)).isEqualTo(new Spread(3, 1, 8));
    }

    @Test
    void hasNoneOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(Spread::of);
    }
}
