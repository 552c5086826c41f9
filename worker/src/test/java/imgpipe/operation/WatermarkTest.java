package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Gravity;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Rgb;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import imgpipe.resample.Resampler;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatermarkTest {
    private static final Length NONE = new Length(0, false);

    @Test
    void blendsByBothOpacities() {
        // Marks 200 on 100: opaque, three fifths opaque (153 / 255), transparent.
        Picture mark =
                grey(3, 1, true, (plane, x, y) -> plane == 0 ? 200 : new int[] {255, 153, 0}[x]);
        Picture picture = grey(3, 1, false, (plane, x, y) -> 100);

        assertThat(rows(watermark(100).apply(picture, new Marked(mark)))[0])
                .containsExactly(200, 160, 100);
        // Half of that: 150, 130.
        assertThat(rows(watermark(50).apply(picture, new Marked(mark)))[0])
                .containsExactly(150, 130, 100);
    }

    @Test
    void blendsOverWhatIsTransparentItself() {
        // Source over, by Porter and Duff: a mark of 200 that covers 0.6 on 100 that covers 0.2
        // (51 / 255) covers 0.6 + 0.4 * 0.2 = 0.68, or 173.4, with (200 * 0.6 + 100 * 0.08) / 0.68
        // =
        // 188.2. Where
        // neither covers, nothing changes.
        Picture mark = grey(2, 1, true, (plane, x, y) -> plane == 0 ? 200 : new int[] {153, 0}[x]);
        Picture picture =
                grey(2, 1, true, (plane, x, y) -> plane == 0 ? 100 : new int[] {51, 0}[x]);

        Picture marked = watermark(100).apply(picture, new Marked(mark));

        assertThat(rows(marked)[0]).containsExactly(188, 100);
        assertThat(Pictures.rows(marked.planes().get(1))[0]).containsExactly(173, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "NORTHWEST, 5, 5",
        "SOUTHEAST, 91, 43",
        "CENTRE, 48, 24",
        "NORTH, 48, 5",
        "EAST, 91, 24"
    })
    void liesWhereGravityAndMarginSay(Gravity gravity, int left, int top) {
        // 10 % of the shorter side of 100 x 50 are 5 pixels; the mark is 4 x 2.
        Picture picture = grey(100, 50, false, (plane, x, y) -> 0);
        Picture mark = grey(4, 2, true, (plane, x, y) -> 255);
        Watermark watermark =
                new Watermark(file(), gravity, 100, new Length(10, true), null, false);

        int[][] rows = rows(watermark.apply(picture, new Marked(mark)));

        for (int y = 0; y < 50; y++) {
            for (int x = 0; x < 100; x++) {
                boolean covered = x >= left && x < left + 4 && y >= top && y < top + 2;
                assertThat(rows[y][x]).as("at %d,%d", x, y).isEqualTo(covered ? 255 : 0);
            }
        }
    }

    @Test
    void repeatsTheMarkWithTheMarginBetween() {
        Picture picture = grey(20, 9, false, (plane, x, y) -> 0);
        Picture mark = grey(4, 2, true, (plane, x, y) -> 255);
        Watermark watermark =
                new Watermark(file(), Gravity.SOUTHEAST, 100, new Length(1, false), null, true);

        int[][] rows = rows(watermark.apply(picture, new Marked(mark)));

        // From the right: one free, four covered, and so on; from below one free, two covered.
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 20; x++) {
                boolean covered = (19 - x) % 5 != 0 && (8 - y) % 3 != 0;
                assertThat(rows[y][x]).as("at %d,%d", x, y).isEqualTo(covered ? 255 : 0);
            }
        }
    }

    @Test
    void makesTheMarkAsWideAsAsked() {
        Picture picture = grey(100, 100, false, (plane, x, y) -> 0);
        Picture mark = grey(80, 40, true, (plane, x, y) -> 255);
        Watermark watermark =
                new Watermark(file(), Gravity.NORTHWEST, 100, NONE, new Length(20, true), false);

        assertThat(covered(watermark.apply(picture, new Marked(mark)))).isEqualTo(20 * 10);
    }

    @Test
    void makesALargeMarkFit() {
        Picture picture = grey(50, 30, false, (plane, x, y) -> 0);
        Picture mark = grey(400, 100, true, (plane, x, y) -> 255);
        Watermark watermark =
                new Watermark(file(), Gravity.CENTRE, 100, new Length(5, false), null, false);

        // 40 x 20 pixels are free, so it becomes 40 x 10.
        assertThat(covered(watermark.apply(picture, new Marked(mark)))).isEqualTo(40 * 10);
    }

    @Test
    void isLaidOnPicturesOfAnySize() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<ColorModel> colors = List.of(ColorModel.GREY, ColorModel.RGB, ColorModel.YCC);
        List<Gravity> places = List.of(Gravity.values());
        for (int i = 0; i < 60; i++) {
            ColorModel color = colors.get(i % 3);
            Picture picture =
                    Pictures.of(
                            1 + random.nextInt(40),
                            1 + random.nextInt(40),
                            color,
                            random.nextBoolean(),
                            (plane, x, y) -> 128);
            Picture mark =
                    grey(
                            1 + random.nextInt(60),
                            1 + random.nextInt(60),
                            true,
                            (plane, x, y) -> plane == 0 ? 128 : random.nextInt(256));
            Watermark watermark =
                    new Watermark(
                            file(),
                            places.get(random.nextInt(9)),
                            1 + random.nextInt(100),
                            new Length(random.nextInt(60), true),
                            random.nextBoolean() ? new Length(random.nextInt(101), true) : null,
                            random.nextBoolean());

            Picture marked = watermark.apply(picture, new Marked(mark));

            // A mark of the picture's own color cannot be seen.
            assertThat(marked.size()).isEqualTo(picture.size());
            for (Plane plane : marked.planes().subList(0, color.planes())) {
                for (int[] row : Pictures.rows(plane)) {
                    assertThat(row).as("seed %d, %s", seed, watermark).containsOnly(128);
                }
            }
        }
    }

    @Test
    void touchesOnlyTheChromaThatItCovers() {
        // 4:2:0; a red mark of 3 x 3 at 5,3 covers half of the second row and third column of
        // chroma samples, and all of the next ones.
        Plane luma = plane(12, 10, 100);
        Plane chroma = plane(6, 5, 128);
        Picture picture =
                Picture.of(new Size(12, 10), ColorModel.YCC, false, List.of(luma, chroma, chroma));
        Picture red =
                Pictures.of(3, 3, ColorModel.RGB, true, (plane, x, y) -> plane % 3 == 0 ? 255 : 0);
        Watermark watermark = new Watermark(file(), Gravity.NORTHWEST, 100, NONE, null, false);
        Overlay overlay = new Overlay(picture, 1, new Marked(red));

        List<Plane> planes = overlay.lay(red, 5, 3, -1).planes();

        // Red is Y 76, Cb 85 (JFIF). A quarter of the opacity is 64 / 255 and half of it 128 / 255:
        // 128 - 43 * 0.251 = 117.2, 128 - 43 * 0.502 = 106.4.
        assertThat(planes.get(0).at(5, 3)).isEqualTo(76);
        assertThat(planes.get(0).at(4, 3)).isEqualTo(100);
        assertThat(Pictures.rows(planes.get(1)))
                .isDeepEqualTo(
                        new int[][] {
                            {128, 128, 128, 128, 128, 128},
                            {128, 128, 117, 106, 128, 128},
                            {128, 128, 106, 85, 128, 128},
                            {128, 128, 128, 128, 128, 128},
                            {128, 128, 128, 128, 128, 128}
                        });
        assertThat(planes.get(2).at(3, 2)).isEqualTo(255);
        assertThat(watermark.apply(picture, new Marked(red)).planes().get(1).width()).isEqualTo(6);
    }

    @Test
    void makesAGreyPictureColoredByAColoredMark() {
        Picture picture = grey(4, 4, false, (plane, x, y) -> 50);
        Picture red =
                Pictures.of(2, 2, ColorModel.RGB, true, (plane, x, y) -> plane % 3 == 0 ? 255 : 0);

        Picture marked = watermark(100).apply(picture, new Marked(red));

        assertThat(marked.color()).isEqualTo(ColorModel.RGB);
        assertThat(marked.planes().get(0).at(3, 3)).isEqualTo(255);
        assertThat(marked.planes().get(1).at(3, 3)).isZero();
        assertThat(marked.planes().get(1).at(1, 1)).isEqualTo(50);
    }

    @Test
    void asksForTextOfTheSizeThatItHasInTheEnd() {
        // The context draws letters as half as wide as high, nine of them.
        Picture picture = grey(900, 600, false, (plane, x, y) -> 0);
        Mark.Text text = new Mark.Text("nine here", Rgb.WHITE, new Length(4, true));
        Marked context = new Marked(grey(1, 1, true, (plane, x, y) -> 255));

        Watermark small = new Watermark(text, Gravity.CENTRE, 100, NONE, null, false);
        assertThat(covered(small.apply(picture, context))).isEqualTo(9 * 12 * 24);
        // A third of the width is 300 pixels, thus letters of 300 / 4.5 = 67.
        Watermark third =
                new Watermark(text, Gravity.CENTRE, 100, NONE, new Length(33.333, true), false);
        assertThat((double) covered(third.apply(picture, context)))
                .isCloseTo(9 * 33.5 * 67, within(400.0));
    }

    /** A hundred letters of half the height would be 25 times as wide as the picture. */
    @Test
    void asksForNoLargerTextThanThereIsRoomFor() {
        Picture picture = grey(400, 400, false, (plane, x, y) -> 0);
        for (int length : new int[] {1, 9, 100, 700}) {
            Mark.Text text = new Mark.Text("x".repeat(length), Rgb.WHITE, new Length(50, true));
            Marked context = new Marked(grey(1, 1, true, (plane, x, y) -> 255));
            Watermark mark = new Watermark(text, Gravity.CENTRE, 100, NONE, null, false);
            assertThat(covered(mark.apply(picture, context))).isPositive();
            assertThat(context.asked).allMatch(letters -> letters * length <= 20_000);
            // Half as wide as high, and no wider than the picture but for rounding.
            assertThat(context.asked.getLast())
                    .isLessThanOrEqualTo(Math.min(200, Math.max(1, 800 / length + 1)));
        }
    }

    private static Watermark watermark(double opacity) {
        return new Watermark(file(), Gravity.SOUTHEAST, opacity, NONE, null, false);
    }

    private static Mark file() {
        return new Mark.File("/mark.png", "");
    }

    private static long covered(Picture picture) {
        long covered = 0;
        for (int[] row : rows(picture)) {
            for (int sample : row) {
                covered += sample == 255 ? 1 : 0;
            }
        }
        return covered;
    }

    private static int[][] rows(Picture picture) {
        return Pictures.rows(picture);
    }

    private static Picture grey(int width, int height, boolean alpha, Pictures.Samples samples) {
        return Pictures.of(width, height, ColorModel.GREY, alpha, samples);
    }

    private static Plane plane(int width, int height, int value) {
        Plane plane =
                Plane.whole(Arena.ofAuto().allocate((long) width * height), width, height, width);
        plane.samples().fill((byte) value);
        return plane;
    }

    /** A context with this mark, whose text is solid. */
    private record Marked(
            Picture mark, Workspace workspace, Resampler resampler, List<Integer> asked)
            implements OperationContext {
        Marked(Picture mark) {
            this(mark, new Workspace(), Resampler.create(), new ArrayList<>());
        }

        @Override
        public Chroma chroma() {
            return Chroma.S420;
        }

        @Override
        public Picture toSrgb(Picture picture) {
            return picture;
        }

        @Override
        public boolean endsInSrgb() {
            return true;
        }

        @Override
        public Picture mark(Mark.File file) {
            return mark;
        }

        @Override
        public Picture mark(Mark.Text text, int letters) {
            asked.add(letters);
            int width = Math.round(text.text().length() * letters / 2f);
            return grey(width, letters, true, (plane, x, y) -> 255);
        }
    }
}
