package imgpipe.codec;

import com.twelvemonkeys.imageio.color.ColorSpaces;
import imgpipe.image.IccProfile;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the stored samples out of a {@link BufferedImage} as planes. No color is converted on the
 * way: {@code getRGB} would, so it is left to color models that nothing else can be made of.
 */
final class ImagePlanes {
    private final BufferedImage image;
    private final Raster raster;
    private final Size size;
    private final boolean profiled;
    private final Workspace workspace;

    private ImagePlanes(BufferedImage image, boolean profiled, Workspace workspace) {
        this.image = image;
        this.raster = image.getRaster();
        this.size = new Size(image.getWidth(), image.getHeight());
        this.profiled = profiled;
        this.workspace = workspace;
    }

    /**
     * The image as a picture, with the profile of its color space if that came from the file.
     *
     * @param profiled whether the file has a profile for RGB: by that the greys of a palette may be
     *     colors
     */
    static Picture of(BufferedImage image, boolean profiled, Workspace workspace) {
        return new ImagePlanes(image, profiled, workspace).picture();
    }

    private Picture picture() {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel palette) {
            return indexed(palette);
        }
        boolean plain = model instanceof ComponentColorModel || model instanceof PackedColorModel;
        int colors = model.getNumColorComponents();
        imgpipe.image.ColorModel color =
                switch (model.getColorSpace().getType()) {
                    case ColorSpace.TYPE_GRAY -> imgpipe.image.ColorModel.GREY;
                    case ColorSpace.TYPE_CMYK -> imgpipe.image.ColorModel.CMYK;
                    default -> imgpipe.image.ColorModel.RGB;
                };
        boolean known = model.getColorSpace().getType() != ColorSpace.TYPE_RGB || colors == 3;
        if (!plain || color.planes() != colors || !known) {
            return converted();
        }
        boolean alpha = model.hasAlpha() && raster.getNumBands() > colors;
        List<Plane> planes = planes(colors + (alpha ? 1 : 0));
        int type = raster.getTransferType();
        if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
            new ToneMapping(raster, colors).store(planes, color);
        } else {
            for (int band = 0; band < planes.size(); band++) {
                copy(band, model.getComponentSize(band), planes.get(band));
            }
        }
        if (alpha && model.isAlphaPremultiplied()) {
            divide(planes);
        }
        Picture picture = Picture.of(size, color, alpha, planes);
        return model.getColorSpace() instanceof ICC_ColorSpace icc && !builtIn(icc)
                ? picture.withProfile(new IccProfile(icc.getProfile().getData()))
                : picture;
    }

    /** Whether a reader chose this color space because the file named none. */
    private static boolean builtIn(ICC_ColorSpace space) {
        return space.equals(ColorSpace.getInstance(ColorSpace.CS_sRGB))
                || space.equals(ColorSpace.getInstance(ColorSpace.CS_GRAY))
                || space.equals(ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB))
                || space.equals(ColorSpaces.getColorSpace(ColorSpaces.CS_GENERIC_CMYK));
    }

    private List<Plane> planes(int count) {
        List<Plane> planes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            planes.add(Plane.allocate(workspace, size.width(), size.height()));
        }
        return planes;
    }

    private void copy(int band, int bits, Plane plane) {
        byte[] row = new byte[size.width()];
        if (bits == 8
                && raster.getSampleModel() instanceof ComponentSampleModel layout
                && raster.getDataBuffer() instanceof DataBufferByte buffer
                && raster.getSampleModelTranslateX() == 0
                && raster.getSampleModelTranslateY() == 0) {
            int bank = layout.getBankIndices()[band];
            byte[] data = buffer.getData(bank);
            int first = buffer.getOffsets()[bank] + layout.getBandOffsets()[band];
            int step = layout.getPixelStride();
            for (int y = 0; y < size.height(); y++) {
                int at = first + y * layout.getScanlineStride();
                for (int x = 0; x < row.length; x++, at += step) {
                    row[x] = data[at];
                }
                plane.store(y, row);
            }
            return;
        }
        int[] samples = new int[size.width()];
        for (int y = 0; y < size.height(); y++) {
            raster.getSamples(
                    raster.getMinX(), raster.getMinY() + y, size.width(), 1, band, samples);
            SampleScale.store(samples, bits, plane, y, row);
        }
    }

    private Picture indexed(IndexColorModel palette) {
        int[] colors = new int[palette.getMapSize()];
        palette.getRGBs(colors);
        boolean grey = !profiled;
        for (int color : colors) {
            int red = (color >> 16) & 0xFF;
            grey &= red == ((color >> 8) & 0xFF) && red == (color & 0xFF);
        }
        boolean alpha = palette.hasAlpha();
        List<Plane> planes = planes((grey ? 1 : 3) + (alpha ? 1 : 0));
        int[] samples = new int[size.width()];
        for (int y = 0; y < size.height(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, size.width(), 1, 0, samples);
            for (int x = 0; x < samples.length; x++) {
                // An index beyond the palette is shown black by other viewers.
                samples[x] = samples[x] < colors.length ? colors[samples[x]] : 0xFF << 24;
            }
            split(samples, grey, alpha, planes, y);
        }
        return Picture.of(
                size,
                grey ? imgpipe.image.ColorModel.GREY : imgpipe.image.ColorModel.RGB,
                alpha,
                planes);
    }

    private Picture converted() {
        boolean alpha = image.getColorModel().hasAlpha();
        List<Plane> planes = planes(alpha ? 4 : 3);
        int[] colors = new int[size.width()];
        for (int y = 0; y < size.height(); y++) {
            image.getRGB(0, y, size.width(), 1, colors, 0, size.width());
            split(colors, false, alpha, planes, y);
        }
        return Picture.of(size, imgpipe.image.ColorModel.RGB, alpha, planes);
    }

    private static void split(int[] argb, boolean grey, boolean alpha, List<Plane> planes, int y) {
        byte[] row = new byte[argb.length];
        for (int band = 0; band < planes.size(); band++) {
            boolean last = alpha && band == planes.size() - 1;
            int shift = last ? 24 : grey ? 0 : 16 - 8 * band;
            for (int x = 0; x < row.length; x++) {
                row[x] = (byte) (argb[x] >> shift);
            }
            planes.get(band).store(y, row);
        }
    }

    /** Undoes the multiplication of colors by alpha. */
    private void divide(List<Plane> planes) {
        byte[] opacity = new byte[size.width()];
        byte[] row = new byte[size.width()];
        for (int y = 0; y < size.height(); y++) {
            planes.getLast().load(y, opacity);
            for (Plane plane : planes.subList(0, planes.size() - 1)) {
                plane.load(y, row);
                for (int x = 0; x < row.length; x++) {
                    int alpha = opacity[x] & 0xFF;
                    if (alpha > 0 && alpha < 255) {
                        int value = ((row[x] & 0xFF) * 255 + alpha / 2) / alpha;
                        row[x] = (byte) Math.min(255, value);
                    }
                }
                plane.store(y, row);
            }
        }
    }
}
