package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files put together by hand as RFC 9649 has them, without pixels. */
class WebpStructureTest {
    private static final int CANVAS = 10;

    @Test
    void findsTheFirstFrameOnItsCanvas() throws PictureException {
        WebpStructure webp = WebpStructure.of(animation(2, 4, 8, 6));

        assertThat(webp.size()).isEqualTo(new Size(CANVAS, CANVAS));
        assertThat(webp.frame()).isEqualTo(new Size(8, 6));
        assertThat(webp.left()).isEqualTo(2);
        assertThat(webp.top()).isEqualTo(4);
    }

    /** Limits are compared with the canvas, and memory is taken for the frame. */
    @ParameterizedTest
    @CsvSource({"0, 0, 16383, 16383", "0, 0, 11, 10", "4, 0, 8, 1", "0, 200, 1, 1"})
    void refusesAFrameThatReachesOutOfTheCanvas(int left, int top, int width, int height) {
        assertThatThrownBy(() -> WebpStructure.of(animation(left, top, width, height)))
                .isInstanceOfSatisfying(
                        PictureException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
    }

    /** Otherwise a later one would enlarge the canvas of frames that were placed before. */
    @Test
    void notesAHeaderThatIsNotTheFirstChunk() throws PictureException {
        MemorySegment whole = animation(0, 0, 2, 2);
        ByteBuffer file = ByteBuffer.allocate(64 + 18).order(ByteOrder.LITTLE_ENDIAN);
        file.put(whole.asByteBuffer()).put(whole.asSlice(12, 18).asByteBuffer());
        file.putInt(4, 56 + 18);

        WebpStructure webp = WebpStructure.of(MemorySegment.ofArray(file.array()));

        assertThat(webp.fault()).isNotNull().hasMessage("the WebP has a second header at byte 64");
    }

    @Test
    void placesAnOpaqueFrameOnATransparentCanvas() throws PictureException {
        try (Workspace workspace = new Workspace()) {
            List<Plane> planes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Plane plane = Plane.allocate(workspace, 2, 2);
                plane.samples().fill((byte) 7);
                planes.add(plane);
            }
            Picture still = Picture.of(new Size(2, 2), ColorModel.RGB, false, planes);

            Picture picture = WebpStructure.of(animation(4, 4, 2, 2)).onCanvas(still, workspace);

            assertThat(picture.alpha()).isTrue();
            assertThat(picture.planes().get(3).at(3, 4)).isZero();
            assertThat(picture.planes().get(3).at(4, 4)).isEqualTo(255);
            assertThat(picture.planes().get(0).at(5, 5)).isEqualTo(7);
        }
    }

    private static MemorySegment animation(int left, int top, int width, int height) {
        ByteBuffer file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        put(file, "RIFF").putInt(56);
        put(file, "WEBP");
        put(file, "VP8X").putInt(10).putInt(0x02);
        put24(file, CANVAS - 1);
        put24(file, CANVAS - 1);
        put(file, "ANMF").putInt(26);
        put24(file, left / 2);
        put24(file, top / 2);
        put24(file, width - 1);
        put24(file, height - 1);
        put24(file, 100);
        file.put((byte) 0);
        put(file, "VP8L").putInt(2).putShort((short) 0);
        return MemorySegment.ofArray(file.array());
    }

    private static ByteBuffer put(ByteBuffer file, String name) {
        return file.put(name.getBytes(StandardCharsets.US_ASCII));
    }

    private static void put24(ByteBuffer file, int value) {
        file.putShort((short) value).put((byte) (value >> 16));
    }
}
