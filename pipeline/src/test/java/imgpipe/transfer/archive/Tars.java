package imgpipe.transfer.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tars as nobody's tar would write them: headers by POSIX.1-1988 (ustar), field by field. */
final class Tars {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Tars file(String name, String content) {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        return header(name, '0', data.length).data(data);
    }

    /** A header of that type, which announces so many bytes, and no more. */
    Tars header(String name, char type, long size) {
        byte[] block = new byte[512];
        put(block, 0, name.getBytes(StandardCharsets.UTF_8));
        put(block, 100, ascii("0000644\0"));
        put(block, 108, ascii("0000000\0"));
        put(block, 116, ascii("0000000\0"));
        put(block, 124, ascii("%011o ".formatted(size)));
        put(block, 136, ascii("%011o ".formatted(1_700_000_000L)));
        Arrays.fill(block, 148, 156, (byte) ' ');
        block[156] = (byte) type;
        if (type == '1' || type == '2') {
            put(block, 157, ascii("/etc/passwd"));
        }
        put(block, 257, ascii("ustar\00000"));
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, ascii("%06o\0 ".formatted(sum)));
        bytes.writeBytes(block);
        return this;
    }

    Tars data(byte[] data) {
        bytes.writeBytes(data);
        bytes.writeBytes(new byte[-data.length & 511]);
        return this;
    }

    byte[] ended() {
        bytes.writeBytes(new byte[1024]);
        return bytes.toByteArray();
    }

    byte[] cut() {
        return bytes.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void put(byte[] block, int place, byte[] field) {
        System.arraycopy(field, 0, block, place, field.length);
    }
}
