package imgpipe.codec;

import com.twelvemonkeys.imageio.plugins.icns.ICNSImageWriterSpi;
import com.twelvemonkeys.imageio.plugins.pnm.PNMImageWriterSpi;
import com.twelvemonkeys.imageio.plugins.psd.PSDImageWriterSpi;
import com.twelvemonkeys.imageio.plugins.tga.TGAImageWriterSpi;
import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small pictures with known pixels, and files of every format that hold one. */
public final class Fixtures {
    static final Size SIZE = new Size(48, 37);

    private Fixtures() {}

    /** Red, green and blue of a pixel: smooth, and another for each of the three. */
    static int sample(int band, int x, int y) {
        return switch (band) {
            case 0 -> (x * 5 + y) & 0xFF;
            case 1 -> (y * 6 + x) & 0xFF;
            case 2 -> 255 - ((x * 2 + y * 3) & 0xFF);
            default -> (x + y) % 2 == 0 ? 255 : (x * 4) & 0xFF;
        };
    }

    static Picture picture(ColorModel color, boolean alpha, Workspace workspace) {
        return picture(SIZE, color, alpha, workspace);
    }

    static Picture picture(Size size, ColorModel color, boolean alpha, Workspace workspace) {
        List<Plane> planes = new ArrayList<>();
        int count = color.planes() + (alpha ? 1 : 0);
        for (int i = 0; i < count; i++) {
            Plane plane = Plane.allocate(workspace, size.width(), size.height());
            int band = alpha && i == count - 1 ? 3 : i;
            for (int y = 0; y < size.height(); y++) {
                for (int x = 0; x < size.width(); x++) {
                    plane.set(x, y, sample(band, x, y));
                }
            }
            planes.add(plane);
        }
        return Picture.of(size, color, alpha, planes);
    }

    /** The picture of {@link #sample} in this format. */
    static byte[] file(ImageFormat format) {
        return switch (format) {
            case JPEG -> encoded(format, ColorModel.YCC);
            case PNG, WEBP, GIF, TIFF, BMP -> encoded(format, ColorModel.RGB);
            case PNM -> written(new PNMImageWriterSpi(), BufferedImage.TYPE_3BYTE_BGR, SIZE);
            case PSD -> written(new PSDImageWriterSpi(), BufferedImage.TYPE_3BYTE_BGR, SIZE);
            case TGA -> written(new TGAImageWriterSpi(), BufferedImage.TYPE_3BYTE_BGR, SIZE);
            case ICO -> RawFormats.ico();
            case ICNS ->
                    written(
                            new ICNSImageWriterSpi(),
                            BufferedImage.TYPE_4BYTE_ABGR,
                            new Size(32, 32));
            case PCX -> RawFormats.pcx();
            case SGI -> RawFormats.sgi();
            case HDR -> RawFormats.hdr();
            case HEIC -> resource("heif/contract.heic");
            case AVIF -> resource("heif/contract.avif");
        };
    }

    /** A file that another program has made; the README beside it says how. */
    public static byte[] resource(String name) {
        try (InputStream stream = Fixtures.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no " + name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encoded(ImageFormat format, ColorModel color) {
        try (Workspace workspace = new Workspace();
                ImageIoCodec codec = new ImageIoCodec()) {
            EncodeSettings settings =
                    EncodeSettings.DEFAULT
                            .withQuality(90)
                            .withChroma(Chroma.S444)
                            .withLossless(true);
            return codec.encode(picture(color, false, workspace), format, settings, workspace)
                    .toArray(ValueLayout.JAVA_BYTE);
        } catch (PictureException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] written(ImageWriterSpi spi, int type, Size size) {
        BufferedImage image = new BufferedImage(size.width(), size.height(), type);
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++) {
                int rgb = (sample(0, x, y) << 16) | (sample(1, x, y) << 8) | sample(2, x, y);
                image.setRGB(x, y, rgb | (0xFF << 24));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriter writer = spi.createWriterInstance();
            writer.setOutput(stream);
            writer.write(new IIOImage(image, null, null));
            writer.dispose();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static MemorySegment segment(byte[] bytes) {
        return MemorySegment.ofArray(bytes);
    }
}
