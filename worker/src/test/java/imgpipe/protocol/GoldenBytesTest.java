package imgpipe.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The bytes were put together by hand from the diagram in {@link Frame} and the rules in {@link
 * PayloadWriter}. The checksum, the last four, is worked out bit by bit below.
 */
class GoldenBytesTest {
    private static final List<String> COMMANDS =
            List.of(
                    """
                    494d4750 03 01 00000079 0000000000000001
                    0000000000000002 00000003 2f742f
                    0000000000000003 00000004 0000000000000005 01 00 00000006 00000007
                    00000001
                    0000000000000007 00000009 61253230622e6a7067
                    0000000d 2f696e2f61253230622e6a7067
                    00000000000003e8 ffffffffffffffff
                    00000001 00000002 2f6f 00000004 6a706567
                    """,
                    "494d4750 03 02 00000000 0102030405060708",
                    "494d4750 03 03 00000000 0000000000000000");

    private static final List<String> EVENTS =
            List.of(
                    "494d4750 03 11 00000010 0000000000000000 00000002 00000000000010e1 00000002",
                    "494d4750 03 12 00000000 0000000000000000",
                    "494d4750 03 13 00000008 0000000000000001 0000000000000007",
                    """
                    494d4750 03 14 0000003d 0000000000000001
                    01 0000000000000007
                    00000001 000000000000000a 00000000ffffffff 00000320 00000258
                    0000000000075300 00000001 00000008 6772c3b6c39f6572
                    """,
                    """
                    494d4750 03 14 00000024 0000000000000001
                    02 0000000000000007 00000007 434f5252555054
                    00000005 612e6a7067 00000003 626164
                    """,
                    """
                    494d4750 03 14 00000022 0000000000000001
                    03 0000000000000007 00000005 4352415348
                    00000005 612e6a7067 00000003 626164
                    """,
                    """
                    494d4750 03 17 00000018 0000000000000001
                    0000000000000007 0000000000000102 0000000000000003
                    """,
                    "494d4750 03 15 00000000 0000000000000001",
                    "494d4750 03 16 00000000 0000000000000000");

    @Test
    void commandsAreTheseBytes() throws IOException {
        for (int i = 0; i < COMMANDS.size(); i++) {
            byte[] golden = golden(COMMANDS.get(i));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Commands.write(out, Samples.COMMANDS.get(i));
            assertThat(out.toByteArray()).asHexString().isEqualTo(hex(golden));
            assertThat(Commands.read(new ByteArrayInputStream(golden)))
                    .isEqualTo(Samples.COMMANDS.get(i));
        }
    }

    @Test
    void eventsAreTheseBytes() throws IOException {
        for (int i = 0; i < EVENTS.size(); i++) {
            byte[] golden = golden(EVENTS.get(i));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Events.write(out, Samples.EVENTS.get(i));
            assertThat(out.toByteArray()).asHexString().isEqualTo(hex(golden));
            assertThat(Events.read(new ByteArrayInputStream(golden)))
                    .isEqualTo(Samples.EVENTS.get(i));
        }
    }

    @Test
    void checksumIsThatOfRfc3720() {
        // RFC 3720, appendix B.4: 32 bytes of zeroes; in wire order aa 36 91 8a.
        assertThat(crc32c(new byte[32])).isEqualTo(0x8a9136aa);
    }

    private static byte[] golden(String text) {
        byte[] bytes = HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        return ByteBuffer.allocate(bytes.length + 4).put(bytes).putInt(crc32c(bytes)).array();
    }

    private static int crc32c(byte[] bytes) {
        int crc = -1;
        for (byte b : bytes) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82f63b78;
            }
        }
        return ~crc;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
