package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleTest {
    private static List<Integer> of(int most, int count) {
        Sample<Integer> sample = new Sample<>(most);
        for (int i = 0; i < count; i++) {
            sample.add(i);
        }
        assertThat(sample.seen()).isEqualTo(count);
        return sample.elements();
    }

    @Test
    void keepsAllOfAFew() {
        assertThat(of(5, 0)).isEmpty();
        assertThat(of(5, 4)).containsExactly(0, 1, 2, 3);
        assertThat(of(5, 5)).containsExactly(0, 1, 2, 3, 4);
    }

    @ParameterizedTest
    @CsvSource({"5, 6", "5, 10", "5, 11", "5, 1000", "100, 12345", "1, 9", "7, 100"})
    void spreadsEvenly(int most, int count) {
        List<Integer> elements = of(most, count);

        assertThat(elements).hasSize(most).startsWith(0).isSorted().doesNotHaveDuplicates();
        // No gap is larger than four times the fair one: halving leaves up to half of it unseen.
        for (int i = 1; i <= most; i++) {
            int next = i == most ? count : elements.get(i);
            assertThat(next - elements.get(i - 1)).isLessThanOrEqualTo(4 * (count / most + 1));
        }
    }
}
