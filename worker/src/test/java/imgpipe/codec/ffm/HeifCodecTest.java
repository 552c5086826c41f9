package imgpipe.codec.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.codec.Codecs;
import imgpipe.codec.DecodeRequest;
import imgpipe.codec.ExifOrientation;
import imgpipe.codec.Fixtures;
import imgpipe.codec.Header;
import imgpipe.codec.MatrixProfile;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.codec.PictureFacts;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import imgpipe.image.YccConversion;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that libavif and, where they are HEIC, x265 have made of the picture of {@link #sample}.
 * The README beside them has the commands.
 */
class HeifCodecTest {
    private static final DecodeRequest WITH_METADATA = new DecodeRequest(null, 1, false, true);
    private static final Size SIZE = new Size(45, 31);

    private final Workspace workspace = new Workspace();
    private HeifCodec codec;

    @BeforeEach
    void load() {
        assumeTrue(
                HeifCodec.search().library().isPresent(),
                () ->
                        "libheif is not here, so it cannot be tested; run"
                                + " scripts/fetch-native-codecs libheif1. Looked at: "
                                + HeifCodec.search().tried());
        codec = HeifCodec.load().orElseThrow();
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private static int sample(int band, int x, int y) {
        return (int)
                Math.rint(127.5 + 110 * Math.sin((x + 3.0 * band * y) / (20 + 5 * band) + band));
    }

    private static ImageFormat format(String name) {
        return name.endsWith(".heic") ? ImageFormat.HEIC : ImageFormat.AVIF;
    }

    private static MemorySegment file(String name) {
        return MemorySegment.ofArray(Fixtures.resource("heif/" + name));
    }

    private Picture decode(String name) throws PictureException {
        assumeTrue(codec.reads().contains(format(name)), "this libheif lacks a decoder");
        return rgb(
                codec.decode(format(name), file(name), DecodeRequest.WHOLE, workspace).picture());
    }

    private Picture rgb(Picture picture) {
        return picture.color() == ColorModel.YCC
                ? YccConversion.toRgb(picture, workspace)
                : picture;
    }

    /** Where a pixel of the result comes from in the picture that was encoded. */
    private interface Origin {
        int[] of(int x, int y);
    }

    private static int difference(Picture picture, Origin origin) {
        return difference(picture, origin, 0);
    }

    /** The largest one, not counting so many pixels at each edge. */
    private static int difference(Picture picture, Origin origin, int edge) {
        int most = 0;
        for (int band = 0; band < picture.planes().size(); band++) {
            Plane plane = picture.planes().get(band);
            int source = picture.alpha() && band == picture.planes().size() - 1 ? 3 : band;
            for (int y = edge; y < plane.height() - edge; y++) {
                for (int x = edge; x < plane.width() - edge; x++) {
                    int[] from = origin.of(x, y);
                    int wanted = sample(source, from[0], from[1]);
                    most = Math.max(most, Math.abs(plane.at(x, y) - wanted));
                }
            }
        }
        return most;
    }

    /**
     * All files are without loss but for rounding to whole numbers of Y, Cb and Cr, which costs 2;
     * of narrow range 3. Where chroma is shared by pixels, another decoder (avifdec 0.11.1) differs
     * by 4 for two and by 12 for four; libheif does not interpolate, which costs half as much
     * again.
     */
    @ParameterizedTest
    @CsvSource({
        "full-444.avif, 2",
        "full-422.avif, 6",
        "full-420.avif, 18",
        "limited-420.avif, 18",
        "bt709-limited-444.avif, 3",
        "bt2020-10.avif, 2",
        "deep-10.avif, 2",
        "deep-12-limited-420.avif, 18",
        "alpha.avif, 2",
        "grey.avif, 0",
        "grey-10-limited.avif, 1",
        "full-420.heic, 18",
        "alpha.heic, 2",
        "deep-10.heic, 2"
    })
    void pixelsAreThoseThatWereEncoded(String name, int bound) throws Exception {
        Picture picture = decode(name);
        assertThat(picture.size()).isEqualTo(SIZE);
        assertThat(picture.alpha()).isEqualTo(name.startsWith("alpha"));
        assertThat(picture.color() == ColorModel.GREY).isEqualTo(name.startsWith("grey"));
        assertThat(difference(picture, (x, y) -> new int[] {x, y})).isLessThanOrEqualTo(bound);
    }

    @Test
    void picturesComeUprightAndTheHeaderKnows() throws Exception {
        int right = SIZE.width() - 1;
        int bottom = SIZE.height() - 1;
        // Counter-clockwise by a quarter; mirrored left to right; top to bottom after the turn.
        assertTurned("irot-1.avif", 2, (x, y) -> new int[] {right - y, x});
        assertTurned("imir-1.avif", 2, (x, y) -> new int[] {right - x, y});
        assertTurned("irot-1-imir-0.avif", 2, (x, y) -> new int[] {y, x});
        assertTurned("turned.heic", 2, (x, y) -> new int[] {y, bottom - x});
        assertTurned("metadata.avif", 2, (x, y) -> new int[] {y, bottom - x});
    }

    /** libheif 1.19.8 loses the chroma of an edge where a side is odd. */
    @Test
    void sharedChromaIsTurnedToo() throws Exception {
        int bottom = SIZE.height() - 1;
        Picture picture = decode("irot-3-420.avif");
        assertThat(picture.size()).isEqualTo(new Size(31, 45));
        assertThat(difference(picture, (x, y) -> new int[] {y, bottom - x}, 1))
                .isLessThanOrEqualTo(18);
    }

    @Test
    void cropsAsTheFileSays() throws Exception {
        assertTurned("clap.avif", 2, (x, y) -> new int[] {10 + x, 6 + y});
        assertThat(decode("clap.avif").size()).isEqualTo(new Size(20, 16));
    }

    private void assertTurned(String name, int bound, Origin origin) throws PictureException {
        Picture picture = decode(name);
        Header header = codec.header(format(name), file(name));
        assertThat(header.size()).as(name).isEqualTo(picture.size());
        assertThat(header.orientation()).isEqualTo(Orientation.UPRIGHT);
        assertThat(picture.orientation()).isEqualTo(Orientation.UPRIGHT);
        assertThat(difference(picture, origin)).as(name).isLessThanOrEqualTo(bound);
    }

    /** Multiplied and rounded, a color of opacity a is known to within 255 / a. */
    @Test
    void colorsAreNotMultipliedByTheirOpacity() throws Exception {
        Picture picture = decode("premultiplied.avif");
        for (int y = 0; y < SIZE.height(); y++) {
            for (int x = 0; x < SIZE.width(); x++) {
                assertThat(picture.planes().get(3).at(x, y)).isEqualTo(sample(3, x, y));
                for (int band = 0; band < 3; band++) {
                    assertThat(picture.planes().get(band).at(x, y))
                            .isCloseTo(
                                    sample(band, x, y),
                                    Offset.offset(2 + 2 * 255 / sample(3, x, y)));
                }
            }
        }
    }

    @Test
    void profilesAreKeptAndMadeOfNumbers() throws Exception {
        assertThat(decode("icc.avif").profile())
                .isEqualTo(new IccProfile(MatrixProfile.adobeRgb()));
        assertThat(decode("p3.avif").profile()).isNotNull();
        assertThat(decode("full-444.avif").profile()).isNull();
    }

    @Test
    void metadataIsThereIfItIsAskedFor() throws Exception {
        assumeTrue(codec.reads().contains(ImageFormat.AVIF), "this libheif lacks a decoder");
        assertThat(decode("metadata.avif").metadata().isEmpty()).isTrue();
        try (Codecs codecs = Codecs.ofThisMachine()) {
            Metadata metadata =
                    codecs.decode(ImageFormat.AVIF, file("metadata.avif"), WITH_METADATA, workspace)
                            .picture()
                            .metadata();
            // As it stands in the file; whoever writes it tells it anew of the upright picture.
            assertThat(ExifOrientation.of(there(metadata.exif()))).contains(Orientation.ofExif(6));
            assertThat(text(there(metadata.xmp()))).startsWith("<x:xmpmeta").contains("A notice");
        }
    }

    private static MemorySegment there(@Nullable MemorySegment block) {
        assertThat(block).isNotNull();
        return Objects.requireNonNull(block);
    }

    private static String text(MemorySegment block) {
        return new String(block.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    /** The boxes come first, so what is cut off are pixels. */
    @ParameterizedTest
    @ValueSource(strings = {"full-444.avif", "alpha.avif", "full-420.heic", "turned.heic"})
    void cutFilesAreTruncated(String name) {
        byte[] whole = Fixtures.resource("heif/" + name);
        for (int percent : new int[] {60, 80, 95, 99}) {
            byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
            assertThatThrownBy(
                            () ->
                                    codec.decode(
                                            format(name),
                                            MemorySegment.ofArray(cut),
                                            DecodeRequest.WHOLE,
                                            workspace))
                    .as("%d %% of %s", percent, name)
                    .isInstanceOfSatisfying(
                            PictureException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.TRUNCATED));
        }
    }

    private Picture waves(ColorModel color, boolean alpha) {
        List<Plane> planes = new ArrayList<>();
        for (int band = 0; band < color.planes() + (alpha ? 1 : 0); band++) {
            int shared = color == ColorModel.YCC && (band == 1 || band == 2) ? 2 : 1;
            Plane plane =
                    Plane.allocate(
                            workspace,
                            Math.ceilDiv(SIZE.width(), shared),
                            Math.ceilDiv(SIZE.height(), shared),
                            SIZE.width() / (double) shared,
                            SIZE.height() / (double) shared);
            int source = band == color.planes() ? 3 : band;
            for (int y = 0; y < plane.height(); y++) {
                for (int x = 0; x < plane.width(); x++) {
                    plane.set(x, y, sample(source, shared * x, shared * y));
                }
            }
            planes.add(plane);
        }
        return Picture.of(SIZE, color, alpha, planes);
    }

    private Picture roundTrip(Picture picture, EncodeSettings settings) throws PictureException {
        assumeTrue(codec.writes().contains(ImageFormat.AVIF), "this libheif lacks an encoder");
        MemorySegment file = codec.encode(picture, ImageFormat.AVIF, settings, workspace);
        return codec.decode(ImageFormat.AVIF, file, WITH_METADATA, workspace).picture();
    }

    @Test
    void losslessKeepsEverySample() throws Exception {
        EncodeSettings lossless = EncodeSettings.DEFAULT.withLossless(true);
        for (ColorModel color : List.of(ColorModel.RGB, ColorModel.GREY)) {
            for (boolean alpha : new boolean[] {false, true}) {
                Picture result = roundTrip(waves(color, alpha), lossless);
                assertThat(result.alpha()).isEqualTo(alpha);
                assertThat(difference(result, (x, y) -> new int[] {x, y}))
                        .as("%s, alpha %s", color, alpha)
                        .isZero();
            }
        }
    }

    /**
     * Most of the loss is of chroma that four pixels share, which libheif does not interpolate; a
     * wrong range or matrix, or channels changed round, would leave less than 25 dB.
     */
    @Test
    void lossyPicturesAreNear() throws Exception {
        Picture picture = waves(ColorModel.YCC, true);
        Picture result = roundTrip(picture, EncodeSettings.DEFAULT.withQuality(90));
        assertThat(result.size()).isEqualTo(SIZE);
        assertThat(result.alpha()).isTrue();
        assertThat(psnr(rgb(picture), rgb(result))).isGreaterThan(30);
    }

    private static double psnr(Picture one, Picture other) {
        double squares = 0;
        for (int band = 0; band < one.planes().size(); band++) {
            for (int y = 0; y < SIZE.height(); y++) {
                for (int x = 0; x < SIZE.width(); x++) {
                    int difference =
                            one.planes().get(band).at(x, y) - other.planes().get(band).at(x, y);
                    squares += (double) difference * difference;
                }
            }
        }
        return TurboJpegFixture.psnr(squares / (SIZE.pixels() * one.planes().size()));
    }

    @Test
    void profileAndMetadataGoAlong() throws Exception {
        byte[] exif = "MM\0*\0\0\0\b\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>".getBytes(StandardCharsets.US_ASCII);
        Metadata metadata =
                new Metadata(MemorySegment.ofArray(exif), MemorySegment.ofArray(xmp), null);
        IccProfile profile = new IccProfile(MatrixProfile.adobeRgb());
        Picture picture = waves(ColorModel.YCC, false).withProfile(profile).with(metadata);
        Picture result = roundTrip(picture, EncodeSettings.DEFAULT);
        assertThat(result.profile()).isEqualTo(profile);
        assertThat(there(result.metadata().exif()).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(exif);
        assertThat(there(result.metadata().xmp()).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(xmp);
        // Beside the profile, what Y, Cb and Cr mean has to be kept too.
        assertThat(psnr(rgb(picture), rgb(result))).isGreaterThan(30);
    }

    @Test
    void everyEffortGivesAPicture() throws Exception {
        for (int effort = 1; effort <= 9; effort += 4) {
            Picture result =
                    roundTrip(
                            waves(ColorModel.GREY, false),
                            EncodeSettings.DEFAULT.withEffort(effort));
            assertThat(result.color()).isEqualTo(ColorModel.GREY);
        }
    }

    /** It comes from a method that libheif calls, and would end the process if it went on there. */
    @Test
    void hearsOfAFailureWithinLibheifsCall() {
        assumeTrue(codec.writes().contains(ImageFormat.AVIF), "this libheif lacks an encoder");
        Plane plane = Plane.allocate(workspace, 16, 16);
        Picture picture = Picture.of(new Size(16, 16), ColorModel.GREY, false, List.of(plane));
        FutureTask<Workspace> elsewhere =
                new FutureTask<>(
                        () -> {
                            Workspace other = new Workspace();
                            other.allocate(8);
                            return other;
                        });
        Thread.ofPlatform().start(elsewhere);

        assertThatThrownBy(
                        () ->
                                codec.encode(
                                        picture,
                                        ImageFormat.AVIF,
                                        EncodeSettings.DEFAULT,
                                        elsewhere.get()))
                .isInstanceOf(WrongThreadException.class);
    }

    @Test
    void saysOfAFileWhatItHoldsWithoutDecodingIt() throws PictureException {
        MemorySegment file = file("metadata.avif");
        assumeTrue(codec.reads().contains(ImageFormat.AVIF), "this libheif lacks a decoder");
        PictureFacts facts = codec.facts(codec.header(ImageFormat.AVIF, file), file).orElseThrow();

        assertThat(facts.pixels().bits()).isEqualTo(8);
        assertThat(facts.pixels().alpha()).isFalse();
        assertThat(facts.pixels().color()).isIn("", "YCbCr");
        assertThat(facts.metadata().exif()).isNotNull();
        assertThat(facts.metadata().xmp()).isNotNull();
    }
}
