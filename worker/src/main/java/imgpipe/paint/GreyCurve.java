package imgpipe.paint;

import imgpipe.image.Plane;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.List;

/** From a profile's grey to sRGB's, which is a curve of 256 values. */
final class GreyCurve implements ColorTransform {
    private final byte[] curve;

    private GreyCurve(byte[] curve) {
        this.curve = curve;
    }

    static GreyCurve of(ICC_Profile source) {
        int levels = 256;
        WritableRaster ramp = Raster.createBandedRaster(DataBuffer.TYPE_BYTE, levels, 1, 1, null);
        for (int level = 0; level < levels; level++) {
            ramp.setSample(level, 0, 0, level);
        }
        ColorConvertOp operation =
                new ColorConvertOp(
                        new ICC_Profile[] {source, ICC_Profile.getInstance(ColorSpace.CS_sRGB)},
                        null);
        WritableRaster target =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, levels, 1, 3, null);
        operation.filter(ramp, target);
        byte[] curve = new byte[levels];
        for (int level = 0; level < levels; level++) {
            // Red, green and blue differ by rounding at most.
            curve[level] = (byte) target.getSample(level, 0, 1);
        }
        return new GreyCurve(curve);
    }

    @Override
    public void apply(List<Plane> from, List<Plane> to) {
        byte[] row = new byte[from.getFirst().width()];
        for (int y = 0; y < from.getFirst().height(); y++) {
            from.getFirst().load(y, row);
            for (int x = 0; x < row.length; x++) {
                row[x] = curve[row[x] & 0xFF];
            }
            to.getFirst().store(y, row);
        }
    }
}
