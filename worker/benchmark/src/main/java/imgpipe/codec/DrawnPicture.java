package imgpipe.codec;

import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pictures that cost an encoder about what photographs do: waves and some noise. */
final class DrawnPicture {
    private static final int WAVES = 12;
    private static final double NOISE = 3;

    private DrawnPicture() {}

    /**
     * Draws one, always the same.
     *
     * @param color RGB, or YCC with a chroma sample for every four pixels
     */
    static Picture of(Size size, ColorModel color, Workspace workspace) {
        Random random = new Random(4);
        List<Plane> planes = new ArrayList<>();
        for (int i = 0; i < color.planes(); i++) {
            int divisor = color == ColorModel.YCC && i > 0 ? 2 : 1;
            Plane plane =
                    Plane.allocate(
                            workspace,
                            Math.ceilDiv(size.width(), divisor),
                            Math.ceilDiv(size.height(), divisor));
            draw(plane, divisor, random);
            planes.add(plane);
        }
        return Picture.of(size, color, false, planes);
    }

    private static void draw(Plane plane, int divisor, Random random) {
        double[][] waves = new double[WAVES][4];
        for (int i = 0; i < WAVES; i++) {
            double wavelength = (6 << (i / 2)) / (double) divisor;
            double angle = random.nextDouble() * Math.PI;
            waves[i][0] = 2 * Math.PI * Math.cos(angle) / wavelength;
            waves[i][1] = 2 * Math.PI * Math.sin(angle) / wavelength;
            waves[i][2] = random.nextDouble() * 2 * Math.PI;
            waves[i][3] = 1 + 3 * i;
        }
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                double sum = 128 + NOISE * random.nextGaussian();
                for (double[] wave : waves) {
                    double height = Math.sin(wave[0] * x + wave[1] * y + wave[2]);
                    sum += wave[3] * height / 2;
                }
                plane.set(x, y, (int) Math.clamp(Math.round(sum), 0L, 255L));
            }
        }
    }
}
