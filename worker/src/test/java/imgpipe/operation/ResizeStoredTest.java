package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import imgpipe.image.ColorModel;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ResizeStoredTest {
    private static final List<String> MOVES =
            List.of(
                    "orient",
                    "rotate 90",
                    "rotate 180",
                    "rotate 270",
                    "flip horizontal",
                    "flip vertical",
                    "crop 30x20+3+5",
                    "crop 70% northeast",
                    "crop 4:3 south");

    private static final List<String> RESIZES =
            List.of("11x11", "10x10^ west", "19x7 fill mitchell", "30x30 pad north", "25% box");

    private static final PlainContext FULL = new PlainContext();

    private static Picture oneByOne(Recipe recipe, Picture picture) {
        Picture made = picture;
        for (Operation operation : recipe.operations()) {
            made = operation.apply(made, FULL);
        }
        return made;
    }

    private static Picture atOnce(Recipe recipe, Picture picture) {
        List<Operation> steps = recipe.steps(picture.orientation());
        assertThat(steps).hasSize(1).first().isInstanceOf(ResizeStored.class);
        return steps.getFirst().apply(picture, FULL);
    }

    /** Where pixels are samples nothing is left to differ but the order of sums. */
    @Test
    void doesWhatTheStepsDoOneByOne() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Picture picture =
                    Pictures.of(
                                    40 + random.nextInt(30),
                                    40 + random.nextInt(30),
                                    ColorModel.GREY,
                                    random.nextBoolean(),
                                    (plane, x, y) -> plane == 0 ? random.nextInt(256) : 3 * x)
                            .with(Orientation.ofExif(1 + random.nextInt(8)));
            List<String> steps = new ArrayList<>();
            for (int moves = 1 + random.nextInt(4); moves > 0; moves--) {
                steps.add(MOVES.get(random.nextInt(MOVES.size())));
            }
            steps.add("resize " + RESIZES.get(random.nextInt(RESIZES.size())));
            String text = String.join(" | ", steps) + ", seed " + seed;
            Recipe recipe = Recipes.recipe(String.join(" | ", steps));

            Picture expected = oneByOne(recipe, picture);
            Picture result = atOnce(recipe, picture);

            assertThat(result.size()).as(text).isEqualTo(expected.size());
            assertThat(result.orientation()).as(text).isEqualTo(expected.orientation());
            assertThat(recipe.steps(picture.orientation()).getFirst().resultSize(picture.size()))
                    .as(text)
                    .isEqualTo(expected.size());
            for (int plane = 0; plane < expected.planes().size(); plane++) {
                int[][] rows = Pictures.rows(expected.planes().get(plane));
                for (int y = 0; y < rows.length; y++) {
                    for (int x = 0; x < rows[0].length; x++) {
                        assertThat(result.planes().get(plane).at(x, y))
                                .as("%s, %d,%d", text, x, y)
                                .isCloseTo(rows[y][x], within(1));
                    }
                }
            }
        }
    }

    /** A plane of which each sample is the mean of what a function gives for its pixels. */
    private static Plane decoded(
            int pixelsX, int pixelsY, double scale, DoubleUnaryOperator value) {
        double spanX = pixelsX * scale;
        double spanY = pixelsY * scale;
        int width = (int) Math.ceil(spanX);
        int height = (int) Math.ceil(spanY);
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
                plane.set(x, y, (int) Math.round(value.applyAsDouble((x + 0.5) / scale)));
            }
        }
        return plane;
    }

    /**
     * Luma decoded at 3/8 and chroma at 3/16 of 403x301 pixels, each a ramp across. The ramp's
     * value at the centre of each pixel of the result is known; the mean error, in which rounding
     * of the samples has no part, tells by how much the result is shifted.
     */
    @Test
    void shiftsNothingWhereTheCropFallsBetweenSamples() {
        double slope = 0.6;
        Plane luma = decoded(403, 301, 3 / 8.0, at -> slope * at);
        Plane chroma = decoded(403, 301, 3 / 16.0, at -> slope * at);
        Picture picture =
                Picture.of(
                        new Size(403, 301), ColorModel.YCC, false, List.of(luma, chroma, chroma));
        Recipe recipe = Recipes.recipe("crop 299x200+37+41 | resize 75x50 fill");

        Picture result = atOnce(recipe, picture);

        assertThat(result.size()).isEqualTo(new Size(75, 50));
        double step = 299 / 75.0;
        for (Plane plane : result.planes()) {
            double error = 0;
            int counted = 0;
            // At its ends the kernel sees less than it wants of the ramp.
            for (int x = 5; x < 70; x++) {
                error += plane.at(x, 25) - slope * (37 + (x + 0.5) * step);
                counted++;
            }
            assertThat(error / counted / (slope * step)).isCloseTo(0, within(0.1));
        }
    }

    /** What was cut off is white, and must not come back at the edge. */
    @Test
    void showsNothingOfWhatWasCutOff() {
        Picture picture =
                Pictures.of(
                        80,
                        60,
                        ColorModel.GREY,
                        false,
                        (p, x, y) -> x >= 20 && x < 60 && y >= 10 && y < 50 ? 40 : 255);
        for (int[] row :
                Pictures.rows(
                        atOnce(
                                Recipes.recipe("orient | crop 40x40+20+10 | resize 13x13"),
                                picture))) {
            assertThat(row).containsOnly(40);
        }
    }

    @Test
    void isDecodedSoLargeThatThePartStillCoversTheResult() {
        // A quarter of the width and a third of the height become 100x100: 1.2 times that is 120.
        Recipe recipe = Recipes.recipe("orient | crop 1000x1000+50+60 | resize 100x100");
        assertThat(recipe.floor(new Size(4000, 3000), Orientation.UPRIGHT))
                .isEqualTo(new Size(480, 360));
        assertThat(recipe.floor(new Size(3000, 4000), Orientation.TURN_LEFT))
                .isEqualTo(new Size(360, 480));
        assertThat(
                        Recipes.recipe("rotate 90 | crop 25%x100% | resize 100x400 fill")
                                .floor(new Size(4000, 3000), Orientation.UPRIGHT))
                .isEqualTo(new Size(480, 480));
        assertThat(
                        Recipes.recipe("trim | resize 100x100")
                                .floor(new Size(4000, 3000), Orientation.UPRIGHT))
                .isEqualTo(new Size(4000, 3000));
        assertThat(
                        Recipes.recipe("crop 1000x1000")
                                .floor(new Size(4000, 3000), Orientation.UPRIGHT))
                .isEqualTo(new Size(4000, 3000));
    }
}
