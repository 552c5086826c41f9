package imgpipe.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class YccConversionTest {
    private final Workspace workspace = new Workspace();

    @AfterEach
    void close() {
        workspace.close();
    }

    private Picture pixels(ColorModel color, int[]... pixels) {
        List<Plane> planes =
                List.of(
                        Plane.allocate(workspace, pixels.length, 1),
                        Plane.allocate(workspace, pixels.length, 1),
                        Plane.allocate(workspace, pixels.length, 1));
        for (int x = 0; x < pixels.length; x++) {
            for (int band = 0; band < 3; band++) {
                planes.get(band).set(x, 0, pixels[x][band]);
            }
        }
        return Picture.of(new Size(pixels.length, 1), color, false, planes);
    }

    private static int[] pixel(Picture picture, int x) {
        return picture.planes().stream().mapToInt(plane -> plane.at(x, 0)).toArray();
    }

    @Test
    void primariesHaveTheValuesOfTheStandard() {
        Picture rgb =
                pixels(
                        ColorModel.RGB,
                        new int[] {255, 0, 0},
                        new int[] {0, 255, 0},
                        new int[] {0, 0, 255},
                        new int[] {255, 255, 255});
        Picture ycc = YccConversion.fromRgb(rgb, workspace);
        // 0.299, 0.587, 0.114 of 255; Cb and Cr of a pure primary reach 255.5, which is cut off.
        assertThat(pixel(ycc, 0)).containsExactly(76, 85, 255);
        assertThat(pixel(ycc, 1)).containsExactly(150, 44, 21);
        assertThat(pixel(ycc, 2)).containsExactly(29, 255, 107);
        assertThat(pixel(ycc, 3)).containsExactly(255, 128, 128);
    }

    @Test
    void agreesWithTheFormulaInFloatingPoint() {
        int[][] all = new int[17 * 17 * 17][];
        for (int i = 0; i < all.length; i++) {
            all[i] = new int[] {i % 17 * 15 + i % 7, i / 17 % 17 * 15, i / 289 * 15};
        }
        Picture rgb = YccConversion.toRgb(pixels(ColorModel.YCC, all), workspace);
        for (int i = 0; i < all.length; i++) {
            double y = all[i][0];
            double blue = all[i][1] - 128;
            double red = all[i][2] - 128;
            double[] exact = {
                y + 1.402 * red, y - 0.344136 * blue - 0.714136 * red, y + 1.772 * blue
            };
            for (int band = 0; band < 3; band++) {
                double wanted = Math.clamp(exact[band], 0, 255);
                assertThat(Math.abs(pixel(rgb, i)[band] - wanted)).isLessThan(0.51);
            }
        }
    }

    @Test
    void thereAndBackIsOffByOneAtMost() {
        int[][] all = new int[4096][];
        for (int i = 0; i < all.length; i++) {
            all[i] = new int[] {i % 16 * 17, i / 16 % 16 * 17, i / 256 * 17};
        }
        Picture rgb = pixels(ColorModel.RGB, all);
        Picture back = YccConversion.toRgb(YccConversion.fromRgb(rgb, workspace), workspace);
        for (int i = 0; i < all.length; i++) {
            for (int band = 0; band < 3; band++) {
                assertThat(Math.abs(pixel(back, i)[band] - all[i][band])).isLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void subsampledChromaIsWidenedBetweenSampleCentres() {
        Plane luma = Plane.allocate(workspace, 4, 1);
        Plane blue = Plane.allocate(workspace, 2, 1);
        Plane red = Plane.allocate(workspace, 2, 1);
        for (int x = 0; x < 4; x++) {
            luma.set(x, 0, 100);
        }
        blue.set(0, 0, 128);
        blue.set(1, 0, 128);
        red.set(0, 0, 128);
        red.set(1, 0, 168);
        Picture picture =
                Picture.of(new Size(4, 1), ColorModel.YCC, false, List.of(luma, blue, red));
        Picture rgb = YccConversion.toRgb(picture, workspace);
        // Cr is 128, 138, 158, 168: the centres lie at a quarter and three quarters.
        int[] reds = {pixel(rgb, 0)[0], pixel(rgb, 1)[0], pixel(rgb, 2)[0], pixel(rgb, 3)[0]};
        assertThat(reds).containsExactly(100, 114, 142, 156);
    }
}
