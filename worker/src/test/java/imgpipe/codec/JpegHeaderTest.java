package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.IccProfile;
import imgpipe.image.Orientation;
import imgpipe.image.Size;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegHeaderTest {
    private static final byte[] COLOR = jpeg(BufferedImage.TYPE_3BYTE_BGR, false);
    private static final byte[] GREY = jpeg(BufferedImage.TYPE_BYTE_GRAY, false);
    private static final byte[] PROGRESSIVE = jpeg(BufferedImage.TYPE_3BYTE_BGR, true);

    @Test
    void describesABaselinePicture() throws PictureException {
        JpegHeader header = parse(COLOR);

        assertThat(header.size()).isEqualTo(new Size(83, 61));
        assertThat(header.precision()).isEqualTo(8);
        assertThat(header.process()).isEqualTo(JpegProcess.BASELINE);
        assertThat(header.color()).isEqualTo(JpegColor.YCC);
        assertThat(header.jfif()).isTrue();
        assertThat(header.adobe()).isFalse();
        assertThat(header.profile()).isNull();
        assertThat(header.severalScans()).isFalse();
        assertThat(header.mends()).isEmpty();
        assertThat(header.description()).isEqualTo("baseline, 4:2:0");
        assertThat(header.header().orientation()).isEqualTo(Orientation.UPRIGHT);
    }

    @Test
    void describesOtherKinds() throws PictureException {
        assertThat(parse(GREY).description()).isEqualTo("baseline, grey");
        assertThat(parse(PROGRESSIVE).description()).isEqualTo("progressive, 4:2:0");
        assertThat(parse(withSof(COLOR, 0xC9)).description()).isEqualTo("arithmetic, 4:2:0");
        assertThat(parse(withSof(COLOR, 0xC3)).description()).isEqualTo("lossless, 4:2:0");
        byte[] twelveBits = withSof(COLOR, 0xC1);
        twelveBits[Jpegs.find(twelveBits, 0xC1) + 4] = 12;
        assertThat(parse(twelveBits).description()).isEqualTo("extended, 12 bits, 4:2:0");
    }

    @Test
    void seesWhatComponentsMean() throws PictureException {
        byte[] bare = Jpegs.withoutSegment(COLOR, 0xE0);
        byte[] letters = bare.clone();
        int sof = Jpegs.find(letters, 0xC0);
        letters[sof + 10] = 'R';
        letters[sof + 13] = 'G';
        letters[sof + 16] = 'B';

        assertThat(parse(bare).color()).isEqualTo(JpegColor.YCC);
        assertThat(parse(letters).color()).isEqualTo(JpegColor.RGB);
        assertThat(parse(adobe(bare, 0)).color()).isEqualTo(JpegColor.RGB);
        assertThat(parse(adobe(bare, 1)).color()).isEqualTo(JpegColor.YCC);
        assertThat(parse(adobe(COLOR, 0)).color()).isEqualTo(JpegColor.YCC);
    }

    @Test
    void seesAdobesInks() throws PictureException {
        byte[] inks =
                Jpegs.encode(
                        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null),
                        0.9f);

        assertThat(parse(inks).description()).isEqualTo("baseline, CMYK");
        assertThat(parse(adobe(inks, 0)).description())
                .isEqualTo("baseline, CMYK (Adobe, inverted)");
        assertThat(parse(adobe(inks, 2)).description())
                .isEqualTo("baseline, YCCK (Adobe, inverted)");
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryOrientationInBothByteOrders(Orientation orientation) throws PictureException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            byte[] file = Jpegs.withSegment(COLOR, 0xE1, exif(order, orientation.exif()));

            assertThat(parse(file).orientation()).isEqualTo(orientation);
        }
    }

    @Test
    void takesDamagedExifForNone() throws PictureException {
        byte[] whole = exif(ByteOrder.BIG_ENDIAN, 6);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(parse(Jpegs.withSegment(COLOR, 0xE1, cut)).orientation())
                    .as("cut to %d bytes", length)
                    .isEqualTo(length < 28 ? Orientation.UPRIGHT : Orientation.TURN_RIGHT);
        }
        assertThat(
                        parse(Jpegs.withSegment(COLOR, 0xE1, exif(ByteOrder.BIG_ENDIAN, 9)))
                                .orientation())
                .isEqualTo(Orientation.UPRIGHT);
        byte[] farDirectory = whole.clone();
        farDirectory[10] = (byte) 0xFF;
        assertThat(parse(Jpegs.withSegment(COLOR, 0xE1, farDirectory)).orientation())
                .isEqualTo(Orientation.UPRIGHT);
    }

    @Test
    void putsAProfileTogetherInOrder() throws PictureException {
        byte[] file = withChunks(COLOR, chunk(3, 3, "gh"), chunk(1, 3, "abc"), chunk(2, 3, "def"));

        assertThat(parse(file).profile())
                .isEqualTo(new IccProfile("abcdefgh".getBytes(StandardCharsets.US_ASCII)));
        assertThat(parse(file).description()).isEqualTo("baseline, 4:2:0, ICC profile");
    }

    @Test
    void hasNoProfileIfAPartIsMissingOrDouble() throws PictureException {
        assertThat(parse(withChunks(COLOR, chunk(1, 2, "abc"))).profile()).isNull();
        assertThat(parse(withChunks(COLOR, chunk(1, 2, "a"), chunk(1, 2, "b"))).profile()).isNull();
        assertThat(parse(withChunks(COLOR, chunk(1, 2, "a"), chunk(3, 2, "b"))).profile()).isNull();
        assertThat(parse(withChunks(COLOR, chunk(0, 1, "a"))).profile()).isNull();
    }

    @Test
    void leavesOutAProfileOfMoreThanEightMegabytes() throws PictureException {
        String large = "x".repeat(65000);
        byte[][] chunks = new byte[130][];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = chunk(i + 1, chunks.length, large);
        }

        assertThat(parse(withChunks(COLOR, chunks)).profile()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 65519, 65520, 200_000})
    void findsTheProfileThatItEmbeds(int length) throws PictureException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        IccProfile profile = new IccProfile(bytes);
        var file = JpegProfile.embed(Jpegs.segment(COLOR), profile, Arena.ofAuto());

        JpegHeader header = JpegHeader.parse(file);

        assertThat(header.profile()).isEqualTo(profile);
        assertThat(header.jfif()).isTrue();
        assertThat(header.mends()).isEmpty();
    }

    @Test
    void refusesWhatIsNoJpeg() {
        assertThat(reason(new byte[0])).isEqualTo(Reason.NOT_A_PICTURE);
        assertThat(reason(new byte[] {(byte) 0xFF})).isEqualTo(Reason.NOT_A_PICTURE);
        assertThat(reason("GIF89a".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(Reason.NOT_A_PICTURE);
    }

    @Test
    void callsEveryCutHeaderTruncated() {
        int scan = Jpegs.find(COLOR, 0xDA);
        for (int length = 2; length < scan + 14; length++) {
            assertThat(reason(Arrays.copyOf(COLOR, length)))
                    .as("cut to %d bytes", length)
                    .isEqualTo(Reason.TRUNCATED);
        }
    }

    @Test
    void refusesContradictions() {
        int sof = Jpegs.find(COLOR, 0xC0);
        assertThat(reason(patched(sof + 7, 0, 0))).isEqualTo(Reason.CORRUPT);
        assertThat(reason(patched(sof + 5, 0, 0))).isEqualTo(Reason.UNSUPPORTED);
        assertThat(reason(patched(sof + 9, 2))).isEqualTo(Reason.CORRUPT);
        assertThat(reason(patched(sof + 11, 0x52))).isEqualTo(Reason.CORRUPT);
        assertThat(reason(patched(sof + 2, 0, 1))).isEqualTo(Reason.CORRUPT);
        assertThat(reason(patched(sof + 1, 0xFE))).isEqualTo(Reason.CORRUPT);
        assertThat(
                        reason(
                                Jpegs.join(
                                        Arrays.copyOf(COLOR, sof),
                                        new byte[] {(byte) 0xFF, (byte) 0xD9})))
                .isEqualTo(Reason.CORRUPT);
    }

    @Test
    void countsScansAndKnowsWhetherTheyAreComplete() throws PictureException {
        JpegScans scans = parse(PROGRESSIVE).scans(Jpegs.segment(PROGRESSIVE));

        // jpeg_simple_progression of libjpeg writes ten scans for YCC
        assertThat(scans.count()).isEqualTo(10);
        assertThat(scans.complete()).isTrue();
        assertThat(scans.ended()).isTrue();
        assertThat(scans.end()).isEqualTo(PROGRESSIVE.length - 2);
        byte[] half = Arrays.copyOf(PROGRESSIVE, PROGRESSIVE.length / 2);
        JpegScans fewer = parse(half).scans(Jpegs.segment(half));
        assertThat(fewer.complete()).isFalse();
        assertThat(fewer.ended()).isFalse();
    }

    @Test
    void refusesMoreThanAHundredScans() throws PictureException {
        byte[] scan = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0x55};
        byte[] body = Arrays.copyOf(PROGRESSIVE, PROGRESSIVE.length - 2);
        byte[] allowed = body;
        for (int i = 0; i < 90; i++) {
            allowed = Jpegs.join(allowed, scan);
        }
        byte[] tooMany = Jpegs.join(allowed, scan);

        assertThat(parse(allowed).scans(Jpegs.segment(allowed)).count()).isEqualTo(100);
        assertThat(reason(tooMany)).isEqualTo(Reason.LIMIT);
    }

    @Test
    void mendsHarmlessFaults() throws PictureException {
        byte[] odd = COLOR.clone();
        odd[Jpegs.find(odd, 0xE0) + 9] = 2;
        odd =
                Jpegs.join(
                        Arrays.copyOf(odd, 2),
                        new byte[] {0, 7, 0},
                        Arrays.copyOfRange(odd, 2, odd.length));
        odd[Jpegs.find(COLOR, 0xDA) + 3 + 12] = 0;

        assertThat(parse(odd).mends())
                .extracting(JpegMend::length)
                .containsExactlyInAnyOrder(3L, 1L, 1L);
        byte[] mended =
                JpegMend.apply(Jpegs.segment(odd), parse(odd).mends(), Arena.ofAuto())
                        .toArray(ValueLayout.JAVA_BYTE);
        assertThat(parse(mended).mends()).isEmpty();
    }

    @Test
    void survivesAnything() {
        long seed = 20260101;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] file = (i % 2 == 0 ? COLOR : PROGRESSIVE).clone();
            int flips = 1 + random.nextInt(8);
            for (int flip = 0; flip < flips; flip++) {
                file[2 + random.nextInt(700)] ^= (byte) (1 << random.nextInt(8));
            }
            file = Arrays.copyOf(file, 1 + random.nextInt(file.length));
            try {
                parse(file);
            } catch (PictureException expected) {
                assertThat(expected.getMessage()).as("seed %d, %d", seed, i).isNotBlank();
            }
        }
    }

    private static byte[] jpeg(int type, boolean progressive) {
        return Jpegs.encode(Jpegs.photo(83, 61, type, 1), 0.9f, progressive);
    }

    private static JpegHeader parse(byte[] file) throws PictureException {
        return JpegHeader.parse(Jpegs.segment(file));
    }

    private static Reason reason(byte[] file) {
        return catchThrowableOfType(PictureException.class, () -> parse(file)).reason();
    }

    private static byte[] adobe(byte[] jpeg, int transform) {
        return Jpegs.withSegment(jpeg, 0xEE, Jpegs.adobe(transform));
    }

    private static byte[] withSof(byte[] jpeg, int code) {
        byte[] changed = jpeg.clone();
        changed[Jpegs.find(changed, 0xC0) + 1] = (byte) code;
        return changed;
    }

    private static byte[] patched(int at, int... values) {
        byte[] changed = COLOR.clone();
        for (int i = 0; i < values.length; i++) {
            changed[at + i] = (byte) values[i];
        }
        return changed;
    }

    private static byte[] withChunks(byte[] jpeg, byte[]... chunks) {
        byte[] file = jpeg;
        for (int i = chunks.length - 1; i >= 0; i--) {
            file = Jpegs.withSegment(file, 0xE2, chunks[i]);
        }
        return file;
    }

    private static byte[] chunk(int number, int count, String content) {
        return Jpegs.join(
                "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII),
                new byte[] {(byte) number, (byte) count},
                content.getBytes(StandardCharsets.US_ASCII));
    }

    /** An EXIF segment's content with one tag, by hand. */
    private static byte[] exif(ByteOrder order, int orientation) {
        ByteBuffer bytes = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4).order(order);
        bytes.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        bytes.put(
                (order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
        bytes.putShort((short) 42).putInt(8);
        bytes.putShort((short) 1);
        bytes.putShort((short) 0x0112).putShort((short) 3).putInt(1);
        bytes.putShort((short) orientation).putShort((short) 0);
        bytes.putInt(0);
        return bytes.array();
    }
}
