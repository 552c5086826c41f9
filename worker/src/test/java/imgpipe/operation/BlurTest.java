package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlurTest {
    private final PlainContext context = new PlainContext();

    @Test
    void agreesWithLibvips() throws IOException {
        Picture source = Pnm.read("source.ppm");
        Picture expected = Pnm.read("blur-2-vips.ppm");

        Picture blurred = new Blur(2).apply(source, context);

        // libvips repeats the border, so that the outermost 8 pixels differ; its mask ends at 0.001
        // of the
        // Gaussian's peak, and both round.
        for (int i = 0; i < 3; i++) {
            for (int y = 8; y < 40; y++) {
                for (int x = 8; x < 56; x++) {
                    assertThat(blurred.planes().get(i).at(x, y))
                            .as("plane %d at %d,%d", i, x, y)
                            .isCloseTo(expected.planes().get(i).at(x, y), within(1));
                }
            }
        }
    }

    /** Rounding once where every sample is made, three times where a few are: see Gaussian. */
    @ParameterizedTest
    @CsvSource({"0.3, 0.6", "1, 0.6", "2.5, 0.6", "8, 0.6", "8.1, 2", "11, 2", "30, 2", "100, 2"})
    void isTheGaussianByItsDefinition(double sigma, double tolerance) {
        Random random = new Random(7);
        int width = 331;
        int height = 97;
        // Black and white halves, a checkerboard, and noise: as hard as pictures get.
        Picture source =
                Pictures.of(
                        width,
                        height,
                        ColorModel.GREY,
                        false,
                        (plane, x, y) ->
                                y < 40 ? (x < 150 ? 0 : 255) : x < 20 ? 255 : random.nextInt(256));
        double[][] exact = exact(Pictures.rows(source), sigma);

        Plane blurred = new Blur(sigma).apply(source, context).planes().getFirst();

        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                assertThat((double) blurred.at(x, y))
                        .as("at %d,%d", x, y)
                        .isCloseTo(exact[y][x], within(tolerance));
            }
        }
    }

    private static double[][] exact(int[][] rows, double sigma) {
        double[][] across = new double[rows.length][];
        for (int y = 0; y < rows.length; y++) {
            double[] row = new double[rows[y].length];
            for (int x = 0; x < row.length; x++) {
                row[x] = rows[y][x];
            }
            across[y] = exact(row, sigma);
        }
        double[][] result = new double[rows.length][rows[0].length];
        for (int x = 0; x < rows[0].length; x++) {
            double[] column = new double[rows.length];
            for (int y = 0; y < column.length; y++) {
                column[y] = across[y][x];
            }
            column = exact(column, sigma);
            for (int y = 0; y < column.length; y++) {
                result[y][x] = column[y];
            }
        }
        return result;
    }

    private static double[] exact(double[] line, double sigma) {
        double[] result = new double[line.length];
        for (int i = 0; i < line.length; i++) {
            double weights = 0;
            for (int j = 0; j < line.length; j++) {
                double weight = Math.exp(-(i - j) * (i - j) / (2 * sigma * sigma));
                weights += weight;
                result[i] += weight * line[j];
            }
            result[i] /= weights;
        }
        return result;
    }

    @Test
    void keepsAConstantOfAnySize() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            int value = random.nextInt(256);
            double sigma = 0.3 + 99 * Math.pow(random.nextDouble(), 3);
            Picture flat =
                    Pictures.of(
                            1 + random.nextInt(150),
                            1 + random.nextInt(150),
                            ColorModel.GREY,
                            i % 2 == 0,
                            (plane, x, y) -> plane == 0 ? value : 200);

            Picture blurred = new Blur(sigma).apply(flat, context);

            for (int[] row : Pictures.rows(blurred)) {
                assertThat(row).as("seed %d, sigma %s", seed, sigma).containsOnly(value);
            }
        }
    }

    @Test
    void blursSharedChromaByAsManyPixels() {
        // A picture of 200 x 100 with one sample of chroma for 2 x 2 pixels: an edge in both.
        Plane luma = plane(200, 100, 100);
        Plane chroma = plane(100, 50, 50);
        Picture picture =
                Picture.of(
                        new Size(200, 100), ColorModel.YCC, false, List.of(luma, chroma, chroma));

        List<Plane> blurred = new Blur(4).apply(picture, context).planes();

        assertThat(blurred.get(1).width()).isEqualTo(100);
        for (int x = 2; x < 98; x++) {
            // A sample of chroma lies between two pixels.
            double between =
                    (blurred.get(0).at(2 * x, 50) + blurred.get(0).at(2 * x + 1, 50)) / 2.0;
            assertThat((double) blurred.get(1).at(x, 25)).isCloseTo(between, within(1.5));
        }
    }

    @Test
    void keepsColorUnderTransparentPixelsOut() {
        // Left red 200 and opaque, right 0 and transparent.
        Picture picture =
                Pictures.of(
                        60,
                        20,
                        ColorModel.GREY,
                        true,
                        (plane, x, y) -> x < 30 ? (plane == 0 ? 200 : 255) : 0);
        for (double sigma : new double[] {2, 12}) {
            List<Plane> planes = new Blur(sigma).apply(picture, context).planes();

            for (int x = 0; x < 34; x++) {
                assertThat(planes.get(0).at(x, 10)).as("%s at %d", sigma, x).isEqualTo(200);
            }
            assertThat(planes.get(1).at(29, 10) + planes.get(1).at(30, 10)).isBetween(254, 256);
        }
    }

    private static Plane plane(int width, int height, int edge) {
        Plane plane =
                Plane.whole(Arena.ofAuto().allocate((long) width * height), width, height, width);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                plane.set(x, y, x < edge ? 10 : 250);
            }
        }
        return plane;
    }
}
