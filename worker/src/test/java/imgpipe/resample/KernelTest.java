package imgpipe.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KernelTest {
    /** Mitchell and Netravali's polynomials in exact fractions; Lanczos from Python's math.sin. */
    @ParameterizedTest
    @CsvSource({
        "BOX, 0, 1",
        "BOX, 0.49, 1",
        "BOX, 0.5, 0.5",
        "BOX, 0.51, 0",
        "LINEAR, 0.25, 0.75",
        "CATMULL_ROM, 0, 1",
        "CATMULL_ROM, 0.5, 0.5625",
        "CATMULL_ROM, 1, 0",
        "CATMULL_ROM, 1.5, -0.0625",
        "MITCHELL, 0, 0.888888888888889",
        "MITCHELL, 0.5, 0.534722222222222",
        "MITCHELL, 1, 0.0555555555555556",
        "MITCHELL, 1.5, -0.0347222222222222",
        "LANCZOS3, 0, 1",
        "LANCZOS3, 0.5, 0.607927101854027",
        "LANCZOS3, 1, 0",
        "LANCZOS3, 1.5, -0.135094911523117",
        "LANCZOS3, 2.5, 0.0243170840741611"
    })
    void weighsAsPublished(Kernel kernel, double distance, double weight) {
        assertThat(kernel.weight(distance)).isCloseTo(weight, within(1e-14));
        assertThat(kernel.weight(-distance)).isCloseTo(weight, within(1e-14));
    }

    @ParameterizedTest
    @EnumSource
    void weighsNothingFromItsSupportOn(Kernel kernel) {
        assertThat(kernel.weight(kernel.support())).isZero();
        assertThat(kernel.weight(-kernel.support() - 1)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByTheNameItPrints(Kernel kernel) {
        assertThat(Kernel.of(kernel.toString())).contains(kernel);
    }

    @Test
    void isNotFoundByAnotherName() {
        assertThat(Kernel.of("lanczos")).isEmpty();
    }
}
