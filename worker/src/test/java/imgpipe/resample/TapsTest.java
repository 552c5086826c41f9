package imgpipe.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TapsTest {
    @Test
    void averagesTwoSamplesByABoxOfTwo() {
        Taps taps = Taps.of(6, 0, 2, 3, Kernel.BOX);

        assertThat(weights(taps, 0)).containsExactly(0.5f, 0.5f, 0, 0, 0, 0);
        assertThat(weights(taps, 1)).containsExactly(0, 0, 0.5f, 0.5f, 0, 0);
        assertThat(weights(taps, 2)).containsExactly(0, 0, 0, 0, 0.5f, 0.5f);
        assertThat(taps.count()).isEqualTo(2);
    }

    @Test
    void countsASampleMidwayBetweenTwoPixelsForBoth() {
        Taps taps = Taps.of(3, 0, 1.5, 2, Kernel.BOX);

        assertThat(weights(taps, 0)).containsExactly(2 / 3f, 1 / 3f, 0);
        assertThat(weights(taps, 1)).containsExactly(0, 1 / 3f, 2 / 3f);
    }

    @Test
    void interpolatesBetweenNeighboursWhenEnlargingLinearly() {
        Taps taps = Taps.of(3, 0, 0.5, 6, Kernel.LINEAR);

        assertThat(weights(taps, 0)).containsExactly(1, 0, 0);
        assertThat(weights(taps, 1)).containsExactly(0.75f, 0.25f, 0);
        assertThat(weights(taps, 2)).containsExactly(0.25f, 0.75f, 0);
        assertThat(weights(taps, 5)).containsExactly(0, 0, 1);
    }

    /** The numbers were computed from the definition by a Python script. */
    @Test
    void weighsByLanczosStretchedByTheStep() {
        assertWeights(
                weights(Taps.of(40, 0, 2, 20, Kernel.LANCZOS3), 8),
                11,
                0.003689135,
                0.015056143,
                -0.033998632,
                -0.066637318,
                0.135505284,
                0.446385387,
                0.446385387,
                0.135505284,
                -0.066637318,
                -0.033998632,
                0.015056143,
                0.003689135);
        assertWeights(
                weights(Taps.of(100, 0, 2.5, 40, Kernel.LANCZOS3), 20),
                44,
                0.004181918,
                0.012478888,
                -0.009536046,
                -0.054197655,
                -0.028450517,
                0.134721054,
                0.338735343,
                0.393894524,
                0.243889447,
                0.03763726,
                -0.057100294,
                -0.03339083,
                0.006912966,
                0.009755578,
                0.000468364);
    }

    /** The numbers were computed from the definition by a Python script. */
    @Test
    void leavesOutWhatLiesBeyondTheEdgeAndScalesTheRest() {
        assertWeights(
                weights(Taps.of(40, 0, 2, 20, Kernel.LANCZOS3), 0),
                0,
                0.471674006,
                0.471674006,
                0.143181928,
                -0.070412454,
                -0.035924722,
                0.015909103,
                0.003898132);
        assertWeights(
                weights(Taps.of(10, 0, 0.5, 20, Kernel.LANCZOS3), 9),
                2,
                0.030112285,
                -0.133274636,
                0.892770774,
                0.271010568,
                -0.067997263,
                0.007378271);
    }

    @ParameterizedTest
    @EnumSource
    void copiesWithAStepOfOneAndAWholeStart(Kernel kernel) {
        Taps taps = Taps.of(5, 2, 1, 3, kernel);

        assertThat(taps.identity()).isTrue();
        assertThat(weights(taps, 0)).containsExactly(0, 0, 1, 0, 0);
        assertThat(weights(taps, 2)).containsExactly(0, 0, 0, 0, 1);
    }

    @Test
    void copiesInSpiteOfRoundingInTheArguments() {
        assertThat(Taps.of(3000, 2 - 1e-12, 1 + 1e-13, 2998, Kernel.MITCHELL).identity()).isTrue();
        assertThat(Taps.of(3000, 0, 1.0001, 2999, Kernel.MITCHELL).identity()).isFalse();
    }

    @Test
    void repeatsTheEdgeWhereACopyReachesBeyondIt() {
        Taps taps = Taps.of(2, -1, 1, 4, Kernel.MITCHELL);

        assertThat(taps.identity()).isFalse();
        assertThat(taps.firsts()).containsExactly(0, 0, 1, 1);
    }

    @Test
    void averagesNeighboursHalfASampleOff() {
        Taps taps = Taps.of(4, 0.5, 1, 3, Kernel.BOX);

        assertThat(taps.identity()).isFalse();
        assertThat(weights(taps, 1)).containsExactly(0, 0.5f, 0.5f, 0);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 7, 1", "1, 0, 0.1, 10", "7, -20, 0.3, 99", "50, 60, 3, 4", "3, 0, 40, 1"})
    void sumsToOneWithinTheSourceWhateverTheWindow(int in, double start, double step, int out) {
        for (Kernel kernel : Kernel.values()) {
            Taps taps = Taps.of(in, start, step, out, kernel);
            assertThat(taps.begin(0, out)).isNotNegative();
            assertThat(taps.end(0, out)).isLessThanOrEqualTo(in);
            for (int i = 0; i < out; i++) {
                double sum = 0;
                for (int k = 0; k < taps.count(); k++) {
                    sum += taps.weight(i, k);
                }
                assertThat(sum).as("%s, output %d", kernel, i).isCloseTo(1, within(1e-6));
            }
        }
    }

    @Test
    void wasteNoTapsWhereTheKernelIsZero() {
        assertThat(Taps.of(300, 0, 3, 100, Kernel.LANCZOS3).count()).isEqualTo(17);
    }

    @Test
    void areMadeOnceForTheSameArguments() {
        Taps taps = Taps.of(77, 0, 1.1, 70, Kernel.LINEAR);

        assertThat(Taps.of(77, 0, 1.1, 70, Kernel.LINEAR)).isSameAs(taps);
        assertThat(Taps.of(77, 0, 1.1, 70, Kernel.BOX)).isNotSameAs(taps);
    }

    @Test
    void refuseAStepOfNothing() {
        assertThatThrownBy(() -> Taps.of(5, 0, 0, 5, Kernel.BOX))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Taps.of(5, Double.NaN, 1, 5, Kernel.BOX))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static float[] weights(Taps taps, int i) {
        float[] weights = new float[taps.inputs()];
        for (int k = 0; k < taps.count(); k++) {
            weights[taps.first(i) + k] = taps.weight(i, k);
        }
        return weights;
    }

    private static void assertWeights(float[] weights, int first, double... expected) {
        for (int j = 0; j < weights.length; j++) {
            int k = j - first;
            double weight = k >= 0 && k < expected.length ? expected[k] : 0;
            assertThat((double) weights[j]).as("sample %d", j).isCloseTo(weight, within(1e-7));
        }
    }

    @Test
    void halvesPairsByTheirMean() {
        Taps taps = Taps.halfOfBlocks(5, 2);

        assertThat(taps.outputs()).isEqualTo(3);
        assertThat(weights(taps, 1, 5)).containsExactly(0, 0, 0.5, 0.5, 0);
        // The last sample has no partner but itself.
        assertThat(weights(taps, 2, 5)).containsExactly(0, 0, 0, 0, 1);
    }

    /** The cosines that a block's half can show come out as they are, the others as nothing. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void halvesBlocksByTheLowerHalfOfTheirFrequencies(int block) {
        Taps taps = Taps.halfOfBlocks(2 * block, block);
        for (int frequency = 0; frequency < block; frequency++) {
            for (int i = 0; i < block; i++) {
                double sum = 0;
                double[] weights = weights(taps, i, 2 * block);
                for (int k = 0; k < 2 * block; k++) {
                    sum += weights[k] * cosine(k % block, frequency, block);
                }
                double expected =
                        frequency < block / 2 ? cosine(i % (block / 2), frequency, block / 2) : 0;
                assertThat(sum).isCloseTo(expected, within(1e-6));
            }
        }
    }

    private static double cosine(int at, int frequency, int samples) {
        return Math.cos((2 * at + 1) * frequency * Math.PI / (2 * samples));
    }

    private static double[] weights(Taps taps, int output, int inputs) {
        double[] weights = new double[inputs];
        for (int k = 0; k < taps.count(); k++) {
            weights[taps.first(output) + k] += taps.weight(output, k);
        }
        return weights;
    }
}
