package imgpipe.codec;

import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.List;

/** Lays planes pixel by pixel into the images that ImageIO's writers take. */
final class InterleavedImage {
    private InterleavedImage() {}

    /** An image of 1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGB, alpha) planes. */
    static BufferedImage of(Size size, List<Plane> planes) {
        if (planes.size() != 2) {
            int type =
                    switch (planes.size()) {
                        case 1 -> BufferedImage.TYPE_BYTE_GRAY;
                        case 3 -> BufferedImage.TYPE_3BYTE_BGR;
                        default -> BufferedImage.TYPE_4BYTE_ABGR;
                    };
            BufferedImage image = new BufferedImage(size.width(), size.height(), type);
            fill(image.getRaster(), planes.size() == 1 ? planes : planes.reversed());
            return image;
        }
        ComponentColorModel model =
                new ComponentColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_GRAY),
                        true,
                        false,
                        Transparency.TRANSLUCENT,
                        DataBuffer.TYPE_BYTE);
        return new BufferedImage(model, raster(size, planes), false, null);
    }

    /** A raster with a band for each plane, in their order. */
    static WritableRaster raster(Size size, List<Plane> planes) {
        WritableRaster raster =
                Raster.createInterleavedRaster(
                        DataBuffer.TYPE_BYTE, size.width(), size.height(), planes.size(), null);
        fill(raster, planes);
        return raster;
    }

    /**
     * Writes the planes in the order in which the raster's bytes follow each other. A plane with
     * fewer samples than there are pixels has each of them repeated.
     */
    private static void fill(WritableRaster raster, List<Plane> planes) {
        byte[] data = ((DataBufferByte) raster.getDataBuffer()).getData();
        int width = raster.getWidth();
        int step = planes.size();
        for (int band = 0; band < step; band++) {
            Plane plane = planes.get(band);
            int across = plane.width() < width ? 2 : 1;
            int down = plane.height() < raster.getHeight() ? 2 : 1;
            byte[] row = new byte[plane.width()];
            for (int y = 0; y < raster.getHeight(); y++) {
                plane.load(y / down, row);
                int at = y * width * step + band;
                for (int x = 0; x < width; x++, at += step) {
                    data[at] = row[x / across];
                }
            }
        }
    }
}
