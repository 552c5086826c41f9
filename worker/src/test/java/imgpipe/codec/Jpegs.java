package imgpipe.codec;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** JPEGs for tests, made by the JDK's own encoder, and changes to them. */
public final class Jpegs {
    private static final String METADATA = "javax_imageio_jpeg_image_1.0";

    private Jpegs() {}

    /** A picture with gradients, edges and a little noise. */
    public static BufferedImage photo(int width, int height, int type, long seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, type);
        WritableRaster raster = image.getRaster();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int band = 0; band < raster.getNumBands(); band++) {
                    double wave = Math.sin((x + 20.0 * band) / 17.0) + Math.cos(y / (11.0 + band));
                    int edge = (x / 64 + y / 48) % 2 * 30;
                    int value = (int) (110 + 35 * wave + edge + random.nextGaussian() * 3);
                    raster.setSample(x, y, band, Math.clamp(value, 0, 255));
                }
            }
        }
        return image;
    }

    /** A 4:2:0 JPEG with JFIF segment, or a grey one. */
    public static byte[] encode(BufferedImage image, float quality, boolean progressive) {
        return write(new IIOImage(image, null, null), quality, progressive);
    }

    /** A JPEG with these sampling factors ({@code "2x1"}) of its three components. */
    public static byte[] encode(BufferedImage image, float quality, String... factors) {
        ImageWriter writer = writer();
        ImageWriteParam param = param(writer, quality, false);
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
        Element root = (Element) metadata.getAsTree(METADATA);
        NodeList components = root.getElementsByTagName("componentSpec");
        for (int i = 0; i < factors.length; i++) {
            String[] pair = factors[i].split("x", -1);
            Element component = (Element) components.item(i);
            component.setAttribute("HsamplingFactor", pair[0]);
            component.setAttribute("VsamplingFactor", pair[1]);
        }
        try {
            metadata.setFromTree(METADATA, root);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return write(writer, param, new IIOImage(image, null, metadata));
    }

    /** A JPEG that holds the bands as they are, without a segment that says what they mean. */
    public static byte[] encode(Raster raster, float quality) {
        return withoutSegment(write(new IIOImage(raster, null, null), quality, false), 0xE0);
    }

    /** The samples as the file holds them, chroma enlarged, decoded by the JDK. */
    public static Raster decode(byte[] jpeg) {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
            for (Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
                    readers.hasNext(); ) {
                ImageReader reader = readers.next();
                if (reader.getClass().getName().startsWith("com.sun.")) {
                    reader.setInput(in, true, true);
                    return reader.readRaster(0, null);
                }
            }
            throw new AssertionError("the JDK's own reader is not there");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The same file with a segment behind its first two bytes. */
    public static byte[] withSegment(byte[] jpeg, int code, byte[] content) {
        int length = content.length + 2;
        byte[] head = {
            jpeg[0], jpeg[1], (byte) 0xFF, (byte) code, (byte) (length >> 8), (byte) length
        };
        return join(head, content, Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    /** The same file without the first segment of this kind. */
    public static byte[] withoutSegment(byte[] jpeg, int code) {
        int at = find(jpeg, code);
        if (at < 0) {
            return jpeg;
        }
        int length = ((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF);
        return join(
                Arrays.copyOf(jpeg, at), Arrays.copyOfRange(jpeg, at + 2 + length, jpeg.length));
    }

    /** Position of the first marker of this kind before the first scan ends, -1 for none. */
    public static int find(byte[] jpeg, int code) {
        int at = 2;
        while (at + 4 < jpeg.length) {
            int found = jpeg[at + 1] & 0xFF;
            if (found == code) {
                return at;
            }
            if (found == 0xDA) {
                return -1;
            }
            at += 2 + (((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF));
        }
        return -1;
    }

    /** An APP14 segment's content. */
    public static byte[] adobe(int transform) {
        return new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** The bytes in native memory of exactly their size. */
    public static MemorySegment segment(byte[] bytes) {
        return Arena.ofAuto().allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    }

    private static byte[] write(IIOImage image, float quality, boolean progressive) {
        ImageWriter writer = writer();
        return write(writer, param(writer, quality, progressive), image);
    }

    private static byte[] write(ImageWriter writer, ImageWriteParam param, IIOImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, image, param);
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static ImageWriter writer() {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getName().startsWith("com.sun.")) {
                return writer;
            }
        }
        throw new AssertionError("the JDK's own writer is not there");
    }

    private static ImageWriteParam param(ImageWriter writer, float quality, boolean progressive) {
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
        if (progressive) {
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        return param;
    }
}
