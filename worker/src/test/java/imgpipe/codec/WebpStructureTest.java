package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Size;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
