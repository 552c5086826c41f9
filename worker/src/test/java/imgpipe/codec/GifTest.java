package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Frame;
import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GifTest {
    private static final int RED = 0xFF0000;
    private static final int GREEN = 0x00FF00;

    private final Workspace workspace = new Workspace();
    private final ImageIoCodec codec = new ImageIoCodec();

    @AfterEach
    void close() {
        workspace.close();
    }

    /** A 2x1 canvas: both red, then one green pixel on the left or the right. */
    private static byte[] animation(int firstDisposal, int secondDisposal, int frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
        // Palette of four: red, green, blue, black.
        out.writeBytes(new byte[] {2, 0, 1, 0, (byte) 0x81, 0, 0});
        out.writeBytes(new byte[] {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0});
        out.writeBytes(new byte[] {0x21, (byte) 0xFF, 11});
        out.writeBytes("NETSCAPE2.0".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {3, 1, 0, 0, 0});
        frame(out, firstDisposal, 10, 0, 2, new int[] {0, 0});
        frame(out, secondDisposal, 20, 0, 1, new int[] {1});
        for (int i = 2; i < frames; i++) {
            frame(out, 1, 30, 1, 1, new int[] {1});
        }
        out.write(0x3B);
        return out.toByteArray();
    }

    private static void frame(
            ByteArrayOutputStream out,
            int disposal,
            int hundredths,
            int left,
            int width,
            int[] indices) {
        out.writeBytes(new byte[] {0x21, (byte) 0xF9, 4, (byte) (disposal << 2)});
        out.writeBytes(new byte[] {(byte) hundredths, 0, 0, 0});
        out.writeBytes(new byte[] {0x2C, (byte) left, 0, 0, 0, (byte) width, 0, 1, 0, 0});
        // Codes of 3 bits: clear (4), the indices, end (5).
        int codes = 4;
        int bits = 3;
        for (int index : indices) {
            codes |= index << bits;
            bits += 3;
        }
        codes |= 5 << bits;
        bits += 3;
        int bytes = (bits + 7) / 8;
        out.write(2);
        out.write(bytes);
        for (int i = 0; i < bytes; i++) {
            out.write(codes >> (8 * i));
        }
        out.write(0);
    }

    private Picture decode(byte[] file) throws PictureException {
        return codec.decode(
                        ImageFormat.GIF,
                        MemorySegment.ofArray(file),
                        DecodeRequest.WHOLE,
                        workspace)
                .picture();
    }

    private static int color(Frame frame, int x) {
        return (frame.planes().get(0).at(x, 0) << 16)
                | (frame.planes().get(1).at(x, 0) << 8)
                | frame.planes().get(2).at(x, 0);
    }

    @Test
    void framesAreDrawnOnWhatWasThere() throws Exception {
        Picture picture = decode(animation(1, 1, 2));
        assertThat(picture.alpha()).isFalse();
        assertThat(picture.loops()).isZero();
        assertThat(picture.frames()).extracting(Frame::delayMillis).containsExactly(100, 200);
        assertThat(color(picture.frames().get(0), 0)).isEqualTo(RED);
        assertThat(color(picture.frames().get(1), 0)).isEqualTo(GREEN);
        assertThat(color(picture.frames().get(1), 1)).isEqualTo(RED);
    }

    @Test
    void whatIsRestoredIsTheCanvasBefore() throws Exception {
        Picture picture = decode(animation(1, 3, 3));
        assertThat(color(picture.frames().get(2), 0)).isEqualTo(RED);
        assertThat(color(picture.frames().get(2), 1)).isEqualTo(GREEN);
    }

    @Test
    void whatIsClearedBecomesTransparent() throws Exception {
        Picture picture = decode(animation(1, 2, 3));
        assertThat(picture.alpha()).isTrue();
        assertThat(picture.frames().get(2).planes().get(3).at(0, 0)).isZero();
        assertThat(picture.frames().get(2).planes().get(3).at(1, 0)).isEqualTo(255);
    }

    @Test
    void headerCountsFramesWithoutDecodingThem() throws Exception {
        Header header = codec.header(ImageFormat.GIF, MemorySegment.ofArray(animation(1, 1, 5000)));
        assertThat(header.frames()).isEqualTo(5000);
        assertThat(header.size()).isEqualTo(new Size(2, 1));
    }

    @Test
    void noMoreFramesThanAskedFor() throws Exception {
        DecodeRequest two = new DecodeRequest(null, 2, false, false);
        MemorySegment file = MemorySegment.ofArray(animation(1, 1, 10));
        Picture picture = codec.decode(ImageFormat.GIF, file, two, workspace).picture();
        assertThat(picture.frames()).hasSize(2);
    }

    @Test
    void moreThanAHundredThousandFramesAreRefused() {
        MemorySegment file = MemorySegment.ofArray(animation(1, 1, 100_001));
        assertThatThrownBy(
                        () -> codec.decode(ImageFormat.GIF, file, DecodeRequest.WHOLE, workspace))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("frames");
    }

    @Test
    void animationsComeBackWithDelaysLoopsAndTransparency() throws Exception {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<Plane> planes = new ArrayList<>();
            for (int band = 0; band < 4; band++) {
                Plane plane = Plane.allocate(workspace, 5, 4);
                plane.samples().fill((byte) (40 * i + 60 * band));
                planes.add(plane);
            }
            planes.get(3).samples().fill((byte) 255);
            planes.get(3).set(i, 0, 0);
            frames.add(new Frame(planes, 50 + 10 * i));
        }
        Picture picture =
                new Picture(
                        new Size(5, 4),
                        ColorModel.RGB,
                        true,
                        frames,
                        3,
                        Orientation.UPRIGHT,
                        null,
                        Metadata.NONE);
        MemorySegment file =
                codec.encode(picture, ImageFormat.GIF, EncodeSettings.DEFAULT, workspace);
        Picture back =
                codec.decode(ImageFormat.GIF, file, DecodeRequest.WHOLE, workspace).picture();
        assertThat(back.frames()).extracting(Frame::delayMillis).containsExactly(50, 60, 70);
        assertThat(back.loops()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            List<Plane> planes = back.frames().get(i).planes();
            for (int x = 0; x < 5; x++) {
                assertThat(planes.get(3).at(x, 0)).isEqualTo(x == i ? 0 : 255);
            }
            assertThat(planes.get(0).at(4, 3)).isEqualTo(40 * i);
            assertThat(planes.get(1).at(4, 3)).isEqualTo(40 * i + 60);
        }
    }

    /** The first animation's first frame, but with these sides. */
    private static byte[] withFirstFrame(int width, int height) {
        byte[] file = animation(1, 1, 2);
        int at = 13 + 12 + 19 + 8 + 5;
        file[at] = (byte) width;
        file[at + 1] = (byte) (width >> 8);
        file[at + 2] = (byte) height;
        file[at + 3] = (byte) (height >> 8);
        return file;
    }

    @Test
    void aFrameFarLargerThanTheCanvasIsRefusedByItsHeader() {
        assertThatThrownBy(
                        () ->
                                codec.header(
                                        ImageFormat.GIF,
                                        MemorySegment.ofArray(withFirstFrame(40_000, 40_000))))
                .isInstanceOf(PictureException.class)
                .hasMessage("a frame of the GIF has 1600000000 pixels, the canvas 2");
    }

    @Test
    void aFrameLargerThanTheCanvasIsCutThere() throws Exception {
        Picture picture =
                codec.decode(
                                ImageFormat.GIF,
                                MemorySegment.ofArray(withFirstFrame(2, 2)),
                                new DecodeRequest(null, 10, true, false),
                                workspace)
                        .picture();
        assertThat(picture.size()).isEqualTo(new Size(2, 1));
        assertThat(color(picture.frames().get(0), 1)).isEqualTo(RED);
    }

    /** The first color of the palette is no better than what lies below. */
    @Test
    void rowsThatAreNotThereLeaveTheCanvasAsItIs() throws Exception {
        byte[] file = withFirstFrame(2, 2);
        file[8] = 2; // rows of the canvas
        Picture picture =
                codec.decode(
                                ImageFormat.GIF,
                                MemorySegment.ofArray(file),
                                new DecodeRequest(null, 10, true, false),
                                workspace)
                        .picture();
        Frame first = picture.frames().getFirst();
        assertThat(color(first, 1)).isEqualTo(RED);
        assertThat(first.planes().get(3).at(1, 0)).isEqualTo(255);
        assertThat(first.planes().get(3).at(1, 1)).isZero();
    }
}
