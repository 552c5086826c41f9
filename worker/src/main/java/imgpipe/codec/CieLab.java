package imgpipe.codec;

import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import java.util.List;

/**
 * The L*a*b* of a TIFF to sRGB, in place: CIE 15 with D50 as white, as the ICC's connection space
 * has it, then sRGB's primaries adapted by Bradford's matrix (Lindbloom, "RGB/XYZ Matrices") and
 * its curve (IEC 61966-2-1). Colors beyond sRGB are clipped.
 */
final class CieLab {
    private static final double[] WHITE = {0.9642, 1, 0.8249};
    private static final double[][] TO_SRGB = {
        {3.1338561, -1.6168667, -0.4906146},
        {-0.9787684, 1.9161415, 0.0334540},
        {0.0719453, -0.2289914, 1.4052427}
    };

    /** Light is told apart in so many steps; the darkest are a twentieth of a sample apart. */
    private static final int STEPS = 1 << 14;

    private static final byte[] SIGNALS = signals();

    /** For each sample: (L* + 16) / 116, a* / 500, b* / 200. */
    private final double[] luma = new double[256];

    private final double[] reds = new double[256];
    private final double[] blues = new double[256];

    /**
     * A conversion of planes whose samples were brought to 8 bits as if they were RGB.
     *
     * @param signed whether a* and b* are two's complement (TIFF 6.0, section 23), else they count
     *     from -128 (the ICC's encoding, TIFF Technical Note 4)
     * @param bits of a stored sample, 8 or 16
     */
    CieLab(boolean signed, int bits) {
        boolean fine = bits == 16;
        for (int sample = 0; sample < 256; sample++) {
            // 16 bits were divided by 257; 100 is 65535 or, in the ICC's encoding, 65280.
            double lightness = sample / (fine && !signed ? 254.0078 : 255) * 100;
            double units = fine ? sample * 257 / 256.0 : sample;
            double opponent = signed ? units - (sample < 128 ? 0 : 256) : units - 128;
            luma[sample] = (lightness + 16) / 116;
            reds[sample] = opponent / 500;
            blues[sample] = opponent / 200;
        }
    }

    /** The same planes, whose first three are now red, green and blue. */
    Picture toRgb(Picture lab) {
        List<Plane> planes = lab.planes();
        byte[][] rows = new byte[3][lab.size().width()];
        for (int y = 0; y < lab.size().height(); y++) {
            for (int band = 0; band < 3; band++) {
                planes.get(band).load(y, rows[band]);
            }
            for (int x = 0; x < rows[0].length; x++) {
                convert(rows, x);
            }
            for (int band = 0; band < 3; band++) {
                planes.get(band).store(y, rows[band]);
            }
        }
        return lab.with(lab.size(), ColorModel.RGB, lab.alpha(), lab.frames());
    }

    private void convert(byte[][] rows, int x) {
        double root = luma[rows[0][x] & 0xFF];
        double first = WHITE[0] * light(root + reds[rows[1][x] & 0xFF]);
        double second = WHITE[1] * light(root);
        double third = WHITE[2] * light(root - blues[rows[2][x] & 0xFF]);
        for (int band = 0; band < 3; band++) {
            double[] row = TO_SRGB[band];
            double light = row[0] * first + row[1] * second + row[2] * third;
            rows[band][x] = SIGNALS[(int) (Math.clamp(light, 0, 1) * (STEPS - 1) + 0.5)];
        }
    }

    private static double light(double root) {
        return root > 6 / 29.0 ? root * root * root : (116 * root - 16) * 27 / 24389;
    }

    private static byte[] signals() {
        byte[] signals = new byte[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double light = i / (STEPS - 1.0);
            double signal =
                    light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
            signals[i] = (byte) Math.round(255 * signal);
        }
        return signals;
    }
}
