package imgpipe.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Files put together by hand after their formats' descriptions. */
final class RawFormats {
    private static final int WIDTH = Fixtures.SIZE.width();
    private static final int HEIGHT = Fixtures.SIZE.height();

    private RawFormats() {}

    /** 24 bits in three planes a row, run-length coded (ZSoft PCX, revision 5). */
    static byte[] pcx() {
        ByteBuffer head = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        head.put(new byte[] {10, 5, 1, 8});
        head.putShort((short) 0).putShort((short) 0);
        head.putShort((short) (WIDTH - 1)).putShort((short) (HEIGHT - 1));
        head.putShort((short) 72).putShort((short) 72);
        head.position(65);
        head.put((byte) 3).putShort((short) WIDTH).putShort((short) 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.array());
        for (int y = 0; y < HEIGHT; y++) {
            for (int band = 0; band < 3; band++) {
                for (int x = 0; x < WIDTH; x++) {
                    int value = Fixtures.sample(band, x, y);
                    if (value >= 0xC0) {
                        out.write(0xC1);
                    }
                    out.write(value);
                }
            }
        }
        return out.toByteArray();
    }

    /** Uncompressed, three channels of whole planes, bottom row first (SGI 1.0). */
    static byte[] sgi() {
        ByteBuffer file = ByteBuffer.allocate(512 + 3 * WIDTH * HEIGHT);
        file.putShort((short) 474).put((byte) 0).put((byte) 1).putShort((short) 3);
        file.putShort((short) WIDTH).putShort((short) HEIGHT).putShort((short) 3);
        file.putInt(0).putInt(255);
        file.position(512);
        for (int band = 0; band < 3; band++) {
            for (int y = HEIGHT - 1; y >= 0; y--) {
                for (int x = 0; x < WIDTH; x++) {
                    file.put((byte) Fixtures.sample(band, x, y));
                }
            }
        }
        return file.array();
    }

    /** Radiance RGBE, each row's four channels run-length coded as literals. */
    static byte[] hdr() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String head = "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y " + HEIGHT + " +X " + WIDTH + "\n";
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        for (int y = 0; y < HEIGHT; y++) {
            out.writeBytes(new byte[] {2, 2, 0, (byte) WIDTH});
            for (int band = 0; band < 4; band++) {
                out.write(WIDTH);
                for (int x = 0; x < WIDTH; x++) {
                    // Exponent 128: light is mantissa / 256.
                    out.write(band == 3 ? 128 : Fixtures.sample(band, x, y));
                }
            }
        }
        return out.toByteArray();
    }

    /** An icon of two pictures, the second and larger one with 32 bits and a mask. */
    static byte[] ico() {
        int small = 16;
        int large = 32;
        int smallBytes = 40 + small * small * 4 + small * 4;
        int largeBytes = 40 + large * large * 4 + large * 4;
        ByteBuffer file =
                ByteBuffer.allocate(6 + 32 + smallBytes + largeBytes)
                        .order(ByteOrder.LITTLE_ENDIAN);
        file.putShort((short) 0).putShort((short) 1).putShort((short) 2);
        iconEntry(file, small, smallBytes, 38);
        iconEntry(file, large, largeBytes, 38 + smallBytes);
        iconBitmap(file, small);
        iconBitmap(file, large);
        return file.array();
    }

    private static void iconEntry(ByteBuffer file, int side, int bytes, int offset) {
        file.put((byte) side).put((byte) side).putShort((short) 0);
        file.putShort((short) 1).putShort((short) 32).putInt(bytes).putInt(offset);
    }

    private static void iconBitmap(ByteBuffer file, int side) {
        file.putInt(40).putInt(side).putInt(2 * side).putShort((short) 1).putShort((short) 32);
        file.putInt(0).putInt(side * side * 4).putInt(0).putInt(0).putInt(0).putInt(0);
        for (int y = side - 1; y >= 0; y--) {
            for (int x = 0; x < side; x++) {
                for (int band = 2; band >= 0; band--) {
                    file.put((byte) Fixtures.sample(band, x, y));
                }
                file.put((byte) 255);
            }
        }
        file.put(new byte[side * 4]);
    }
}
