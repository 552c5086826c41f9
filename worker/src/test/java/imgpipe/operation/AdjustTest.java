package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values by the formulas of Filter Effects Module Level 1, worked out by hand. */
class AdjustTest {
    private final PlainContext context = new PlainContext();

    @ParameterizedTest
    @CsvSource({
        // Everything times 1.2, clamped: 240, 120, 60; 300 to 255.
        "120, 100, 100, 200 100 50, 240 120 60",
        "120, 100, 100, 250 0 255, 255 0 255",
        "0, 100, 100, 250 10 255, 0 0 0",
        // 127.5 + 0.5 (v - 127.5): 163.75, 113.75, 88.75.
        "100, 50, 100, 200 100 50, 164 114 89",
        // 127.5 + 2 (v - 127.5): 272.5, 72.5, -27.5.
        "100, 200, 100, 200 100 50, 255 73 0",
        "100, 0, 100, 200 100 50, 128 128 128",
        // 0.213 * 200 + 0.715 * 100 + 0.072 * 50 = 117.7
        "100, 100, 0, 200 100 50, 118 118 118",
        // 117.7 + 1.5 (v - 117.7): 241.15, 91.15, 16.15
        "100, 100, 150, 200 100 50, 241 91 16",
        // 150 % of 200 is clamped to 255 before the contrast of 50 % makes 191.25 of it.
        "150, 50, 100, 200 100 50, 191 139 101",
        // Those, not rounded (191.25, 138.75, 101.25), have the grey 147.2325; half way to it:
        "150, 50, 50, 200 100 50, 169 143 124"
    })
    void isWhatTheFiltersOfCssAre(
            double brightness, double contrast, double saturation, String in, String out) {
        int[] samples = numbers(in);
        Picture picture = Pictures.of(1, 1, ColorModel.RGB, false, (plane, x, y) -> samples[plane]);

        Picture adjusted = new Adjust(brightness, contrast, saturation).apply(picture, context);

        assertThat(adjusted.planes().stream().mapToInt(plane -> plane.at(0, 0)).toArray())
                .containsExactly(numbers(out));
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    @Test
    void leavesGreyAndOpacityAsTheyAre() {
        Picture picture =
                Pictures.of(3, 1, ColorModel.GREY, true, (plane, x, y) -> 50 * x + 7 * plane);

        Picture adjusted = new Adjust(120, 100, 30).apply(picture, context);

        assertThat(adjusted.color()).isEqualTo(ColorModel.GREY);
        assertThat(Pictures.rows(adjusted)[0]).containsExactly(0, 60, 120);
        assertThat(adjusted.planes().get(1)).isEqualTo(picture.planes().get(1));
    }

    @Test
    void makesRgbOfLumaAndChroma() {
        // Cb and Cr of 128 are no color at all.
        Picture picture =
                Pictures.of(2, 2, ColorModel.YCC, false, (plane, x, y) -> plane == 0 ? 100 : 128);

        Picture adjusted = new Adjust(150, 100, 100).apply(picture, context);

        assertThat(adjusted.color()).isEqualTo(ColorModel.RGB);
        adjusted.planes().forEach(plane -> assertThat(plane.at(1, 1)).isEqualTo(150));
    }

    @Test
    void doesNothingByAHundredPercent() {
        Picture picture = Pictures.grey(new int[][] {{1, 2}});
        assertThat(new Adjust(100, 100, 100).apply(picture, context)).isSameAs(picture);
    }
}
