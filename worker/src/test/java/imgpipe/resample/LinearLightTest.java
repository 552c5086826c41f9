package imgpipe.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearLightTest {
    @Test
    void bringsEverySampleBack() {
        for (int i = 0; i < 256; i++) {
            assertThat(LinearLight.sample(LinearLight.OF_SAMPLE[i])).isEqualTo((byte) i);
        }
    }

    /**
     * By the formula: 10 / 255 / 12.92; ((v / 255 + 0.055) / 1.055) ^ 2.4 of 11, 128, 188 and 254.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "10, 0.0030353",
        "11, 0.0033465",
        "128, 0.2158605",
        "188, 0.5028865",
        "254, 0.9911021"
    })
    void isTheCurveOfTheStandard(int sample, float light) {
        assertThat(LinearLight.OF_SAMPLE[sample]).isCloseTo(light, within(1e-6f));
    }

    @Test
    void takesTheNearestSample() {
        for (int i = 0; i <= 100_000; i++) {
            double light = i / 100_000.0;
            double signal =
                    light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
            assertThat((double) (LinearLight.sample((float) light) & 0xFF))
                    .isCloseTo(signal * 255, within(0.501));
        }
    }

    @Test
    void clampsWhatIsDarkerThanBlackOrLighterThanWhite() {
        assertThat(LinearLight.sample(-0.3f)).isZero();
        assertThat(LinearLight.sample(1.2f)).isEqualTo((byte) 255);
        assertThat(LinearLight.sample(Float.POSITIVE_INFINITY)).isEqualTo((byte) 255);
    }
}
