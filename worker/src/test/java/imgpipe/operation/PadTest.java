package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PadTest {
    private static Picture pad(Picture picture, String how) {
        return Recipes.operation("pad " + how).apply(picture, new PlainContext());
    }

    @ParameterizedTest
    @CsvSource({
        "60x40, 200x100, 200x100",
        "60x40, 50x100, 60x100",
        "60x40, x100, 60x100",
        "60x40, 16:9, 71x40",
        "60x40, 1:1, 60x60",
        "60x40, 150%, 90x60"
    })
    void makesACanvasOfTheSizeAskedFor(String from, String how, String to) {
        String[] sides = from.split("x");
        Size size = new Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        assertThat(Recipes.operation("pad " + how).resultSize(size)).hasToString(to);
    }

    @ParameterizedTest
    @CsvSource({"99999:1, 100", "1:99999, 60000", "99999:0.00000000001, 1", "10000%, 6000"})
    void saysWhatWouldBeLargerThanAnyPicture(String how, int side) {
        assertThatThrownBy(() -> Recipes.operation("pad " + how).resultSize(new Size(side, side)))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("no side may be longer than 65535");
    }

    @Test
    void laysThePictureWhereGravitySays() {
        Picture picture = Pictures.grey(new int[][] {{1, 2}, {3, 4}});
        assertThat(Pictures.rows(pad(picture, "4x3 southeast background=black")))
                .isDeepEqualTo(new int[][] {{0, 0, 0, 0}, {0, 0, 1, 2}, {0, 0, 3, 4}});
        assertThat(Pictures.rows(pad(picture, "4x2")))
                .isDeepEqualTo(new int[][] {{255, 1, 2, 255}, {255, 3, 4, 255}});
    }

    @Test
    void leavesAPictureAloneThatIsLargeEnough() {
        Picture picture = Pictures.grey(new int[][] {{1, 2}, {3, 4}});
        assertThat(pad(picture, "1x2")).isSameAs(picture);
        assertThat(pad(picture, "1:1")).isSameAs(picture);
    }

    @Test
    void keepsThePictureItself() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            int width = 1 + random.nextInt(40);
            int height = 1 + random.nextInt(40);
            Picture picture =
                    Pictures.of(
                            width,
                            height,
                            ColorModel.RGB,
                            true,
                            (plane, x, y) -> random.nextInt(256));
            Picture padded = pad(picture, "50x45 southwest background=red");
            Picture back =
                    Recipes.operation("crop %dx%d southwest".formatted(width, height))
                            .apply(padded, new PlainContext());
            assertThat(padded.size()).as("seed %d", seed).isEqualTo(new Size(50, 45));
            for (int plane = 0; plane < 4; plane++) {
                assertThat(Pictures.rows(back.planes().get(plane)))
                        .as("seed %d", seed)
                        .isDeepEqualTo(Pictures.rows(picture.planes().get(plane)));
            }
        }
    }

    @Test
    void mixesNoChromaAcrossItsEdge() {
        Plane luma = Plane.whole(Arena.ofAuto().allocate(9), 3, 3, 3);
        Plane chroma = new Plane(Arena.ofAuto().allocate(4), 2, 2, 2, 1.5, 1.5);
        chroma.samples().fill((byte) 200);
        Picture picture =
                Picture.of(new Size(3, 3), ColorModel.YCC, false, List.of(luma, chroma, chroma));
        Picture padded = Recipes.operation("pad 5x3").apply(picture, new PlainContext(Chroma.S420));
        assertThat(Pictures.rows(padded.planes().get(1))[1])
                .containsExactly(128, 200, 200, 200, 128);
    }

    @Test
    void refusesACanvasThatIsTooLarge() {
        Picture wide = Pictures.of(30_000, 1, ColorModel.GREY, false, (p, x, y) -> 0);
        assertThatThrownBy(() -> pad(wide, "1:3"))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("30000x90000");
    }
}
