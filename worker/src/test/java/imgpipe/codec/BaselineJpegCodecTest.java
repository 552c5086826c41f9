package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.fail;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BaselineJpegCodecTest {
    private static final int RANDOM_FILES = 400;
    private static final int DAMAGED_FILES = 4000;
    private static final int MOST_PIXELS = 1 << 20;

    private final Codec codec = new BaselineJpegCodec();
    private final Workspace workspace = new Workspace();

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void deliversWhatItsDefinitionSays() throws PictureException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_FILES; i++) {
            byte[] file = RandomBaseline.make(random);
            for (int eighths = 1; eighths <= 2; eighths++) {
                assertThat(differences(file, eighths)).as("file %d, seed %d", i, seed).isEmpty();
            }
        }
    }

    @Test
    void deliversItOfAnotherEncodersFilesToo() throws PictureException {
        String[][] factors = {{"1x1"}, {"2x1"}, {"2x2"}, {"1x2"}, {"4x1"}};
        for (String[] luma : factors) {
            for (float quality : new float[] {0.1f, 0.75f, 1}) {
                BufferedImage photo = Jpegs.photo(517, 299, BufferedImage.TYPE_INT_RGB, 7);
                byte[] file = Jpegs.encode(photo, quality, luma[0], "1x1", "1x1");
                for (int eighths = 1; eighths <= 2; eighths++) {
                    assertThat(differences(file, eighths))
                            .as("%s at quality %s", luma[0], quality)
                            .isEmpty();
                }
            }
        }
    }

    /** Whatever was changed: it is found out, or it does not keep the file from being decoded. */
    @Test
    void readsADamagedFileAsDefinedOrNotAtAll() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < DAMAGED_FILES; i++) {
            byte[] file = damaged(RandomBaseline.make(random), random);
            int eighths = 1 + random.nextInt(2);
            @Nullable String difference;
            try {
                Size size = JpegHeader.parse(Jpegs.segment(file)).size();
                if (size.pixels() > MOST_PIXELS || Math.min(size.width(), size.height()) < 8) {
                    continue;
                }
                difference = differences(file, eighths);
            } catch (PictureException refused) {
                continue;
            } catch (RuntimeException e) {
                fail("file " + i + ", seed " + seed, e);
                return;
            }
            assertThat(difference).as("file %d, seed %d", i, seed).isEmpty();
        }
    }

    @Test
    void tellsSizeColorAndOrientation() throws PictureException {
        BufferedImage photo = Jpegs.photo(1001, 203, BufferedImage.TYPE_INT_RGB, 1);
        byte[] exif = ExifBuilder.camera(ByteOrder.LITTLE_ENDIAN, 6, new byte[0]);
        byte[] content = Jpegs.join("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif);
        byte[] turned = Jpegs.withSegment(Jpegs.encode(photo, 0.9f, false), 0xE1, content);
        Picture picture = decode(turned, 1);
        assertThat(picture.size()).isEqualTo(new Size(1001, 203));
        assertThat(picture.color()).isEqualTo(ColorModel.YCC);
        assertThat(picture.orientation()).isEqualTo(Orientation.ofExif(6));
        Plane luma = picture.planes().get(0);
        assertThat(List.of(luma.width(), luma.height())).containsExactly(126, 26);
        assertThat(List.of(luma.spanX(), luma.spanY())).containsExactly(125.125, 25.375);
        Plane blue = picture.planes().get(1);
        assertThat(List.of(blue.spanX(), blue.spanY())).containsExactly(62.5625, 12.6875);
    }

    @Test
    void takesTheSmallestScaleThatTheFloorAllows() throws PictureException {
        byte[] file = photo();
        assertThat(width(file, new Size(50, 37))).isEqualTo(50);
        assertThat(width(file, new Size(51, 37))).isEqualTo(100);
        assertThat(width(file, new Size(100, 75))).isEqualTo(100);
        assertHandedOn(file, new Size(100, 76));
        assertHandedOn(file, null);
    }

    @Test
    void handsOnWhatIsNotBaseline() {
        BufferedImage photo = Jpegs.photo(400, 300, BufferedImage.TYPE_INT_RGB, 1);
        assertHandedOn(Jpegs.encode(photo, 0.9f, true));
        BufferedImage inks = Jpegs.photo(400, 300, BufferedImage.TYPE_4BYTE_ABGR, 1);
        assertHandedOn(Jpegs.encode(inks.getRaster(), 0.9f));
        assertHandedOn(Jpegs.encode(photo, 0.9f, "1x1", "2x2", "1x1"));
        byte[] plain = Jpegs.withoutSegment(photo(), 0xE0);
        assertHandedOn(Jpegs.withSegment(plain, 0xEE, Jpegs.adobe(7)));
        assertHandedOn(Jpegs.withoutSegment(photo(), 0xC4));
        assertHandedOn(Jpegs.withoutSegment(photo(), 0xDB));
    }

    @Test
    void handsOnWhatDoesNotEndAsItShould() {
        byte[] whole = photo();
        byte[] codes = Arrays.copyOf(whole, whole.length - 2);
        byte[] end = {(byte) 0xFF, (byte) 0xD9};
        assertHandedOn(codes);
        assertHandedOn(Arrays.copyOf(codes, codes.length - 1));
        assertHandedOn(Jpegs.join(Arrays.copyOf(codes, codes.length - 1), end));
        assertHandedOn(Jpegs.join(codes, new byte[] {0}, end));
        assertHandedOn(Jpegs.join(codes, new byte[] {(byte) 0xFF, (byte) 0xD0}, end));
        assertThat(catchThrowable(() -> decode(Jpegs.join(whole, end), 1))).isNull();
    }

    @Test
    void handsOnEverythingWhenItIsSwitchedOff() {
        DecodeRequest request = new DecodeRequest(new Size(50, 37), 1, false, false, false);
        MemorySegment file = Jpegs.segment(photo());
        assertThatThrownBy(() -> codec.decode(ImageFormat.JPEG, file, request, workspace))
                .isInstanceOf(PictureException.class);
    }

    @Test
    void writesNothing() throws PictureException {
        Picture picture = decode(photo(), 1);
        EncodeSettings settings = EncodeSettings.DEFAULT.withQuality(80).withChroma(Chroma.S420);
        assertThat(codec.writes()).isEmpty();
        assertThatThrownBy(() -> codec.encode(picture, ImageFormat.JPEG, settings, workspace))
                .isInstanceOf(PictureException.class);
    }

    private static byte[] photo() {
        return Jpegs.encode(Jpegs.photo(400, 300, BufferedImage.TYPE_INT_RGB, 1), 0.9f, false);
    }

    private static byte[] damaged(byte[] file, Random random) {
        int at = random.nextInt(file.length);
        int length = random.nextInt(Math.min(20, file.length - at));
        byte[] head = Arrays.copyOf(file, at);
        byte[] tail = Arrays.copyOfRange(file, at + length, file.length);
        byte[] other = new byte[length];
        random.nextBytes(other);
        return switch (random.nextInt(5)) {
            case 0 -> head;
            case 1 -> Jpegs.join(head, tail);
            case 2 -> Jpegs.join(head, other, tail);
            case 3 -> Jpegs.join(head, other, Arrays.copyOfRange(file, at, file.length));
            default -> {
                file[at] ^= (byte) (1 << random.nextInt(8));
                yield file;
            }
        };
    }

    /** How planes differ from the reference's; empty if they do not. */
    private String differences(byte[] file, int eighths) throws PictureException {
        List<Plane> planes = decode(file, eighths).planes();
        int[][][] wanted = BaselineReference.decode(file, eighths);
        if (planes.size() != wanted.length) {
            return planes.size() + " planes";
        }
        for (int i = 0; i < wanted.length; i++) {
            Plane plane = planes.get(i);
            if (plane.width() != wanted[i][0].length || plane.height() != wanted[i].length) {
                return "plane " + i + " is " + plane.width() + "x" + plane.height();
            }
            for (int y = 0; y < plane.height(); y++) {
                for (int x = 0; x < plane.width(); x++) {
                    if (plane.at(x, y) != wanted[i][y][x]) {
                        return plane.at(x, y)
                                + " instead of "
                                + wanted[i][y][x]
                                + (" at " + x + "," + y + " of plane " + i);
                    }
                }
            }
        }
        return "";
    }

    private Picture decode(byte[] file, int eighths) throws PictureException {
        MemorySegment segment = Jpegs.segment(file);
        Size size = JpegHeader.parse(segment).size();
        return decode(file, new Size(size.width() * eighths / 8, size.height() * eighths / 8));
    }

    private Picture decode(byte[] file, @Nullable Size floor) throws PictureException {
        workspace.reset();
        DecodeRequest request = new DecodeRequest(floor, 1, false, false);
        return codec.decode(ImageFormat.JPEG, Jpegs.segment(file), request, workspace).picture();
    }

    private int width(byte[] file, Size floor) throws PictureException {
        return decode(file, floor).planes().getFirst().width();
    }

    private void assertHandedOn(byte[] file) {
        assertHandedOn(file, new Size(50, 37));
    }

    private void assertHandedOn(byte[] file, @Nullable Size floor) {
        assertThatThrownBy(() -> decode(file, floor))
                .isInstanceOfSatisfying(
                        PictureException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED));
    }
}
