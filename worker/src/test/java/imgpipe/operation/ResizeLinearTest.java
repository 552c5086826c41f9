package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResizeLinearTest {
    private final PlainContext context = new PlainContext();

    /** Half the pixels black, half white are half the light: the sample 188, not 128. */
    @ParameterizedTest
    @EnumSource(
            value = ColorModel.class,
            names = {"GREY", "RGB", "YCC"})
    void averagesLight(ColorModel color) throws RecipeException {
        Picture checkered =
                Pictures.of(
                        64,
                        64,
                        color,
                        false,
                        (plane, x, y) ->
                                color == ColorModel.YCC && plane > 0 ? 128 : (x + y) % 2 * 255);

        Picture small = resize("resize 8x8 box linear-light", checkered);

        assertThat(small.color()).isEqualTo(color == ColorModel.YCC ? ColorModel.RGB : color);
        small.planes().forEach(plane -> assertThat(plane.at(3, 4)).isEqualTo(188));
    }

    @Test
    void agreesWithPillowInFloats() throws IOException, RecipeException {
        Picture small = resize("resize 21x16 fill linear-light", Pnm.read("source.ppm"));

        close(small.planes(), Pnm.read("linear-21x16-pillow.ppm").planes());
    }

    @Test
    void agreesWithPillowInFloatsWhereAlphaWeighs() throws IOException, RecipeException {
        Picture small =
                resize("resize 21x16 fill linear-light", Pnm.read("source.ppm", "alpha.pgm"));

        Plane opacity = Pnm.read("alpha-21x16-pillow.pgm").planes().getFirst();
        List<Plane> expected = Pnm.read("linear-21x16-alpha-pillow.ppm").planes();
        close(List.of(small.planes().getLast()), List.of(opacity));
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 21; x++) {
                // What is all but transparent is a small number divided by another.
                if (opacity.at(x, y) > 3) {
                    for (int i = 0; i < 3; i++) {
                        assertThat(small.planes().get(i).at(x, y))
                                .as("plane %d at %d,%d", i, x, y)
                                .isCloseTo(expected.get(i).at(x, y), within(1));
                    }
                }
            }
        }
    }

    /** Both sum in 32-bit floats and round once, so that only ties may fall otherwise. */
    private static void close(List<Plane> actual, List<Plane> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            for (int y = 0; y < 16; y++) {
                for (int x = 0; x < 21; x++) {
                    assertThat(actual.get(i).at(x, y))
                            .as("plane %d at %d,%d", i, x, y)
                            .isCloseTo(expected.get(i).at(x, y), within(1));
                }
            }
        }
    }

    @Test
    void keepsAConstantOfAnySize() throws RecipeException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            int value = random.nextInt(256);
            Picture flat =
                    Pictures.of(
                            1 + random.nextInt(150),
                            1 + random.nextInt(150),
                            ColorModel.GREY,
                            i % 2 == 0,
                            (plane, x, y) -> plane == 0 ? value : 99);

            Picture small =
                    resize(
                            "resize %dx%d fill enlarge linear-light"
                                    .formatted(1 + random.nextInt(150), 1 + random.nextInt(150)),
                            flat);

            for (int[] row : Pictures.rows(small)) {
                assertThat(row).as("seed %d", seed).containsOnly(value);
            }
        }
    }

    private Picture resize(String recipe, Picture picture) throws RecipeException {
        return RecipeParser.parse(recipe).operations().getFirst().apply(picture, context);
    }
}
