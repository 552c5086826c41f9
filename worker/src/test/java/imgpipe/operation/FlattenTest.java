package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Rgb;
import org.junit.jupiter.api.Test;

class FlattenTest {
    @Test
    void leavesAnOpaquePictureAlone() {
        Picture opaque = Pictures.grey(new int[][] {{7}});
        assertThat(new Flatten(Rgb.WHITE).apply(opaque, new PlainContext())).isSameAs(opaque);
    }

    @Test
    void mixesPictureAndBackgroundByOpacity() {
        // Three pixels of color 100, 150, 200: transparent, three fifths opaque (153 / 255),
        // opaque.
        Picture picture =
                Pictures.of(
                        3,
                        1,
                        ColorModel.RGB,
                        true,
                        (plane, x, y) ->
                                plane == 3
                                        ? new int[] {0, 153, 255}[x]
                                        : new int[] {100, 150, 200}[plane]);

        Picture flat = new Flatten(new Rgb(10, 20, 30)).apply(picture, new PlainContext());

        assertThat(flat.alpha()).isFalse();
        assertThat(flat.planes()).hasSize(3);
        // 0.6 * 100 + 0.4 * 10 = 64; 0.6 * 150 + 0.4 * 20 = 98; 0.6 * 200 + 0.4 * 30 = 132
        assertThat(Pictures.rows(flat.planes().get(0))[0]).containsExactly(10, 64, 100);
        assertThat(Pictures.rows(flat.planes().get(1))[0]).containsExactly(20, 98, 150);
        assertThat(Pictures.rows(flat.planes().get(2))[0]).containsExactly(30, 132, 200);
    }

    @Test
    void makesGreyColoredOnAColor() {
        Picture picture =
                Pictures.of(2, 1, ColorModel.GREY, true, (plane, x, y) -> plane == 1 ? 255 * x : 9);

        Picture red = new Flatten(new Rgb(255, 0, 0)).apply(picture, new PlainContext());
        Picture white = new Flatten(Rgb.WHITE).apply(picture, new PlainContext());

        assertThat(red.color()).isEqualTo(ColorModel.RGB);
        assertThat(Pictures.rows(red.planes().get(0))[0]).containsExactly(255, 9);
        assertThat(Pictures.rows(red.planes().get(1))[0]).containsExactly(0, 9);
        assertThat(Pictures.rows(red.planes().get(2))[0]).containsExactly(0, 9);
        assertThat(white.color()).isEqualTo(ColorModel.GREY);
        assertThat(Pictures.rows(white)[0]).containsExactly(255, 9);
    }

    @Test
    void knowsTheBackgroundInLumaAndChroma() {
        // Pure red by JFIF: Y = 76.245, Cb = 128 - 0.168736 * 255 = 84.97, Cr = 128 + 0.5 * 255 =
        // 255.5.
        assertThat(Background.samples(new Rgb(255, 0, 0), ColorModel.YCC))
                .containsExactly(76, 85, 255);
        assertThat(Background.samples(new Rgb(255, 0, 0), ColorModel.GREY)).containsExactly(76);
        assertThat(Background.samples(new Rgb(255, 0, 0), ColorModel.CMYK))
                .containsExactly(0, 255, 255, 0);
    }
}
