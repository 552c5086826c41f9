package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Frame;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrimTest {
    private static Picture trim(Picture picture, String how) {
        return Recipes.operation("trim" + how).apply(picture, new PlainContext());
    }

    @Test
    void cutsOffWhatLooksLikeTheCorner() {
        Picture picture =
                Pictures.grey(
                        new int[][] {
                            {250, 251, 249, 250, 250},
                            {250, 250, 90, 250, 250},
                            {250, 252, 250, 120, 245},
                            {250, 250, 250, 250, 250}
                        });
        assertThat(Pictures.rows(trim(picture, "")))
                .isDeepEqualTo(new int[][] {{90, 250}, {250, 120}});
        assertThat(trim(picture, " tolerance=4").size()).isEqualTo(new Size(3, 2));
        assertThat(trim(picture, " tolerance=1").size()).isEqualTo(new Size(4, 2));
    }

    @Test
    void leavesAPictureWithoutBorderAndOneThatIsAllBorderAlone() {
        Picture none = Pictures.grey(new int[][] {{0, 90}, {90, 200}});
        assertThat(trim(none, "")).isSameAs(none);
        Picture all = Pictures.of(5, 4, ColorModel.RGB, false, (p, x, y) -> 7 + x);
        assertThat(trim(all, "")).isSameAs(all);
    }

    @Test
    void findsWhatWasPadded() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            Picture picture =
                    Pictures.of(
                            1 + random.nextInt(30),
                            1 + random.nextInt(30),
                            ColorModel.RGB,
                            false,
                            (plane, x, y) -> random.nextInt(200));
            Picture padded =
                    Recipes.operation("pad 40x50 south").apply(picture, new PlainContext());
            Picture trimmed = trim(padded, "");
            // At least one pixel of the corner must be border.
            assertThat(trimmed.size()).as("seed %d", seed).isEqualTo(picture.size());
            assertThat(Pictures.rows(trimmed))
                    .as("seed %d", seed)
                    .isDeepEqualTo(Pictures.rows(picture));
        }
    }

    @Test
    void cutsOffTransparentBordersOfWhateverColor() {
        Picture picture =
                Pictures.of(
                        9,
                        9,
                        ColorModel.RGB,
                        true,
                        (p, x, y) -> p == 3 ? (x == 4 && y > 2 && y < 6 ? 200 : 0) : 28 * x);
        assertThat(trim(picture, "").size()).isEqualTo(new Size(1, 3));
    }

    @Test
    void seesColorThatLumaDoesNotShow() {
        Plane luma = Plane.whole(Arena.ofAuto().allocate(64), 8, 8, 8);
        luma.samples().fill((byte) 100);
        Plane chroma = Plane.whole(Arena.ofAuto().allocate(16), 4, 4, 4);
        chroma.samples().fill((byte) 128);
        chroma.set(2, 1, 200);
        Picture picture =
                Picture.of(new Size(8, 8), ColorModel.YCC, false, List.of(luma, chroma, chroma));
        Picture trimmed = Recipes.operation("trim").apply(picture, new PlainContext(Chroma.S420));
        // The triangle carries a quarter of the difference of 72 into the pixels around.
        assertThat(trimmed.size()).isEqualTo(new Size(4, 4));
        assertThat(trimmed.planes().get(0).width()).isEqualTo(4);
    }

    @Test
    void keepsWhatAnyFrameOfAnAnimationHas() {
        Picture one =
                Pictures.of(9, 9, ColorModel.GREY, false, (p, x, y) -> x == 2 && y == 2 ? 99 : 0);
        Picture two =
                Pictures.of(9, 9, ColorModel.GREY, false, (p, x, y) -> x == 5 && y == 3 ? 99 : 0);
        Picture animation =
                one.with(
                        one.size(),
                        one.color(),
                        false,
                        List.of(new Frame(one.planes(), 10), new Frame(two.planes(), 10)));
        assertThat(trim(animation, "").size()).isEqualTo(new Size(4, 2));
    }
}
