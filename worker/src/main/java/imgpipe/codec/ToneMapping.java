package imgpipe.codec;

import imgpipe.image.ColorModel;
import imgpipe.image.Plane;
import java.awt.image.Raster;
import java.util.List;

/**
 * Floating-point samples to eight bits. They are taken for linear light with 1 as white. A picture
 * with nothing above 1 is only given sRGB's transfer curve (IEC 61966-2-1); one that goes beyond is
 * first compressed by the photographic operator with its brightest luminance as white (Reinhard,
 * Stark, Shirley, Ferwerda, "Photographic Tone Reproduction for Digital Images", 2002, equations 1
 * to 4, key 0.18), which keeps the hue.
 */
final class ToneMapping {
    private static final double KEY = 0.18;
    private static final double DARKEST = 1e-6;

    private final Raster raster;
    private final int colors;
    private final float[][] rows;
    private double scale = 1;
    private double white;

    /**
     * A mapping for this raster.
     *
     * @param colors 1 or 3, how many of its bands are light; one more may be alpha
     */
    ToneMapping(Raster raster, int colors) {
        this.raster = raster;
        this.colors = colors;
        rows = new float[raster.getNumBands()][raster.getWidth()];
        measure();
    }

    /** Fills the planes: colors, then alpha if there is one. */
    void store(List<Plane> planes, ColorModel model) {
        byte[] row = new byte[raster.getWidth()];
        for (int y = 0; y < raster.getHeight(); y++) {
            load(y);
            float[] factors = new float[row.length];
            for (int x = 0; x < row.length; x++) {
                factors[x] = (float) factor(luminance(x));
            }
            for (int band = 0; band < planes.size(); band++) {
                boolean light = band < model.planes();
                for (int x = 0; x < row.length; x++) {
                    row[x] = light ? gamma(rows[band][x] * factors[x]) : unit(rows[band][x]);
                }
                planes.get(band).store(y, row);
            }
        }
    }

    private void measure() {
        double logarithms = 0;
        double brightest = 0;
        double highest = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            load(y);
            for (int x = 0; x < raster.getWidth(); x++) {
                double light = luminance(x);
                logarithms += Math.log(DARKEST + light);
                brightest = Math.max(brightest, light);
                for (int band = 0; band < colors; band++) {
                    highest = Math.max(highest, finite(rows[band][x]));
                }
            }
        }
        if (highest > 1) {
            long pixels = (long) raster.getWidth() * raster.getHeight();
            scale = KEY / Math.exp(logarithms / pixels);
            white = scale * brightest;
        }
    }

    private double factor(double light) {
        if (white == 0) {
            return 1;
        }
        double scaled = scale * light;
        return scale * (1 + scaled / (white * white)) / (1 + scaled);
    }

    private double luminance(int x) {
        return colors < 3
                ? finite(rows[0][x])
                : 0.2126 * finite(rows[0][x])
                        + 0.7152 * finite(rows[1][x])
                        + 0.0722 * finite(rows[2][x]);
    }

    private void load(int y) {
        for (int band = 0; band < rows.length; band++) {
            raster.getSamples(
                    raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, band, rows[band]);
        }
    }

    private static double finite(float value) {
        return value > 0 && value < Float.POSITIVE_INFINITY ? value : 0;
    }

    private static byte unit(float value) {
        return (byte) Math.round(255 * Math.clamp(Float.isNaN(value) ? 0 : value, 0f, 1f));
    }

    private static byte gamma(float value) {
        double light = Math.clamp(Float.isNaN(value) ? 0 : value, 0f, 1f);
        double signal =
                light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
        return (byte) Math.round(255 * signal);
    }
}
