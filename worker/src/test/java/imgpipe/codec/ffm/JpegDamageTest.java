package imgpipe.codec.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import imgpipe.codec.DecodeRequest;
import imgpipe.codec.Decoded;
import imgpipe.codec.Jpegs;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JpegDamageTest extends TurboJpegFixture {
    private static final byte[] BASELINE = jpeg(BufferedImage.TYPE_3BYTE_BGR, false);
    private static final byte[] PROGRESSIVE = jpeg(BufferedImage.TYPE_3BYTE_BGR, true);
    private static final byte[] GREY = jpeg(BufferedImage.TYPE_BYTE_GRAY, false);

    static List<byte[]> files() {
        return List.of(BASELINE, PROGRESSIVE, GREY);
    }

    @ParameterizedTest
    @MethodSource("files")
    void aCutIsNeverSilent(byte[] file) {
        for (int percent = 1; percent <= 99; percent++) {
            workspace.reset();
            byte[] cut = Arrays.copyOf(file, file.length * percent / 100);
            assertThat(failure(cut).reason()).as("%d %%", percent).isEqualTo(Reason.TRUNCATED);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aCutNearTheEndIsNeverSilent(byte[] file) throws PictureException {
        Picture picture = whole(file);
        for (int missing = 3; missing <= 60; missing++) {
            byte[] cut = Arrays.copyOf(file, file.length - missing);
            PictureException failure =
                    catchThrowableOfType(
                            PictureException.class, () -> decode(cut, DecodeRequest.WHOLE));
            if (failure == null) {
                assertSame(decode(cut, DecodeRequest.WHOLE), picture);
            } else {
                assertThat(failure.reason()).isEqualTo(Reason.TRUNCATED);
            }
        }
    }

    /**
     * Grey, 32x32, sample (37 x y) mod 251, by {@code cjpeg -arithmetic -quality 30}. The decoder
     * takes missing codes for zeros and does not complain.
     */
    @Test
    void aCutOfArithmeticCodesIsNeverSilent() throws PictureException {
        byte[] file =
                Base64.getDecoder()
                        .decode(
                                "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6"
                                    + "PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/yQALCAAg"
                                    + "ACABAREA/8wABgAQEAX/2gAIAQEAAD8A/nVrFODPGWhqmdKmdBJiiv7aqPcF0Avt"
                                    + "ANx27uAD5iC1OKHScr1onWqAVDzsQ/afOnBGaYV3NJNMct7Ll34+f+uqqywPI3fA"
                                    + "7CXRzNz9PmPr56TK3Gsh9ZUHPshLub8VtKP2SwFiQUpjnV1BYynoWCcj3NYvv5hG"
                                    + "H2z2vH8/wio8M2n5jw3hWXJpsCJieMveZCClHcBAGxjQtoJYQseBM6neXOL9vDXz"
                                    + "CjpR950pGyy5EcbKNz5UYvbaeLvQDe6G1lq5tybGWzg4Hah0oRxRqRxTtu10cXlk"
                                    + "QioQuJzmwk75IupBh+W4AWSyK8PqFxkWxqviWpIiJ0JPJawu1/1J8VUAMqwzh4hc"
                                    + "g6npAeA+JN4My+xSiOOjk3QdE97eLGMlLL7+YeRxx4CVHrz8w9VkGkiwwnGDJj/C"
                                    + "pHPEyvhvJgs8MvimX9e8IxNzri1s6P/Z");
        double sum = 0;
        Plane plane = whole(file).planes().getFirst();
        for (int i = 0; i < 32 * 32; i++) {
            sum += plane.at(i % 32, i / 32);
        }
        // djpeg -pnm of the same file
        assertThat(sum / (32 * 32)).isCloseTo(120.025, within(0.5));
        for (int length = 150; length < file.length - 2; length++) {
            workspace.reset();
            byte[] cut = Arrays.copyOf(file, length);
            assertThat(failure(cut).reason()).as("%d bytes", length).isEqualTo(Reason.TRUNCATED);
        }
    }

    @Test
    void aProgressiveFileCutBetweenScansIsTruncated() {
        for (int at = 700; at < PROGRESSIVE.length - 2; at++) {
            boolean scan = PROGRESSIVE[at] == (byte) 0xFF && PROGRESSIVE[at + 1] == (byte) 0xDA;
            boolean tables = PROGRESSIVE[at] == (byte) 0xFF && PROGRESSIVE[at + 1] == (byte) 0xC4;
            if (scan || tables) {
                assertThat(failure(Arrays.copyOf(PROGRESSIVE, at)).reason())
                        .isEqualTo(Reason.TRUNCATED);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aCutPictureIsKeptLenientlyAndMarked(byte[] file) throws PictureException {
        Picture whole = whole(file);
        Decoded decoded = decode(Arrays.copyOf(file, file.length * 3 / 4), LENIENT);

        assertThat(decoded.warnings()).singleElement().asString().contains("the file ends");
        assertThat(decoded.picture().size()).isEqualTo(whole.size());
        Plane before = whole.planes().getFirst();
        Plane after = decoded.picture().planes().getFirst();
        assertThat(after.at(20, 10)).isBetween(before.at(20, 10) - 40, before.at(20, 10) + 40);
    }

    @ParameterizedTest
    @MethodSource("files")
    void aMissingEndMarkerDoesNoHarm(byte[] file) throws PictureException {
        for (int missing = 1; missing <= 2; missing++) {
            Decoded decoded =
                    decode(Arrays.copyOf(file, file.length - missing), DecodeRequest.WHOLE);

            assertThat(decoded.warnings())
                    .containsExactly("the end marker is missing, but no pixel is");
            assertSame(decoded, whole(file));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void zerosBeforeTheEndMarkerDoNoHarm(byte[] file) throws PictureException {
        for (int zeros : new int[] {1, 2, 7, 8, 9, 36, 4000}) {
            byte[] padded = insert(file, file.length - 2, new byte[zeros]);

            assertSame(decode(padded, DecodeRequest.WHOLE), whole(file));
        }
    }

    @Test
    void zerosDoNotHideACut() {
        byte[] cut = Arrays.copyOf(BASELINE, BASELINE.length * 2 / 3);
        byte[] padded = insert(BASELINE, BASELINE.length - 2, new byte[100]);

        assertThat(failure(Jpegs.join(cut, new byte[] {(byte) 0xFF, (byte) 0xD9})).reason())
                .isEqualTo(Reason.CORRUPT);
        assertThat(failure(Arrays.copyOf(padded, padded.length / 2)).reason())
                .isEqualTo(Reason.TRUNCATED);
    }

    @Test
    void leftOverCodesAreDamage() throws PictureException {
        byte[] extra = new byte[200];
        new Random(5).nextBytes(extra);
        for (int i = 0; i < extra.length; i++) {
            extra[i] &= 0x7F;
        }
        byte[] file = insert(BASELINE, BASELINE.length - 2, extra);

        assertThat(failure(file).reason()).isEqualTo(Reason.CORRUPT);
        assertThat(failure(file)).hasMessageContaining("extraneous bytes before marker 0xd9");
        assertThat(decode(file, LENIENT).warnings()).hasSize(1);
    }

    @Test
    void bytesBetweenSegmentsDoNoHarmAndHideNothing() throws PictureException {
        int tables = Jpegs.find(BASELINE, 0xDB);
        byte[] odd = insert(BASELINE, tables, new byte[] {1, 2, 3, (byte) 0xFF, 0, 5});

        Decoded decoded = decode(odd, DecodeRequest.WHOLE);

        assertThat(decoded.warnings())
                .containsExactly("6 bytes lie between two segments of the header");
        assertSame(decoded, whole(BASELINE));
        assertThat(failure(Arrays.copyOf(odd, odd.length / 2)).reason())
                .isEqualTo(Reason.TRUNCATED);
    }

    @Test
    void scanParametersOfSomePhonesDoNoHarm() throws PictureException {
        byte[] odd = BASELINE.clone();
        odd[Jpegs.find(odd, 0xDA) + 12] = 0;

        Decoded decoded = decode(odd, DecodeRequest.WHOLE);

        assertThat(decoded.warnings()).hasSize(1);
        assertSame(decoded, whole(BASELINE));
    }

    @ParameterizedTest
    @MethodSource("files")
    void flippedBitsNeverBringTheProcessDown(byte[] file) {
        long seed = 77;
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            workspace.reset();
            byte[] flipped = file.clone();
            int flips = 1 + random.nextInt(4);
            for (int flip = 0; flip < flips; flip++) {
                flipped[2 + random.nextInt(file.length - 2)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                decode(flipped, i % 2 == 0 ? DecodeRequest.WHOLE : LENIENT);
            } catch (PictureException expected) {
                refused++;
                assertThat(expected.getMessage()).as("seed %d, %d", seed, i).isNotBlank();
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aFileThatIsGivenUpLeavesNoTraceInTheNextOne() throws PictureException {
        Picture expected = whole(BASELINE);
        byte[] bogus = BASELINE.clone();
        bogus[Jpegs.find(bogus, 0xC4) + 4] = 0x33; // a Huffman table for no use and no component

        assertThat(failure(bogus).reason()).isEqualTo(Reason.CORRUPT);
        assertSame(decode(BASELINE, DecodeRequest.WHOLE), expected);
    }

    @Test
    void aFileWithoutTablesDoesNotBorrowThoseOfTheLastOne() throws PictureException {
        byte[] without = BASELINE;
        while (Jpegs.find(without, 0xDB) >= 0) {
            without = Jpegs.withoutSegment(without, 0xDB);
        }
        whole(BASELINE);

        assertThat(failure(without)).hasMessageContaining("Quantization table");
    }

    private static byte[] jpeg(int type, boolean progressive) {
        return Jpegs.encode(Jpegs.photo(240, 180, type, 8), 0.85f, progressive);
    }

    private PictureException failure(byte[] file) {
        return catchThrowableOfType(
                PictureException.class, () -> decode(file, DecodeRequest.WHOLE));
    }

    private static byte[] insert(byte[] file, int at, byte[] bytes) {
        return Jpegs.join(
                Arrays.copyOf(file, at), bytes, Arrays.copyOfRange(file, at, file.length));
    }

    private static void assertSame(Decoded decoded, Picture expected) {
        for (int i = 0; i < expected.planes().size(); i++) {
            Plane plane = decoded.picture().planes().get(i);
            Plane other = expected.planes().get(i);
            for (int y = 0; y < other.height(); y++) {
                for (int x = 0; x < other.width(); x++) {
                    if (plane.at(x, y) != other.at(x, y)) {
                        throw new AssertionError("plane " + i + " differs at " + x + "," + y);
                    }
                }
            }
        }
    }
}
