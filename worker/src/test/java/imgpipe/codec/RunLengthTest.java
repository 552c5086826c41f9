package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Formats whose run-length coded kind has no length to compare with. */
class RunLengthTest {
    private static final int WIDTH = 20;
    private static final int HEIGHT = 13;

    private final Workspace workspace = new Workspace();
    private final ImageIoCodec codec = new ImageIoCodec();

    @AfterEach
    void close() {
        workspace.close();
    }

    /** A row of this value each, so that a row is one run. */
    private static int value(int y) {
        return 10 + 15 * y;
    }

    private static byte[] file(ImageFormat format) {
        return switch (format) {
            case BMP -> bmp();
            case TGA -> tga();
            case SGI -> sgi();
            case PCX -> pcx();
            case PSD -> psd();
            default -> throw new IllegalArgumentException(format + " has no runs");
        };
    }

    private static byte[] bmp() {
        int pixels = HEIGHT * 4 + 2;
        ByteBuffer file = ByteBuffer.allocate(54 + 1024 + pixels).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'B').put((byte) 'M').putInt(54 + 1024 + pixels).putInt(0);
        file.putInt(54 + 1024).putInt(40).putInt(WIDTH).putInt(HEIGHT).putShort((short) 1);
        file.putShort((short) 8).putInt(1).putInt(pixels).putInt(0).putInt(0).putInt(256).putInt(0);
        for (int i = 0; i < 256; i++) {
            file.put((byte) i).put((byte) i).put((byte) i).put((byte) 0);
        }
        for (int y = HEIGHT - 1; y >= 0; y--) {
            file.put((byte) WIDTH).put((byte) value(y)).put((byte) 0).put((byte) 0);
        }
        return file.put((byte) 0).put((byte) 1).array();
    }

    private static byte[] tga() {
        ByteBuffer file = ByteBuffer.allocate(18 + HEIGHT * 2).order(ByteOrder.LITTLE_ENDIAN);
        file.put(2, (byte) 11);
        file.position(12);
        file.putShort((short) WIDTH).putShort((short) HEIGHT).put((byte) 8).put((byte) 0x20);
        for (int y = 0; y < HEIGHT; y++) {
            file.put((byte) (0x80 | (WIDTH - 1))).put((byte) value(y));
        }
        return file.array();
    }

    private static byte[] sgi() {
        ByteBuffer file = ByteBuffer.allocate(512 + 8 * HEIGHT + 3 * HEIGHT);
        file.putShort((short) 474).put((byte) 1).put((byte) 1).putShort((short) 2);
        file.putShort((short) WIDTH).putShort((short) HEIGHT).putShort((short) 1);
        file.putInt(0).putInt(255);
        for (int row = 0; row < HEIGHT; row++) {
            file.putInt(512 + 4 * row, 512 + 8 * HEIGHT + 3 * row);
            file.putInt(512 + 4 * HEIGHT + 4 * row, 3);
            int at = 512 + 8 * HEIGHT + 3 * row;
            file.put(at, (byte) WIDTH).put(at + 1, (byte) value(HEIGHT - 1 - row));
        }
        return file.array();
    }

    private static byte[] pcx() {
        ByteBuffer file =
                ByteBuffer.allocate(128 + 2 * HEIGHT + 769).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {10, 5, 1, 8, 0, 0, 0, 0});
        file.putShort((short) (WIDTH - 1)).putShort((short) (HEIGHT - 1));
        file.position(65);
        file.put((byte) 1).putShort((short) WIDTH).putShort((short) 1);
        file.position(128);
        for (int y = 0; y < HEIGHT; y++) {
            file.put((byte) (0xC0 | WIDTH)).put((byte) value(y));
        }
        file.put((byte) 12);
        for (int i = 0; i < 256; i++) {
            file.put((byte) i).put((byte) i).put((byte) i);
        }
        return file.array();
    }

    private static byte[] psd() {
        ByteBuffer file = ByteBuffer.allocate(26 + 12 + 2 + 4 * HEIGHT);
        file.put("8BPS".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1);
        file.position(12);
        file.putShort((short) 1).putInt(HEIGHT).putInt(WIDTH);
        file.putShort((short) 8).putShort((short) 1);
        file.putInt(0).putInt(0).putInt(0).putShort((short) 1);
        for (int y = 0; y < HEIGHT; y++) {
            file.putShort((short) 2);
        }
        for (int y = 0; y < HEIGHT; y++) {
            file.put((byte) (1 - WIDTH)).put((byte) value(y));
        }
        return file.array();
    }

    private Picture decode(ImageFormat format, byte[] file) throws PictureException {
        return codec.decode(format, MemorySegment.ofArray(file), DecodeRequest.WHOLE, workspace)
                .picture();
    }

    @ParameterizedTest
    @EnumSource(names = {"BMP", "TGA", "SGI", "PCX", "PSD"})
    void runsBecomeRows(ImageFormat format) throws Exception {
        byte[] file = file(format);
        assertThat(MagicBytes.sniff(Fixtures.segment(file))).contains(format);
        Plane plane = decode(format, file).planes().getFirst();
        for (int y = 0; y < HEIGHT; y++) {
            assertThat(plane.at(0, y)).isEqualTo(value(y));
            assertThat(plane.at(WIDTH - 1, y)).isEqualTo(value(y));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BMP", "TGA", "SGI", "PCX", "PSD"})
    void cutRunsNeverPassForAPicture(ImageFormat format) {
        byte[] file = file(format);
        // A BMP may lack its last two marks; every pixel is there then.
        for (int length = 20; length < file.length - 4; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> decode(format, cut))
                    .as("%d of %d bytes", length, file.length)
                    .isInstanceOf(PictureException.class);
            workspace.reset();
        }
    }
}
