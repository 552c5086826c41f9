package imgpipe.paint;

import imgpipe.image.Plane;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.List;

/**
 * From a profile's RGB or CMYK to sRGB by the JDK's color management (Little CMS), with the
 * perceptual intent, which for matrix profiles is the relative colorimetric one. A band of rows at
 * a time: the operation wants interleaved samples.
 */
final class ProfileTransform implements ColorTransform {
    private static final int BAND_SAMPLES = 1 << 18;

    private final ColorConvertOp operation;

    ProfileTransform(ICC_Profile source) {
        operation =
                new ColorConvertOp(
                        new ICC_Profile[] {source, ICC_Profile.getInstance(ColorSpace.CS_sRGB)},
                        null);
        // A profile without a usable table says so only when it is used.
        WritableRaster one = raster(1, 1, source.getNumComponents());
        operation.filter(one, raster(1, 1, 3));
    }

    @Override
    public void apply(List<Plane> from, List<Plane> to) {
        int width = from.getFirst().width();
        int height = from.getFirst().height();
        int band = Math.clamp(BAND_SAMPLES / width, 1, height);
        for (int y = 0; y < height; y += band) {
            int rows = Math.min(band, height - y);
            WritableRaster source = raster(width, rows, from.size());
            WritableRaster target = raster(width, rows, 3);
            interleave(from, y, rows, bytes(source));
            operation.filter(source, target);
            separate(bytes(target), to, y, rows);
        }
    }

    private static void interleave(List<Plane> planes, int top, int rows, byte[] samples) {
        int step = planes.size();
        byte[] row = new byte[planes.getFirst().width()];
        for (int band = 0; band < step; band++) {
            for (int y = 0; y < rows; y++) {
                planes.get(band).load(top + y, row);
                int at = y * row.length * step + band;
                for (int x = 0; x < row.length; x++, at += step) {
                    samples[at] = row[x];
                }
            }
        }
    }

    private static void separate(byte[] samples, List<Plane> planes, int top, int rows) {
        int step = planes.size();
        byte[] row = new byte[planes.getFirst().width()];
        for (int band = 0; band < step; band++) {
            for (int y = 0; y < rows; y++) {
                int at = y * row.length * step + band;
                for (int x = 0; x < row.length; x++, at += step) {
                    row[x] = samples[at];
                }
                planes.get(band).store(top + y, row);
            }
        }
    }

    private static WritableRaster raster(int width, int height, int bands) {
        return Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, bands, null);
    }

    private static byte[] bytes(WritableRaster raster) {
        return ((DataBufferByte) raster.getDataBuffer()).getData();
    }
}
