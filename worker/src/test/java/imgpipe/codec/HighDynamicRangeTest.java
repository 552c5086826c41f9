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
        try (Workspace workspace = new Workspace()) {
            Plane plane = decode(workspace, 0.1f, 1, 10, 1000);
            assertThat(plane.at(0, 0)).isLessThan(plane.at(1, 0));
            assertThat(plane.at(1, 0)).isLessThan(plane.at(2, 0));
            assertThat(plane.at(2, 0)).isLessThan(plane.at(3, 0));
            assertThat(plane.at(3, 0)).isEqualTo(255);
        }
    }
}
