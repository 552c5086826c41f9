package imgpipe.paint;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.codec.MatrixProfile;
import imgpipe.image.ColorModel;
import imgpipe.image.IccProfile;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ColorConversionTest {
    private static final double[][] ADOBE = {
        {0.60974, 0.31111, 0.01947}, {0.20528, 0.62567, 0.06087}, {0.14919, 0.06322, 0.74457}
    };

    /** XYZ (D50) to linear sRGB, Bradford-adapted (Lindbloom, "RGB/XYZ Matrices"). */
    private static final double[][] TO_SRGB = {
        {3.1338561, -1.6168667, -0.4906146},
        {-0.9787684, 1.9161415, 0.0334540},
        {0.0719453, -0.2289914, 1.4052427}
    };

    private final Workspace workspace = new Workspace();
    private final ColorConversion conversion = new ColorConversion();

    @AfterEach
    void close() {
        workspace.close();
    }

    private Picture pixel(ColorModel color, boolean alpha, byte[] profile, int... samples) {
        List<Plane> planes = new ArrayList<>();
        for (int sample : samples) {
            Plane plane = Plane.allocate(workspace, 1, 1);
            plane.set(0, 0, sample);
            planes.add(plane);
        }
        Picture picture = Picture.of(new Size(1, 1), color, alpha, planes);
        return profile.length == 0 ? picture : picture.withProfile(new IccProfile(profile));
    }

    private int[] converted(Picture picture) {
        Picture result = conversion.toSrgb(picture, workspace);
        assertThat(result.profile()).isNull();
        return result.planes().stream().mapToInt(plane -> plane.at(0, 0)).toArray();
    }

    /** The same by matrices. */
    private static double[] adobeToSrgb(int[] rgb) {
        double[] xyz = new double[3];
        for (int band = 0; band < 3; band++) {
            double light = Math.pow(rgb[band] / 255.0, 563 / 256.0);
            for (int i = 0; i < 3; i++) {
                xyz[i] += light * ADOBE[band][i];
            }
        }
        double[] result = new double[3];
        for (int band = 0; band < 3; band++) {
            double light = 0;
            for (int i = 0; i < 3; i++) {
                light += TO_SRGB[band][i] * xyz[i];
            }
            light = Math.clamp(light, 0, 1);
            result[band] =
                    255
                            * (light <= 0.0031308
                                    ? 12.92 * light
                                    : 1.055 * Math.pow(light, 1 / 2.4) - 0.055);
        }
        return result;
    }

    @Test
    void adobeRgbBecomesWhatMatricesSay() {
        byte[] profile = MatrixProfile.adobeRgb();
        int[][] colors = {
            {128, 128, 128},
            {200, 100, 50},
            {60, 120, 180},
            {255, 0, 0},
            {255, 255, 255},
            {90, 60, 40}
        };
        for (int[] color : colors) {
            int[] result = converted(pixel(ColorModel.RGB, false, profile, color));
            double[] wanted = adobeToSrgb(color);
            for (int band = 0; band < 3; band++) {
                assertThat(Math.abs(result[band] - wanted[band])).as("%d", band).isLessThan(2);
            }
        }
    }

    @Test
    void alphaStaysAsItIs() {
        int[] result =
                converted(pixel(ColorModel.RGB, true, MatrixProfile.adobeRgb(), 10, 200, 30, 77));
        assertThat(result).hasSize(4).endsWith(77);
    }

    @Test
    void lumaAndChromaAreConvertedAsRgb() {
        // 76, 85, 255 is pure red; in Adobe RGB that is redder than sRGB can be.
        Picture picture = pixel(ColorModel.YCC, false, MatrixProfile.adobeRgb(), 76, 85, 255);
        assertThat(conversion.toSrgb(picture, workspace).color()).isEqualTo(ColorModel.RGB);
        assertThat(converted(picture)[0]).isEqualTo(255);
    }

    @Test
    void srgbOfAnyMakerCostsNothing() {
        byte[] jdk = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        Picture picture = pixel(ColorModel.YCC, false, jdk, 76, 85, 255);
        Picture result = conversion.toSrgb(picture, workspace);
        assertThat(result.color()).isEqualTo(ColorModel.YCC);
        assertThat(result.planes()).isEqualTo(picture.planes());
        assertThat(result.profile()).isNull();
    }

    @Test
    void aPictureInSrgbIsItself() {
        Picture picture = pixel(ColorModel.RGB, false, new byte[0], 1, 2, 3);
        assertThat(conversion.toSrgb(picture, workspace)).isSameAs(picture);
    }

    @Test
    void neitherBrokenNorForeignProfilesMatter() {
        byte[] broken = MatrixProfile.adobeRgb();
        broken[36] = 'x';
        byte[] cut = Arrays.copyOf(MatrixProfile.adobeRgb(), 200);
        for (byte[] profile : List.of(broken, cut, MatrixProfile.grey(461), new byte[] {1})) {
            int[] result = converted(pixel(ColorModel.RGB, false, profile, 200, 100, 50));
            assertThat(result).containsExactly(200, 100, 50);
        }
    }

    @Test
    void greyStaysGreyAndTakesItsCurve() {
        // 1.8 = 461 / 256: (128 / 255)^1.8 = 0.2891 of light, which is 147 in sRGB.
        Picture picture = pixel(ColorModel.GREY, false, MatrixProfile.grey(461), 128);
        assertThat(conversion.toSrgb(picture, workspace).color()).isEqualTo(ColorModel.GREY);
        double light = Math.pow(128 / 255.0, 461 / 256.0);
        double wanted = 255 * (1.055 * Math.pow(light, 1 / 2.4) - 0.055);
        assertThat(Math.abs(converted(picture)[0] - wanted)).isLessThan(1.5);
    }

    @Test
    void inksWithoutAProfileTakeAwayTheirShare() {
        Picture picture = pixel(ColorModel.CMYK, false, new byte[0], 255, 128, 0, 51);
        // 0; 127 * 204 / 255 = 101.6; 204.
        assertThat(converted(picture)).containsExactly(0, 102, 204);
    }

    @Test
    void inksWithAProfileForLightAreTakenAsPlain() {
        Picture picture = pixel(ColorModel.CMYK, false, MatrixProfile.adobeRgb(), 0, 0, 0, 0);
        assertThat(converted(picture)).containsExactly(255, 255, 255);
    }
}
