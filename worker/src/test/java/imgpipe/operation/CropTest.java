package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropTest {
    private static Picture crop(Picture picture, String how) {
        return Recipes.operation("crop " + how).apply(picture, new PlainContext());
    }

    /** Each sample tells its column (plane 0) or row (plane 1). */
    private static Picture coordinates(int width, int height) {
        return Pictures.of(
                width, height, ColorModel.RGB, false, (plane, x, y) -> plane == 0 ? x : y);
    }

    @ParameterizedTest
    @CsvSource({
        "40x30+10+20, 40x30, 10, 20",
        "40x30+90+70, 10x10, 90, 70",
        "40x30-10-20, 30x10, 0, 0",
        "40x30, 40x30, 30, 25",
        "40x30 southeast, 40x30, 60, 50",
        "400x30 north, 100x30, 0, 0",
        "40, 40x40, 30, 20",
        "40x, 40x80, 30, 0",
        "x30 south, 100x30, 0, 50",
        "50%x25%+10%+50%, 50x20, 10, 40",
        "50% northwest, 50x40, 0, 0",
        "16:8, 100x50, 0, 15",
        "1:1 east, 80x80, 20, 0",
        "1:1.5 west, 53x80, 0, 0",
        "100x80, 100x80, 0, 0"
    })
    void keepsThePartAskedForOfA100x80Picture(String how, String size, int left, int top) {
        Picture result = crop(coordinates(100, 80), how);

        assertThat(result.size()).hasToString(size);
        assertThat(Recipes.operation("crop " + how).resultSize(new Size(100, 80)))
                .hasToString(size);
        Size kept = result.size();
        for (int y = 0; y < kept.height(); y++) {
            for (int x = 0; x < kept.width(); x++) {
                assertThat(result.planes().get(0).at(x, y)).isEqualTo(left + x);
                assertThat(result.planes().get(1).at(x, y)).isEqualTo(top + y);
            }
        }
    }

    @Test
    void copiesNothingWherePixelsAreSamples() {
        Picture picture = coordinates(100, 80);
        Picture result = crop(picture, "40x30+10+20");
        picture.planes().getFirst().set(10, 20, 234);
        assertThat(result.planes().getFirst().at(0, 0)).isEqualTo(234);
    }

    @Test
    void leavesAPictureThatFitsAlone() {
        Picture picture = coordinates(10, 8);
        assertThat(crop(picture, "10x8")).isSameAs(picture);
        assertThat(crop(picture, "5:4 west")).isSameAs(picture);
        assertThat(crop(picture, "100x100+0+0")).isSameAs(picture);
    }

    @ParameterizedTest
    @CsvSource({"10x10+100+0", "10x10+0+80", "10x10-10+0", "10x10+0-10", "10x10+200%+0"})
    void failsWhereThereIsNothing(String how) {
        assertThatThrownBy(() -> crop(coordinates(100, 80), how))
                .isInstanceOf(UnfitException.class)
                .hasMessage("the part %s lies outside of its 100x80 pixels", how);
    }

    @Test
    void isACropOfACrop() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Picture picture = coordinates(20 + random.nextInt(80), 20 + random.nextInt(80));
            int x = random.nextInt(10);
            int y = random.nextInt(10);
            int dx = random.nextInt(5);
            int dy = random.nextInt(5);
            Picture twice =
                    crop(
                            crop(picture, "10x10+%d+%d".formatted(x, y)),
                            "5x4+%d+%d".formatted(dx, dy));
            Picture once = crop(picture, "5x4+%d+%d".formatted(x + dx, y + dy));
            for (int plane = 0; plane < 3; plane++) {
                assertThat(Pictures.rows(twice.planes().get(plane)))
                        .as("seed %d", seed)
                        .isDeepEqualTo(Pictures.rows(once.planes().get(plane)));
            }
        }
    }

    @Test
    void cropsEveryFrameAndAlpha() {
        Picture one = Pictures.of(9, 9, ColorModel.GREY, true, (p, x, y) -> p == 0 ? x : 100 + y);
        Picture two = Pictures.of(9, 9, ColorModel.GREY, true, (p, x, y) -> p == 0 ? 50 + x : y);
        Picture animation =
                one.with(
                        one.size(),
                        one.color(),
                        true,
                        List.of(new Frame(one.planes(), 10), new Frame(two.planes(), 20)));
        Picture result = crop(animation, "1x2+3+5");
        assertThat(result.frames()).hasSize(2);
        assertThat(result.frames().get(1).delayMillis()).isEqualTo(20);
        assertThat(Pictures.rows(result.frames().get(0).planes().get(1)))
                .isDeepEqualTo(new int[][] {{105}, {106}});
        assertThat(Pictures.rows(result.frames().get(1).planes().get(0)))
                .isDeepEqualTo(new int[][] {{53}, {53}});
    }

    /** Chroma at half the resolution; a sample is 4 times the place of its centre, in pixels. */
    private static Picture shared() {
        Plane luma = Plane.whole(Arena.ofAuto().allocate(41 * 31), 41, 31, 41);
        Plane chroma = new Plane(Arena.ofAuto().allocate(21 * 16), 21, 16, 21, 20.5, 15.5);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 21; x++) {
                chroma.set(x, y, 4 * (2 * x + 1));
            }
        }
        return Picture.of(new Size(41, 31), ColorModel.YCC, false, List.of(luma, chroma, chroma));
    }

    @Test
    void sharesChromaWhoseSamplesLieWithinThePart() {
        Picture result =
                Recipes.operation("crop 11x10+4+6").apply(shared(), new PlainContext(Chroma.S420));
        Plane chroma = result.planes().get(1);
        assertThat(chroma.width()).isEqualTo(6);
        assertThat(chroma.spanX()).isEqualTo(5.5);
        assertThat(Pictures.rows(chroma)[0]).containsExactly(20, 28, 36, 44, 52, 60);
    }

    @Test
    void movesChromaToWhereItsPixelsAre() {
        // From pixel 5 on, chroma centres lie at 6, 8, 10: between two samples.
        Picture same =
                Recipes.operation("crop 10x10+5+6").apply(shared(), new PlainContext(Chroma.S420));
        assertThat(same.planes().get(1).width()).isEqualTo(5);
        assertThat(Pictures.rows(same.planes().get(1))[0]).startsWith(24, 32, 40);
        // At full resolution the centre of pixel 5 is at 5.5.
        Picture full =
                Recipes.operation("crop 10x10+5+6").apply(shared(), new PlainContext(Chroma.S444));
        assertThat(Pictures.rows(full.planes().get(1))[0]).contains(26, 30, 34, 38, 42);
    }
}
