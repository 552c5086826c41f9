package imgpipe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.codec.Container;
import imgpipe.codec.ExifBuilder;
import imgpipe.codec.Jpegs;
import imgpipe.codec.MatrixProfile;
import imgpipe.codec.PictureException;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import imgpipe.image.Size;
import imgpipe.shard.Outcome;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that are kept because encoding them again gains nothing. */
class SavingsTest {
    private static final BufferedImage PHOTO =
            Jpegs.photo(120, 90, BufferedImage.TYPE_3BYTE_BGR, 5);

    @TempDir private Path folder;
    private Runs runs;

    @BeforeEach
    void open() {
        runs = new Runs(folder);
    }

    @AfterEach
    void close() {
        runs.close();
    }

    private static byte[] marked(byte[] jpeg) {
        byte[] exif = ExifBuilder.camera(ByteOrder.BIG_ENDIAN, 1, new byte[0]);
        byte[] made =
                Jpegs.withSegment(
                        jpeg,
                        0xE1,
                        Jpegs.join("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif));
        return Jpegs.withSegment(
                made, 0xFE, (ExifBuilder.MARK + " comment").getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }

    /** PNG with a text chunk behind its header. */
    private static byte[] markedPng() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(PHOTO, "png", file);
        byte[] png = file.toByteArray();
        byte[] content = ("tEXtComment\0" + ExifBuilder.MARK).getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        byte[] chunk =
                ByteBuffer.allocate(content.length + 8)
                        .putInt(content.length - 4)
                        .put(content)
                        .putInt((int) checksum.getValue())
                        .array();
        ByteBuffer whole = ByteBuffer.allocate(png.length + chunk.length);
        return whole.put(png, 0, 33).put(chunk).put(png, 33, png.length - 33).array();
    }

    @Test
    void keepsTheJpegThatIsSmallAlready() throws IOException, PictureException {
        byte[] bare = Jpegs.encode(PHOTO, 0.3f, false);
        byte[] source = marked(bare);
        byte[] kept = runs.made(source, "orient | color srgb | jpeg q=80 savings=5");
        assertThat(kept).isEqualTo(bare);
        assertThat(text(runs.made(source, "jpeg q=80 savings=5 metadata=copyright")))
                .contains(ExifBuilder.MARK + " copyright")
                .doesNotContain(ExifBuilder.MARK + " artist?", ExifBuilder.MARK + " comment");
        assertThat(runs.made(source, "jpeg q=80 savings=5 metadata=all")).isEqualTo(source);
    }

    @Test
    void takesTheNewJpegThatIsMuchSmaller() throws IOException {
        byte[] source = Jpegs.encode(PHOTO, 0.98f, false);
        byte[] plain = runs.made(source, "jpeg q=60");
        assertThat(plain.length).isLessThan(source.length / 2);
        assertThat(runs.made(source, "jpeg q=60 savings=40")).isEqualTo(plain);
        assertThat(runs.made(source, "jpeg q=60 savings=99")).isEqualTo(source);
    }

    @Test
    void encodesWhatIsNotTheSamePicture() throws IOException {
        byte[] source = Jpegs.encode(PHOTO, 0.3f, false);
        for (String recipe :
                new String[] {
                    "resize 60x60 | jpeg q=95",
                    "rotate 180 | jpeg q=95",
                    "crop 50x50 | jpeg q=95",
                    "png"
                }) {
            assertThat(runs.made(source, recipe + " savings=50"))
                    .isEqualTo(runs.made(source, recipe));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 50, 80, 95})
    void neverMakesAFileLarger(int quality) throws IOException {
        for (float of : new float[] {0.1f, 0.5f, 0.8f, 0.97f}) {
            byte[] source = marked(Jpegs.encode(PHOTO, of, false));
            for (String policy : new String[] {"none", "all"}) {
                assertThat(
                                runs.made(
                                                source,
                                                "jpeg q="
                                                        + quality
                                                        + " savings=1 metadata="
                                                        + policy)
                                        .length)
                        .isLessThanOrEqualTo(source.length);
            }
        }
    }

    @Test
    void keepsPngsWithoutTheirText() throws IOException, PictureException {
        byte[] source = markedPng();
        byte[] made = runs.made(source, "png savings=60");
        assertThat(made.length).isEqualTo(source.length - ExifBuilder.MARK.length() - 20);
        assertThat(text(made)).doesNotContain(ExifBuilder.MARK);
        assertThat(runs.decoded(ImageFormat.PNG, made).size()).isEqualTo(new Size(120, 90));
        assertThat(runs.made(source, "png savings=60 metadata=all")).isEqualTo(source);
    }

    @Test
    void keepsWhatFitsWhereNothingThatIsMadeDoes() throws IOException {
        byte[] best = runs.made(markedPng(), "png effort=9");
        byte[] plain = runs.made(markedPng(), "png effort=1");
        assertThat(best.length).isLessThan(plain.length);
        String recipe = "png effort=1 max=" + best.length;
        assertThat(runs.outcome(best, recipe)).isInstanceOf(Outcome.Failed.class);
        assertThat(runs.made(best, recipe + " savings=5")).isEqualTo(best);

        byte[] jpeg = Jpegs.encode(PHOTO, 0.05f, false);
        recipe = "jpeg q=90 savings=5 max=";
        assertThat(runs.made(jpeg, recipe + jpeg.length)).isEqualTo(jpeg);
        assertThat(runs.outcome(jpeg, recipe + (jpeg.length / 2)))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void dropsTheProfileOfOtherColors() throws IOException, PictureException {
        BufferedImage grey = Jpegs.photo(120, 90, BufferedImage.TYPE_BYTE_GRAY, 5);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(grey, "png", file);
        byte[] source =
                Container.with(
                                ImageFormat.PNG,
                                MemorySegment.ofArray(file.toByteArray()),
                                new IccProfile(MatrixProfile.adobeRgb()),
                                Metadata.NONE,
                                runs.workspace)
                        .toArray(ValueLayout.JAVA_BYTE);
        assertThat(text(source)).contains("iCCP");
        for (String policy : new String[] {"none", "all"}) {
            byte[] made = runs.made(source, "png savings=99 metadata=" + policy);
            assertThat(text(made)).doesNotContain("iCCP");
            assertThat(runs.decoded(ImageFormat.PNG, made).planes()).hasSize(1);
        }
    }

    @Test
    void keepsWebps() throws IOException, PictureException {
        byte[] source = runs.made(marked(Jpegs.encode(PHOTO, 0.8f, false)), "webp q=30");
        byte[] described =
                runs.made(marked(Jpegs.encode(PHOTO, 0.8f, false)), "webp q=30 metadata=all");
        assertThat(described.length).isGreaterThan(source.length);
        assertThat(runs.made(described, "webp q=90 savings=1")).isEqualTo(source);
        assertThat(text(runs.made(described, "webp q=90 savings=1 metadata=copyright")))
                .contains(ExifBuilder.MARK + " copyright");
    }
}
