package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.ImageFormat;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing of what stands beside the pixels gets through where they are taken out. */
class ContainerTest {
    private static final String SECRET = "somebody's secret";
    private static final int BEHIND_IHDR = 8 + 12 + 13;

    private static Optional<byte[]> bare(ImageFormat format, byte[] file) {
        try (Arena arena = Arena.ofConfined()) {
            return Container.bare(format, MemorySegment.ofArray(file), arena)
                    .map(bare -> bare.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    private static byte[] secret() {
        return SECRET.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] with(byte[] file, int at, byte[] added) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Arrays.copyOf(file, at));
        out.writeBytes(added);
        out.writeBytes(Arrays.copyOfRange(file, at, file.length));
        return out.toByteArray();
    }

    private static byte[] segment(int code, byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .put((byte) 0xFF)
                .put((byte) code)
                .putShort((short) (2 + content.length))
                .put(content)
                .array();
    }

    /** JPG0, DNL, EXP, APP9, a reserved code, and comments. */
    @ParameterizedTest
    @CsvSource({"0xF0", "0xDC", "0xDF", "0xE9", "0x02", "0xC8", "0xFE"})
    void leavesOutSegmentsThatPixelsDoNotNeed(int code) {
        byte[] file = Fixtures.file(ImageFormat.JPEG);

        byte[] bare = bare(ImageFormat.JPEG, with(file, 2, segment(code, secret()))).orElseThrow();

        assertThat(bare).isEqualTo(bare(ImageFormat.JPEG, file).orElseThrow());
    }

    /** 12 bytes: the name, version, two flags, the transform. */
    @Test
    void keepsOfAdobesSegmentsTheFieldsOfTheFirst() {
        byte[] file = Fixtures.file(ImageFormat.JPEG);
        byte[] fields = "Adobe\0dabcd\1".getBytes(StandardCharsets.ISO_8859_1);
        byte[] longer = Arrays.copyOf(fields, fields.length + SECRET.length());
        System.arraycopy(secret(), 0, longer, fields.length, SECRET.length());
        byte[] twice = with(file, 2, segment(0xEE, longer));
        twice = with(twice, 2, segment(0xEE, longer));

        byte[] bare = bare(ImageFormat.JPEG, twice).orElseThrow();

        assertThat(bare)
                .isEqualTo(
                        bare(ImageFormat.JPEG, with(file, 2, segment(0xEE, fields))).orElseThrow());
        assertThat(new String(bare, StandardCharsets.ISO_8859_1))
                .doesNotContain(SECRET)
                .containsOnlyOnce("Adobe");
    }

    private static byte[] pngChunk(String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(content);
        return ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .put(name)
                .put(content)
                .putInt((int) checksum.getValue())
                .array();
    }

    @Test
    void leavesPngsWithUnknownCriticalChunksToTheirDecoder() {
        byte[] file = Fixtures.file(ImageFormat.PNG);
        assertThat(bare(ImageFormat.PNG, file)).isPresent();

        assertThat(bare(ImageFormat.PNG, with(file, BEHIND_IHDR, pngChunk("SECR", secret()))))
                .isEmpty();
    }

    @Test
    void leavesPngsToTheirDecoderThatSpeakInTheirLastChunk() {
        byte[] file = Fixtures.file(ImageFormat.PNG);
        byte[] open = Arrays.copyOf(file, file.length - 12);

        assertThat(bare(ImageFormat.PNG, with(open, open.length, pngChunk("IEND", secret()))))
                .isEmpty();
    }

    @Test
    void dropsOtherChunksOfPng() {
        byte[] file = Fixtures.file(ImageFormat.PNG);

        byte[] bare =
                bare(ImageFormat.PNG, with(file, BEHIND_IHDR, pngChunk("seCr", secret())))
                        .orElseThrow();

        assertThat(bare).isEqualTo(bare(ImageFormat.PNG, file).orElseThrow());
    }

    /** A frame's data may hold unknown chunks beside its pixels (RFC 9649, section 2.7.1.1). */
    @Test
    void leavesAnimationsOfOneFrameToTheirDecoder() {
        ByteBuffer file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(56);
        file.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(2);
        file.put(new byte[6]).put("ANMF".getBytes(StandardCharsets.US_ASCII)).putInt(26);
        file.put(new byte[16]).put("VP8L".getBytes(StandardCharsets.US_ASCII)).putInt(2);

        assertThat(bare(ImageFormat.WEBP, file.array())).isEmpty();
    }
}
