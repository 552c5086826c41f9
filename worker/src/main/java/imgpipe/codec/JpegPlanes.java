package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.util.ArrayList;
import java.util.List;

/** A JPEG's components, as a reader delivers them unconverted, to planes. */
final class JpegPlanes {
    private JpegPlanes() {}

    /** YCC stays what it is; YCCK becomes CMYK, 0 becomes no ink. */
    static Picture of(Raster raster, JpegHeader header, Workspace workspace)
            throws PictureException {
        Size size = new Size(raster.getWidth(), raster.getHeight());
        int bands = header.components().size();
        if (!size.equals(header.size())
                || raster.getNumBands() != bands
                || !(raster.getSampleModel() instanceof ComponentSampleModel layout)
                || !(raster.getDataBuffer() instanceof DataBufferByte buffer)) {
            throw new PictureException(
                    Reason.CORRUPT, "the JPEG's pixels are not what its header announces");
        }
        List<Plane> planes = new ArrayList<>();
        for (int band = 0; band < bands; band++) {
            planes.add(Plane.allocate(workspace, size.width(), size.height()));
        }
        byte[] data = buffer.getData();
        int step = layout.getPixelStride();
        byte[][] rows = new byte[bands][size.width()];
        for (int y = 0; y < size.height(); y++) {
            for (int band = 0; band < bands; band++) {
                int at = layout.getBandOffsets()[band] + y * layout.getScanlineStride();
                byte[] row = rows[band];
                for (int x = 0; x < row.length; x++, at += step) {
                    row[x] = data[at];
                }
            }
            if (bands == 4) {
                ink(rows, header);
            }
            for (int band = 0; band < bands; band++) {
                planes.get(band).store(y, rows[band]);
            }
        }
        ColorModel color =
                switch (header.color()) {
                    case GREY -> ColorModel.GREY;
                    case YCC -> ColorModel.YCC;
                    case RGB -> ColorModel.RGB;
                    case CMYK, YCCK -> ColorModel.CMYK;
                };
        return Picture.of(size, color, false, planes);
    }

    private static void ink(byte[][] rows, JpegHeader header) {
        boolean ycc = header.color() == JpegColor.YCCK;
        for (int x = 0; x < rows[0].length; x++) {
            if (ycc) {
                // YCC holds 255 - C, 255 - M, 255 - Y as red, green and blue (libjpeg, jcolor.c).
                double luma = rows[0][x] & 0xFF;
                double blue = (rows[1][x] & 0xFF) - 128;
                double red = (rows[2][x] & 0xFF) - 128;
                rows[0][x] = (byte) (255 - round(luma + 1.402 * red));
                rows[1][x] = (byte) (255 - round(luma - 0.344136 * blue - 0.714136 * red));
                rows[2][x] = (byte) (255 - round(luma + 1.772 * blue));
            }
            for (byte[] row : rows) {
                row[x] = (byte) (255 - (row[x] & 0xFF));
            }
        }
    }

    private static int round(double value) {
        return Math.clamp(Math.round(value), 0, 255);
    }
}
