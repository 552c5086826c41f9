package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Size;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import java.util.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotateTest {
    private static Picture rotate(Picture picture, String how) {
        return Recipes.operation("rotate " + how).apply(picture, new PlainContext());
    }

    /** A plain PGM from the test's resources, see README there. */
    private static Picture pgm(String name) throws IOException {
        try (InputStream in = RotateTest.class.getResourceAsStream(name);
                Scanner words =
                        new Scanner(Objects.requireNonNull(in), StandardCharsets.US_ASCII)) {
            assertThat(words.next()).isEqualTo("P2");
            int width = words.nextInt();
            int[][] rows = new int[words.nextInt()][width];
            words.nextInt();
            for (int[] row : rows) {
                for (int x = 0; x < width; x++) {
                    row[x] = words.nextInt();
                }
            }
            return Pictures.grey(rows);
        }
    }

    /** The same cubic around the same middle: only rounding differs, at the edge too. */
    @Test
    void turnsAsImageMagickDoes() throws IOException {
        int[][] expected = Pictures.rows(pgm("rotate-30.pgm"));

        Picture result = rotate(pgm("rotate-source.pgm"), "30 background=#282828");

        assertThat(result.size()).isEqualTo(new Size(38, 34));
        for (int y = 0; y < 34; y++) {
            for (int x = 0; x < 38; x++) {
                assertThat(result.planes().getFirst().at(x, y))
                        .as("%d,%d", x, y)
                        .isCloseTo(expected[y][x], within(1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "17.3", "45", "89.9", "91", "179", "200", "-30", "359"})
    void keepsTheAreaOfThePictureAndSmoothsItsEdge(String angle) {
        Picture white = Pictures.of(60, 40, ColorModel.GREY, false, (p, x, y) -> 200);
        int[][] rows = Pictures.rows(rotate(white, angle + " background=black"));
        double sum = 0;
        boolean between = false;
        for (int[] row : rows) {
            for (int value : row) {
                sum += value / 200.0;
                between |= value > 20 && value < 180;
            }
        }
        // The cubic overshoots at the edge, which clamping at 0 cuts off: at most a tenth of a
        // pixel for each of the 200 along it.
        assertThat(sum).isBetween(2400.0 - 20, 2400.0 + 20);
        assertThat(between).isTrue();
        assertThat(rows[rows.length / 2][rows[0].length / 2]).isEqualTo(200);
    }

    @Test
    void growsToHoldEverything() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 30; i++) {
            Size size = new Size(1 + random.nextInt(60), 1 + random.nextInt(60));
            double angle = 0.5 + random.nextInt(358);
            Picture picture =
                    Pictures.of(
                            size.width(), size.height(), ColorModel.RGB, false, (p, x, y) -> 77);
            Rotate rotate = (Rotate) Recipes.operation("rotate " + angle + " background=#4d4d4d");
            Picture result = rotate.apply(picture, new PlainContext());
            // |w cos| + |h sin|, rounded up.
            double radians = angle * Math.PI / 180;
            double width =
                    Math.abs(size.width() * Math.cos(radians))
                            + Math.abs(size.height() * Math.sin(radians));
            assertThat(result.size())
                    .as("%s by %s, seed %d", size, angle, seed)
                    .isEqualTo(rotate.resultSize(size));
            assertThat((double) result.size().width()).isBetween(width - 1e-5, width + 1);
            for (int[] row : Pictures.rows(result)) {
                assertThat(row).as("a constant picture stays so, seed %d", seed).containsOnly(77);
            }
        }
    }

    @Test
    void leavesCornersTransparentWhereThereIsAlpha() {
        // Transparent pixels are white: none of it must show.
        Picture picture =
                Pictures.of(
                        40,
                        40,
                        ColorModel.RGB,
                        true,
                        (p, x, y) -> p == 3 ? (x < 20 ? 255 : 0) : (x < 20 ? 60 : 255));
        Picture result = rotate(picture, "45 background=red");
        assertThat(result.alpha()).isTrue();
        for (int y = 0; y < result.size().height(); y++) {
            for (int x = 0; x < result.size().width(); x++) {
                if (result.planes().get(3).at(x, y) > 0) {
                    assertThat(result.planes().get(0).at(x, y)).isEqualTo(60);
                }
            }
        }
        assertThat(result.planes().get(3).at(0, 0)).isZero();
        assertThat(result.planes().get(3).at(20, 28)).isEqualTo(255);
    }
}
