package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.ColorModel;
import imgpipe.image.ImageFormat;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CMYK, in each of the ways in which it is stored; 0 is no ink in all results. */
class InksTest {
    private final Workspace workspace = new Workspace();

    @AfterEach
    void close() {
        workspace.close();
    }

    private int[] firstPixel(ImageFormat format, byte[] file) throws PictureException {
        Picture picture =
                new ImageIoCodec()
                        .decode(format, MemorySegment.ofArray(file), DecodeRequest.WHOLE, workspace)
                        .picture();
        assertThat(picture.color()).isEqualTo(ColorModel.CMYK);
        assertThat(picture.profile()).isNull();
        return picture.planes().stream().mapToInt(plane -> plane.at(0, 0)).toArray();
    }

    /** A JPEG of four components of one value each, without any marker that says what they are. */
    private static byte[] jpeg(int... samples) throws IOException {
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        for (int i = 0; i < 256; i++) {
            raster.setPixel(i % 16, i / 16, samples);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = Plugins.writer(ImageFormat.JPEG);
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(1);
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), param);
        }
        writer.dispose();
        return bytes.toByteArray();
    }

    private static byte[] withAdobe(byte[] jpeg, int transform) {
        byte[] segment = {
            (byte) 0xFF,
            (byte) 0xEE,
            0,
            14,
            'A',
            'd',
            'o',
            'b',
            'e',
            0,
            100,
            0,
            0,
            0,
            0,
            (byte) transform
        };
        return ByteBuffer.allocate(jpeg.length + segment.length)
                .put(jpeg, 0, 2)
                .put(segment)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    @Test
    void jpegWithoutAMarkerIsStoredInvertedToo() throws Exception {
        assertThat(firstPixel(ImageFormat.JPEG, jpeg(10, 60, 110, 160)))
                .containsExactly(245, 195, 145, 95);
    }

    @Test
    void jpegOfAdobeIsStoredInverted() throws Exception {
        assertThat(firstPixel(ImageFormat.JPEG, withAdobe(jpeg(10, 60, 110, 160), 0)))
                .containsExactly(245, 195, 145, 95);
    }

    @Test
    void jpegOfAdobeMayBeTurnedIntoLumaAndChroma() throws Exception {
        // Y 100 without chroma is grey 100, so the inverted inks are 255 - 100 = 155 each.
        assertThat(firstPixel(ImageFormat.JPEG, withAdobe(jpeg(100, 128, 128, 200), 2)))
                .containsExactly(100, 100, 100, 55);
    }

    @Test
    void tiffIsStoredAsItIs() throws Exception {
        byte[] file = tiff(6);
        assertThat(firstPixel(ImageFormat.TIFF, file)).containsExactly(10, 60, 110, 160);
        Header header = new ImageIoCodec().header(ImageFormat.TIFF, MemorySegment.ofArray(file));
        assertThat(header.size()).isEqualTo(new Size(1, 1));
        assertThat(header.orientation()).isEqualTo(Orientation.TURN_RIGHT);
    }

    /** One uncompressed CMYK pixel. */
    private static byte[] tiff(int orientation) {
        int[][] tags = {
            {256, 3, 1, 1 << 16},
            {257, 3, 1, 1 << 16},
            {258, 3, 4, 140},
            {259, 3, 1, 1 << 16},
            {262, 3, 1, 5 << 16},
            {273, 4, 1, 148},
            {274, 3, 1, orientation << 16},
            {277, 3, 1, 4 << 16},
            {278, 3, 1, 1 << 16},
            {279, 4, 1, 4}
        };
        ByteBuffer file = ByteBuffer.allocate(152);
        file.putShort((short) 0x4D4D).putShort((short) 42).putInt(8).putShort((short) tags.length);
        for (int[] tag : tags) {
            file.putShort((short) tag[0]).putShort((short) tag[1]).putInt(tag[2]).putInt(tag[3]);
        }
        file.position(140);
        for (int i = 0; i < 4; i++) {
            file.putShort((short) 8);
        }
        return file.put(new byte[] {10, 60, 110, (byte) 160}).array();
    }

    @Test
    void psdIsStoredInverted() throws Exception {
        ByteBuffer file = ByteBuffer.allocate(26 + 12 + 2 + 4);
        file.put("8BPS".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1);
        file.position(12);
        file.putShort((short) 4).putInt(1).putInt(1).putShort((short) 8).putShort((short) 4);
        file.putInt(0).putInt(0).putInt(0).putShort((short) 0);
        file.put(new byte[] {(byte) 245, (byte) 195, (byte) 145, 95});
        assertThat(firstPixel(ImageFormat.PSD, file.array())).containsExactly(10, 60, 110, 160);
    }
}
