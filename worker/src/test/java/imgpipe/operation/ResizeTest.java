package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Gravity;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Rgb;
import imgpipe.image.Size;
import imgpipe.resample.Kernel;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResizeTest {
    private static Resize resize(String text) {
        try {
            return (Resize) RecipeParser.parse("resize " + text).operations().getFirst();
        } catch (RecipeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4000x3000, 800x800, 800x600",
        "3000x4000, 800x800, 600x800",
        "4000x3000, 800x, 800x600",
        "4000x3000, x600, 800x600",
        "4000x3000, 50%, 2000x1500",
        "10x10000, 100x100, 1x100",
        "640x480, 800x800, 640x480",
        "640x480, 800x800 enlarge, 800x600",
        "4000x3000, 200x200 cover, 200x200",
        "4000x3000, 200x200^, 200x200",
        "100x50, 200x20 cover, 100x20",
        "100x50, 200x20 cover enlarge, 200x20",
        "4000x3000, 200x200 pad, 200x200",
        "100x50, 200x200 pad, 200x200",
        "4000x3000, 200x300 fill, 200x300",
        "100x50, 200x20 fill, 100x20",
        "100x50, 200x20 fill enlarge, 200x20",
        "4001x2999, 1600x1600, 1600x1199",
        "5000x50, 1000x1000^ enlarge, 1000x1000",
        "65535x1, 65535x65535^ enlarge, 65535x65535",
        "5000x50, 10000% enlarge, 65535x655",
        "40000x1, x60000, 40000x1",
        "40000x1, x60000 enlarge, 65535x2",
        "40000x1, x60000 cover, 40000x1"
    })
    void resultsInTheSizeAskedFor(String from, String how, String to) {
        String[] sides = from.split("x");
        Size size = new Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        assertThat(resize(how).resultSize(size)).hasToString(to);
    }

    /** Twenty times as large, it is 100,000 pixels wide, of which the middle thousand are kept. */
    @Test
    void keepsTheShapeOfWhatIsLongerThanAnyPictureBeforeItIsCut() {
        Resize cover = resize("1000x1000^ enlarge");
        assertThat(cover.scaledSize(new Size(5000, 50))).isEqualTo(new Size(100_000, 1000));
        Picture stripes =
                Pictures.of(5000, 50, ColorModel.GREY, false, (p, x, y) -> x < 2500 ? 0 : 255);
        int[] row = Pictures.rows(cover.apply(stripes, new PlainContext()))[500];
        // A step in the middle, as wide as a few pixels of the source.
        assertThat(row[420]).isZero();
        assertThat(row[580]).isEqualTo(255);
        Picture dot =
                Pictures.of(5000, 50, ColorModel.GREY, false, (p, x, y) -> x == 2510 ? 255 : 0);
        int[] dots = Pictures.rows(cover.apply(dot, new PlainContext()))[500];
        // Its middle is 10.5 pixels right of the source's, thus at 500 + 210.
        assertThat(dots[710]).isGreaterThan(240);
        assertThat(dots[650]).isLessThan(10);
    }

    @ParameterizedTest
    @CsvSource({
        "x60000 fill enlarge",
        "x60000 cover enlarge",
        "x60000 pad",
        "10000% fill enlarge",
        "10000% cover enlarge",
        "10000% pad"
    })
    void saysWhatWouldBeLongerThanAnyPicture(String how) {
        assertThatThrownBy(() -> resize(how).resultSize(new Size(40_000, 1)))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("no side may be longer than 65535");
    }

    @Test
    void makesThePictureOfThatSize() {
        Random random = new Random(1);
        for (Fit fit : Fit.values()) {
            for (int i = 0; i < 25; i++) {
                Picture picture =
                        Pictures.of(
                                1 + random.nextInt(60),
                                1 + random.nextInt(60),
                                ColorModel.GREY,
                                false,
                                (p, x, y) -> 77);
                Resize resize =
                        new Resize(
                                new Box.Pixels(1 + random.nextInt(60), 1 + random.nextInt(60)),
                                fit,
                                Gravity.CENTRE,
                                Kernel.LANCZOS3,
                                random.nextBoolean(),
                                new Rgb(77, 77, 77),
                                random.nextBoolean(),
                                false,
                                i % 5 == 0);
                Picture result = resize.apply(picture, new PlainContext());
                assertThat(result.size())
                        .as("%s of %s", resize, picture.size())
                        .isEqualTo(resize.resultSize(picture.size()));
                assertThat(result.planes().getFirst().width()).isEqualTo(result.size().width());
                for (int[] row : Pictures.rows(result)) {
                    assertThat(row).as("a flat picture stays flat").containsOnly(77);
                }
            }
        }
    }

    @Test
    void leavesAPictureThatFitsAlone() {
        Picture small = Pictures.grey(new int[][] {{1, 2}, {3, 4}});
        assertThat(resize("800x800").apply(small, new PlainContext())).isSameAs(small);
    }

    @Test
    void averagesTwoByTwoPixelsWithTheBox() {
        Picture picture = Pictures.grey(new int[][] {{10, 20, 100, 200}, {30, 40, 100, 200}});
        // (10 + 20 + 30 + 40) / 4 = 25, (100 + 200 + 100 + 200) / 4 = 150
        assertThat(Pictures.rows(resize("2x1 box").apply(picture, new PlainContext())))
                .isDeepEqualTo(new int[][] {{25, 150}});
    }

    @ParameterizedTest
    @EnumSource(Gravity.class)
    void keepsThePartThatGravityNames(Gravity gravity) {
        // Nine pixels of different grey, cut down to one without scaling: 3x3 covers 1x1 only at
        // its own scale.
        Picture picture =
                Pictures.of(
                        9, 9, ColorModel.GREY, false, (p, x, y) -> 10 * (x / 3) + 100 * (y / 3));
        Resize wide =
                new Resize(
                        new Box.Pixels(3, 9),
                        Fit.COVER,
                        gravity,
                        Kernel.BOX,
                        false,
                        Rgb.WHITE,
                        false,
                        false,
                        false);
        int column =
                switch (gravity) {
                    case NORTHWEST, WEST, SOUTHWEST -> 0;
                    case NORTH, CENTRE, SOUTH -> 10;
                    case NORTHEAST, EAST, SOUTHEAST -> 20;
                };
        assertThat(Pictures.rows(wide.apply(picture, new PlainContext()))[0]).containsOnly(column);
        Resize high =
                new Resize(
                        new Box.Pixels(9, 3),
                        Fit.COVER,
                        gravity,
                        Kernel.BOX,
                        false,
                        Rgb.WHITE,
                        false,
                        false,
                        false);
        int row =
                switch (gravity) {
                    case NORTHWEST, NORTH, NORTHEAST -> 0;
                    case WEST, CENTRE, EAST -> 100;
                    case SOUTHWEST, SOUTH, SOUTHEAST -> 200;
                };
        assertThat(Pictures.rows(high.apply(picture, new PlainContext()))[0]).contains(row);
    }

    @Test
    void fillsTheRestWithTheBackground() {
        Picture picture =
                Pictures.of(2, 1, ColorModel.RGB, true, (plane, x, y) -> plane == 3 ? 128 : 50);
        Picture padded = resize("2x3 pad background=#ff0000").apply(picture, new PlainContext());
        assertThat(Pictures.rows(padded.planes().get(0)))
                .isDeepEqualTo(new int[][] {{255, 255}, {50, 50}, {255, 255}});
        assertThat(Pictures.rows(padded.planes().get(1)))
                .isDeepEqualTo(new int[][] {{0, 0}, {50, 50}, {0, 0}});
        assertThat(Pictures.rows(padded.planes().get(3)))
                .isDeepEqualTo(new int[][] {{255, 255}, {128, 128}, {255, 255}});
    }

    @Test
    void letsNoColorBleedOutOfTransparentPixels() {
        // Left half opaque black, right half transparent white: whatever is visible must be black.
        Picture picture =
                Pictures.of(
                        64,
                        8,
                        ColorModel.RGB,
                        true,
                        (plane, x, y) -> plane == 3 ? (x < 32 ? 255 : 0) : (x < 32 ? 0 : 255));
        Picture small = resize("20x20").apply(picture, new PlainContext());
        for (int x = 0; x < 20; x++) {
            if (small.planes().get(3).at(x, 1) > 0) {
                assertThat(small.planes().get(0).at(x, 1)).as("column %d", x).isZero();
            }
        }
    }

    @Test
    void commutesWithMirroring() {
        Random random = new Random(2);
        Picture picture =
                Pictures.of(37, 23, ColorModel.GREY, false, (p, x, y) -> random.nextInt(256));
        for (String how :
                List.of("11x11", "20x20^ west", "19x7 fill mitchell", "30x30 pad north")) {
            for (Orientation orientation : Orientation.values()) {
                PlainContext context = new PlainContext();
                Picture stored = picture.with(orientation);
                Picture turnedFirst =
                        resize(how).apply(new Orient().apply(stored, context), context);
                Picture turnedLast = resize(how).apply(stored, View.of(stored).oriented(), context);
                assertThat(turnedLast.size())
                        .as("%s %s", how, orientation)
                        .isEqualTo(turnedFirst.size());
                assertNear(turnedLast, turnedFirst, how + " " + orientation);
            }
        }
    }

    /** Sums are rounded in another order. */
    private static void assertNear(Picture one, Picture other, String what) {
        int[][] a = Pictures.rows(one);
        int[][] b = Pictures.rows(other);
        for (int y = 0; y < a.length; y++) {
            for (int x = 0; x < a[y].length; x++) {
                assertThat(Math.abs(a[y][x] - b[y][x]))
                        .as("%s at %d,%d", what, x, y)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void keepsChromaWhereItBelongs() {
        // A ramp in luma and the same ramp in 4:2:0 chroma come out as the same ramp, in 4:4:4 and
        // in 4:2:0.
        int width = 61;
        Plane luma = ramp(width, 40, width, 40, 1);
        Plane chroma = ramp(31, 20, 30.5, 20, 2);
        Picture picture =
                Picture.of(
                        new Size(width, 40), ColorModel.YCC, false, List.of(luma, chroma, chroma));

        Picture full = resize("40x40 fill").apply(picture, new PlainContext(Chroma.S444));
        for (int x = 6; x < 34; x++) {
            assertThat(full.planes().get(1).at(x, 10))
                    .as("column %d", x)
                    .isCloseTo(full.planes().get(0).at(x, 10), within(1));
        }
        Picture shared = resize("40x40 fill").apply(picture, new PlainContext(Chroma.S420));
        assertThat(shared.planes().get(1).width()).isEqualTo(20);
        for (int x = 3; x < 17; x++) {
            int mean =
                    (shared.planes().get(0).at(2 * x, 10)
                                    + shared.planes().get(0).at(2 * x + 1, 10))
                            / 2;
            assertThat(shared.planes().get(1).at(x, 5))
                    .as("column %d", x)
                    .isCloseTo(mean, within(2));
        }
    }

    private static org.assertj.core.data.Offset<Integer> within(int difference) {
        return org.assertj.core.data.Offset.offset(difference);
    }

    /** Each sample is three times the place of its centre, in pixels. */
    private static Plane ramp(int width, int height, double spanX, double spanY, int pixels) {
        Plane plane =
                new Plane(
                        Arena.ofAuto().allocate((long) width * height),
                        width,
                        height,
                        width,
                        spanX,
                        spanY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                plane.set(x, y, (int) Math.round(3 * (x + 0.5) * pixels));
            }
        }
        return plane;
    }

    @Test
    void takesAPictureThatWasDecodedSmallerAsTheLargeOneItIs() {
        // 101 pixels decoded at half size: 51 samples that cover 50.5.
        Plane half = new Plane(Arena.ofAuto().allocate(51 * 51), 51, 51, 51, 50.5, 50.5);
        half.samples().fill((byte) 90);
        Picture picture = Picture.of(new Size(101, 101), ColorModel.GREY, false, List.of(half));
        Picture result = resize("40%").apply(picture, new PlainContext());
        assertThat(result.size()).isEqualTo(new Size(40, 40));
        assertThat(Pictures.rows(result)[20]).containsOnly(90);
    }
}
