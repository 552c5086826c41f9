package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Workspace;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HighDynamicRangeTest {
    private static Plane decode(Workspace workspace, float... samples) throws PictureException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        String head = "Pf\n" + samples.length + " 1\n1.0\n";
        file.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        for (float sample : samples) {
            file.writeBytes(ByteBuffer.allocate(4).putFloat(sample).array());
        }
        Picture picture =
                new ImageIoCodec()
                        .decode(
                                ImageFormat.PNM,
                                MemorySegment.ofArray(file.toByteArray()),
                                DecodeRequest.WHOLE,
                                workspace)
                        .picture();
        return picture.planes().getFirst();
    }

    @Test
    void lightUpToWhiteOnlyGetsTheCurve() throws Exception {
        try (Workspace workspace = new Workspace()) {
            Plane plane = decode(workspace, 0, 0.2158605f, 1);
            assertThat(plane.at(0, 0)).isZero();
            // 0.2158605 is the light of sRGB's 128.
            assertThat(plane.at(1, 0)).isEqualTo(128);
            assertThat(plane.at(2, 0)).isEqualTo(255);
        }
    }

    @Test
    void lightBeyondWhiteIsCompressedInOrder() throws Exception {
        // Eight grey pixels of 2^-4 to 2^3, run-length coded: a row's mantissas, then exponents.
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(
                "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 8\n"
                        .getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(new byte[] {2, 2, 0, 8});
        for (int band = 0; band < 3; band++) {
            file.writeBytes(new byte[] {(byte) (128 + 8), (byte) 128});
        }
        file.write(8);
        for (int x = 0; x < 8; x++) {
            file.write(125 + x);
        }
        try (Workspace workspace = new Workspace()) {
            MemorySegment memory = MemorySegment.ofArray(file.toByteArray());
            Picture picture =
                    new ImageIoCodec()
                            .decode(ImageFormat.HDR, memory, DecodeRequest.WHOLE, workspace)
                            .picture();
            Plane plane = picture.planes().getFirst();
            for (int x = 1; x < 8; x++) {
                assertThat(plane.at(x - 1, 0)).isLessThan(plane.at(x, 0));
            }
            assertThat(plane.at(7, 0)).isEqualTo(255);
        }
    }
}
