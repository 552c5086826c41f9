package imgpipe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.codec.Container;
import imgpipe.codec.ExifBuilder;
import imgpipe.codec.JpegHeader;
import imgpipe.codec.JpegTransformer;
import imgpipe.codec.Jpegs;
import imgpipe.codec.MatrixProfile;
import imgpipe.codec.PictureException;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import imgpipe.operation.Recipe;
import imgpipe.operation.RecipeException;
import imgpipe.operation.RecipeParser;
import imgpipe.paint.ColorConversion;
import imgpipe.shard.Outcome;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JPEGs that are not decoded, compared with what jpegtran makes; see the resources' README. */
class LosslessJpegTest {
    @TempDir private Path folder;
    private Runs runs;

    @BeforeEach
    void load() {
        assumeTrue(
                JpegTransformer.ofThisMachine().isPresent(),
                "libjpeg-turbo is not here; run scripts/fetch-native-codecs");
        runs = new Runs(folder);
    }

    @AfterEach
    void close() {
        if (runs != null) {
            runs.close();
        }
    }

    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        byte[] exif = ExifBuilder.camera(ByteOrder.BIG_ENDIAN, orientation, new byte[0]);
        return Jpegs.withSegment(
                jpeg, 0xE1, Jpegs.join("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif));
    }

    private static void assertSame(Picture made, Picture expected, int difference) {
        assertThat(made.size()).isEqualTo(expected.size());
        assertThat(made.color()).isEqualTo(expected.color());
        for (int i = 0; i < expected.planes().size(); i++) {
            Plane got = made.planes().get(i);
            Plane want = expected.planes().get(i);
            assertThat(new Size(got.width(), got.height()))
                    .isEqualTo(new Size(want.width(), want.height()));
            for (int y = 0; y < want.height(); y++) {
                for (int x = 0; x < want.width(); x++) {
                    assertThat(Math.abs(got.at(x, y) - want.at(x, y)))
                            .as("plane %d at %d,%d", i, x, y)
                            .isLessThanOrEqualTo(difference);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rotate 90, 420, 420-rotate-90",
        "rotate 180, 420, 420-rotate-180",
        "rotate 270, 420, 420-rotate-270",
        "flip horizontal, 420, 420-flip-horizontal",
        "flip vertical, 420, 420-flip-vertical",
        "rotate 90 | flip horizontal, 420, 420-transpose",
        "rotate 90 | flip vertical, 420, 420-transverse",
        "rotate 90, 444, 444-rotate-90",
        "rotate 90, 422, 422-rotate-90",
        "rotate 90, grey, grey-rotate-90",
        "rotate 90, progressive, progressive-rotate-90"
    })
    void turnsAsJpegtranDoes(String steps, String source, String expected)
            throws IOException, PictureException {
        byte[] made = runs.made(Runs.resource(source + ".jpg"), steps + " | jpeg");
        byte[] other = Runs.resource(expected + ".jpg");
        assertSame(runs.decoded(ImageFormat.JPEG, made), runs.decoded(ImageFormat.JPEG, other), 0);
        assertThat(progressive(made)).isEqualTo(progressive(other));
    }

    private static boolean progressive(byte[] jpeg) {
        return new String(jpeg, StandardCharsets.ISO_8859_1).contains("\u00FF\u00C2\0\u0011");
    }

    @ParameterizedTest
    @EnumSource(Orientation.class)
    void turnsEveryOrientationUpright(Orientation orientation)
            throws IOException, PictureException {
        String expected =
                switch (orientation) {
                    case UPRIGHT -> "420";
                    case MIRRORED -> "420-flip-horizontal";
                    case UPSIDE_DOWN -> "420-rotate-180";
                    case FLIPPED -> "420-flip-vertical";
                    case TRANSPOSED -> "420-transpose";
                    case TURN_RIGHT -> "420-rotate-90";
                    case TRANSVERSED -> "420-transverse";
                    case TURN_LEFT -> "420-rotate-270";
                };
        byte[] source = withOrientation(Runs.resource("420.jpg"), orientation.exif());
        byte[] made = runs.made(source, "orient | color srgb | jpeg");
        assertSame(
                runs.decoded(ImageFormat.JPEG, made),
                runs.decoded(ImageFormat.JPEG, Runs.resource(expected + ".jpg")),
                0);
        assertThat(new String(made, StandardCharsets.ISO_8859_1))
                .doesNotContain("Exif", ExifBuilder.MARK);

        byte[] whole = runs.made(source, "orient | jpeg metadata=all");
        assertThat(runs.decoded(ImageFormat.JPEG, whole).orientation())
                .isEqualTo(Orientation.UPRIGHT);
        assertThat(new String(whole, StandardCharsets.ISO_8859_1))
                .contains(ExifBuilder.MARK + " artist");
    }

    /** The inverse DCT rounds rows and columns one after the other, so a turn may differ by 1. */
    @ParameterizedTest
    @ValueSource(strings = {"444", "422", "420", "grey", "progressive"})
    void showsTheTurnedPicture(String source) throws IOException, PictureException {
        byte[] jpeg = Runs.resource(source + ".jpg");
        Picture before = runs.decoded(ImageFormat.JPEG, jpeg);
        Picture after = runs.decoded(ImageFormat.JPEG, runs.made(jpeg, "rotate 90 | jpeg"));
        assertThat(after.size()).isEqualTo(new Size(48, 64));
        for (int i = 0; i < before.planes().size(); i++) {
            Plane from = before.planes().get(i);
            Plane to = after.planes().get(i);
            for (int y = 0; y < from.height(); y++) {
                for (int x = 0; x < from.width(); x++) {
                    assertThat(Math.abs(to.at(from.height() - 1 - y, x) - from.at(x, y)))
                            .isLessThanOrEqualTo(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"444", "422", "420", "grey", "progressive"})
    void isBackAfterFourTurns(String source) throws IOException, PictureException {
        byte[] jpeg = Runs.resource(source + ".jpg");
        byte[] turned = jpeg;
        for (int i = 0; i < 4; i++) {
            turned = runs.made(turned, "rotate 90 | jpeg");
        }
        assertSame(runs.decoded(ImageFormat.JPEG, turned), runs.decoded(ImageFormat.JPEG, jpeg), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"444", "422", "420", "grey", "progressive"})
    void cutsAtBlocks(String source) throws IOException, PictureException {
        byte[] jpeg = Runs.resource(source + ".jpg");
        byte[] cut = runs.made(jpeg, "crop 37x20+16+16 | jpeg");
        Picture before = runs.decoded(ImageFormat.JPEG, jpeg);
        Picture after = runs.decoded(ImageFormat.JPEG, cut);
        assertThat(after.size()).isEqualTo(new Size(37, 20));
        Plane from = before.planes().getFirst();
        Plane to = after.planes().getFirst();
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 37; x++) {
                assertThat(to.at(x, y)).isEqualTo(from.at(x + 16, y + 16));
            }
        }
        assertThat(progressive(cut)).isEqualTo(progressive(jpeg));
    }

    @Test
    void cutsAndTurnsAtOnce() throws IOException, PictureException {
        byte[] jpeg = Runs.resource("420.jpg");
        byte[] two = runs.made(runs.made(jpeg, "crop 32x32+16+0 | jpeg"), "rotate 90 | jpeg");
        byte[] one = runs.made(jpeg, "crop 32x32+16+0 | rotate 90 | jpeg");
        byte[] other = runs.made(jpeg, "rotate 90 | crop 32x32+16+16 | jpeg");
        assertSame(runs.decoded(ImageFormat.JPEG, one), runs.decoded(ImageFormat.JPEG, two), 0);
        assertSame(runs.decoded(ImageFormat.JPEG, other), runs.decoded(ImageFormat.JPEG, two), 0);
    }

    @Test
    void encodesWhereBlocksReachOutOfThePictureOrAQualityIsAsked()
            throws IOException, PictureException {
        byte[] odd =
                Jpegs.encode(Jpegs.photo(50, 41, BufferedImage.TYPE_3BYTE_BGR, 5), 0.3f, false);
        assertThat(runs.decoded(ImageFormat.JPEG, runs.made(odd, "rotate 90 | jpeg")).size())
                .isEqualTo(new Size(41, 50));
        assertThat(runs.decoded(ImageFormat.JPEG, runs.made(odd, "crop 20x20+3+5 | jpeg")).size())
                .isEqualTo(new Size(20, 20));
        byte[] jpeg = Runs.resource("420.jpg");
        assertThat(runs.made(jpeg, "jpeg q=30").length).isLessThan(jpeg.length);
        assertThat(runs.made(odd, "jpeg")).isEqualTo(odd);
    }

    @Test
    void keepsTheFileItselfWhereAllOfItStays() throws IOException {
        byte[] jpeg = Jpegs.join(withOrientation(Runs.resource("420.jpg"), 1), new byte[] {1, 2});
        assertThat(runs.made(jpeg, "orient | color srgb | jpeg metadata=all")).isEqualTo(jpeg);
        assertThat(runs.made(jpeg, "orient | color srgb | jpeg"))
                .isEqualTo(Runs.resource("420.jpg"));
    }

    @Test
    void becomesProgressiveWithoutLoss() throws IOException, PictureException {
        byte[] jpeg = Runs.resource("420.jpg");
        byte[] made = runs.made(jpeg, "jpeg progressive");
        assertThat(progressive(made)).isTrue();
        assertSame(runs.decoded(ImageFormat.JPEG, made), runs.decoded(ImageFormat.JPEG, jpeg), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "rotate 90 | jpeg", "crop 32x32+0+0 | jpeg"})
    void failsOnDamageAsADecoderDoes(String recipe) throws IOException {
        for (String source : new String[] {"420", "progressive", "grey"}) {
            byte[] jpeg = Runs.resource(source + ".jpg");
            for (int percent = 30; percent < 100; percent += 6) {
                byte[] cut = Arrays.copyOf(jpeg, jpeg.length * percent / 100);
                Outcome expected = runs.outcome(cut, "bmp");
                assertThat(expected).isInstanceOf(Outcome.Failed.class);
                assertThat(runs.outcome(cut, recipe)).isEqualTo(expected);
            }
        }
        int damaged = 0;
        for (int at = 620; at < 940; at += 7) {
            byte[] broken = Runs.resource("420.jpg");
            broken[at] ^= 0x55;
            if (runs.outcome(broken, "bmp") instanceof Outcome.Failed failed) {
                assertThat(runs.outcome(broken, recipe)).isEqualTo(failed);
                damaged++;
            }
        }
        assertThat(damaged).isPositive();
    }

    @Test
    void heedsAnotherSubsamplingThanTheSources() throws IOException, PictureException {
        byte[] jpeg = Runs.resource("420.jpg");
        Picture made = runs.decoded(ImageFormat.JPEG, runs.made(jpeg, "jpeg chroma=444"));
        assertThat(made.planes().get(1).width()).isEqualTo(64);
        byte[] fine = Runs.resource("422.jpg");
        assertThat(runs.made(fine, "jpeg chroma=422")).isEqualTo(fine);
    }

    @Test
    void dropsTheProfileOfOtherColors() throws IOException, PictureException {
        byte[] source =
                Container.with(
                                ImageFormat.JPEG,
                                MemorySegment.ofArray(Runs.resource("grey.jpg")),
                                new IccProfile(MatrixProfile.adobeRgb()),
                                Metadata.NONE,
                                runs.workspace)
                        .toArray(ValueLayout.JAVA_BYTE);
        String mark = "ICC_PROFILE";
        assertThat(new String(source, StandardCharsets.ISO_8859_1)).contains(mark);
        for (String recipe : new String[] {"jpeg", "jpeg metadata=all", "rotate 180 | jpeg"}) {
            assertThat(new String(runs.made(source, recipe), StandardCharsets.ISO_8859_1))
                    .as(recipe)
                    .doesNotContain(mark);
        }
    }

    @Test
    void readsTheCoefficientsOnceForAllRenditions() throws IOException, PictureException {
        Counting library = new Counting(JpegTransformer.ofThisMachine().orElseThrow());
        byte[] jpeg = Runs.resource("420.jpg");
        MemorySegment file =
                runs.workspace.allocate(jpeg.length).copyFrom(MemorySegment.ofArray(jpeg));
        LosslessJpeg lossless =
                new LosslessJpeg(library, new ColorConversion(), file, runs.workspace);
        Set<String> warnings = new HashSet<>();
        for (String recipe : new String[] {"jpeg max=100", "jpeg q=80", "resize 9x9 | jpeg"}) {
            assertThat(lossless.make(recipe(recipe), warnings)).isEmpty();
        }
        assertThat(library.checks).isZero();
        for (String recipe :
                new String[] {"jpeg", "orient | jpeg metadata=all", "jpeg savings=5"}) {
            assertThat(lossless.make(recipe(recipe), warnings)).isPresent();
        }
        assertThat(library.checks).isEqualTo(1);
        assertThat(warnings).isEmpty();
    }

    private static Recipe recipe(String text) {
        try {
            return RecipeParser.parse(text);
        } catch (RecipeException e) {
            throw new AssertionError(e);
        }
    }

    /** A library that counts how often it is asked whether a file is intact. */
    private static final class Counting implements JpegTransformer {
        private final JpegTransformer library;
        private int checks;

        Counting(JpegTransformer library) {
            this.library = library;
        }

        @Override
        public boolean handles(JpegHeader header) {
            return library.handles(header);
        }

        @Override
        public boolean isIntact(
                MemorySegment file,
                JpegHeader header,
                Workspace workspace,
                Collection<String> warnings) {
            checks++;
            return library.isIntact(file, header, workspace, warnings);
        }

        @Override
        public Optional<MemorySegment> transform(
                MemorySegment file,
                JpegHeader header,
                int left,
                int top,
                Size part,
                Orientation turn,
                boolean progressive,
                Workspace workspace,
                Collection<String> warnings) {
            return library.transform(
                    file, header, left, top, part, turn, progressive, workspace, warnings);
        }
    }
}
