package imgpipe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Small files that ask for a lot, put together by hand. */
final class Bombs {
    private Bombs() {}

    /** Names and contents; each is to be refused. */
    static Map<String, byte[]> all() {
        return Map.of(
                "large-png.png", png(20_000, 20_000),
                "large-jpg.jpg", jpeg(65_500, 65_500, 0xc0, 0),
                "scans.jpg", jpeg(64, 64, 0xc2, 10_000),
                "frames.gif", gif(100_000));
    }

    /** Black, a bit a pixel. */
    private static byte[] png(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put(new byte[] {1, 0, 0, 0, 0});
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(HexFormat.of().parseHex("89504e470d0a1a0a"));
        file.writeBytes(chunk("IHDR", header.array()));
        file.writeBytes(chunk("IDAT", zeros((width / 8 + 1) * height)));
        file.writeBytes(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    private static byte[] chunk(String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        return ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .put(name)
                .put(content)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] zeros(int number) {
        Deflater deflater = new Deflater();
        deflater.setInput(new byte[number]);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    /**
     * Grey, with Huffman tables in which the code 0 means 0.
     *
     * @param frame second byte of the frame's marker
     * @param scans after the first
     */
    private static byte[] jpeg(int width, int height, int frame, int scans) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        hex(file, "ffd8 ffdb0043 00" + "01".repeat(64));
        hex(file, "ff%02x000b08%04x%04x01011100".formatted(frame, height, width));
        for (String table : new String[] {"00", "10"}) {
            hex(file, "ffc40014" + table + "01" + "00".repeat(15) + "00");
        }
        hex(file, "ffda0008 010100 000000" + "00".repeat(8));
        for (int i = 0; i < scans; i++) {
            hex(file, "ffda0008 010100 013f00" + "00".repeat(8));
        }
        hex(file, "ffd9");
        return file.toByteArray();
    }

    private static void hex(ByteArrayOutputStream file, String digits) {
        file.writeBytes(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /** Of one pixel. */
    private static byte[] gif(int frames) {
        byte[] frame =
                HexFormat.of().parseHex("21f9040001000000" + "2c00000000010001000002024401" + "00");
        ByteBuffer file =
                ByteBuffer.allocate(20 + frames * frame.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("GIF89a".getBytes(StandardCharsets.US_ASCII));
        file.putShort((short) 1).putShort((short) 1).put(new byte[] {(byte) 0x80, 0, 0});
        file.put(new byte[6]);
        for (int i = 0; i < frames; i++) {
            file.put(frame);
        }
        return file.put((byte) ';').array();
    }
}
