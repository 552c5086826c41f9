package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import imgpipe.codec.ffm.HeifCodec;
import imgpipe.codec.ffm.Libdeflate;
import imgpipe.codec.ffm.TurboJpegCodec;
import imgpipe.codec.ffm.WebpCodec;
import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every codec promises, for every format that it reads or writes. */
class CodecContractTest {
    private static final EncodeSettings FINE =
            EncodeSettings.DEFAULT.withQuality(95).withChroma(Chroma.S444);
    private static final EncodeSettings LOSSLESS =
            EncodeSettings.DEFAULT.withQuality(95).withChroma(Chroma.S444).withLossless(true);

    private final Workspace workspace = new Workspace();

    /** A codec and one of its formats. */
    record Case(Codec codec, ImageFormat format) {
        @Override
        public String toString() {
            return format + " by " + codec.name();
        }
    }

    private static List<Codec> codecs() {
        List<Codec> codecs = new ArrayList<>();
        codecs.addAll(TurboJpegCodec.loadEach());
        if (Libdeflate.search().library().isPresent()) {
            codecs.add(PngCodec.ofThisMachine());
        }
        codecs.add(new PngCodec(Optional.empty()));
        WebpCodec.load().ifPresent(codecs::add);
        HeifCodec.load().ifPresent(codecs::add);
        codecs.add(new ImageIoCodec());
        return codecs;
    }

    static Stream<Case> readers() {
        return codecs().stream()
                .flatMap(codec -> codec.reads().stream().sorted().map(f -> new Case(codec, f)));
    }

    static Stream<Case> writers() {
        return codecs().stream()
                .flatMap(codec -> codec.writes().stream().sorted().map(f -> new Case(codec, f)));
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @ParameterizedTest
    @MethodSource("readers")
    void headerAgreesWithPixels(Case given) throws Exception {
        MemorySegment file = Fixtures.segment(Fixtures.file(given.format));
        Header header = given.codec.header(given.format, file);
        Picture picture = decode(given, file).picture();
        assertThat(header.format()).isEqualTo(given.format);
        assertThat(header.size()).isEqualTo(picture.size());
        assertThat(header.frames()).isEqualTo(picture.frames().size());
        assertThat(header.orientation()).isEqualTo(picture.orientation());
    }

    @ParameterizedTest
    @MethodSource("readers")
    void pixelsAreTheStoredOnes(Case given) throws Exception {
        Picture picture = decode(given, Fixtures.segment(Fixtures.file(given.format))).picture();
        int tolerance =
                switch (given.format) {
                    case JPEG -> 14;
                    case GIF -> 24;
                    // Stored as light, so it comes out with sRGB's curve on it: see
                    // HighDynamicRangeTest.
                    case HDR -> 255;
                    // What another decoder makes of it differs by that too: see the README there.
                    case HEIC -> 1;
                    default -> 0;
                };
        for (int band = 0; band < picture.color().planes(); band++) {
            Plane plane = picture.planes().get(band);
            for (int y = 0; y < plane.height(); y++) {
                for (int x = 0; x < plane.width(); x++) {
                    int difference = Math.abs(plane.at(x, y) - Fixtures.sample(band, x, y));
                    assertThat(difference)
                            .as("%d at %d,%d", band, x, y)
                            .isLessThanOrEqualTo(tolerance);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void cutFilesNeverPassForWhole(Case given) {
        byte[] file = Fixtures.file(given.format);
        for (int percent : new int[] {2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95}) {
            byte[] cut = Arrays.copyOf(file, (int) (file.length * (long) percent / 100));
            assertThatThrownBy(() -> decode(given, Fixtures.segment(cut)))
                    .as("%d %% of %s", percent, given)
                    .isInstanceOf(PictureException.class);
            workspace.reset();
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void damageIsAlwaysAPictureException(Case given) {
        long seed = 20261101;
        Random random = new Random(seed);
        byte[] file = Fixtures.file(given.format);
        for (int i = 0; i < 300; i++) {
            byte[] bent = file.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                // Beginnings matter most.
                int bound = random.nextBoolean() ? Math.min(64, bent.length) : bent.length;
                bent[random.nextInt(bound)] ^= (byte) (1 << random.nextInt(8));
            }
            for (boolean lenient : new boolean[] {false, true}) {
                Throwable thrown = catchThrowable(() -> decodeIfSmall(given, bent, lenient));
                if (thrown != null) {
                    assertThat(thrown)
                            .as("seed %d, round %d", seed, i)
                            .isInstanceOf(PictureException.class);
                }
                workspace.reset();
            }
        }
    }

    /** As the engine does it: limits come before pixels. */
    private void decodeIfSmall(Case given, byte[] file, boolean lenient) throws PictureException {
        MemorySegment segment = Fixtures.segment(file);
        Header header = given.codec.header(given.format, segment);
        if (header.pixels() < 1_000_000) {
            DecodeRequest request = new DecodeRequest(null, 10, lenient, false);
            given.codec.decode(given.format, segment, request, workspace);
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void nothingAndNextToNothingFail(Case given) {
        for (int length : new int[] {0, 1, 2, 7}) {
            MemorySegment file =
                    Fixtures.segment(Arrays.copyOf(Fixtures.file(given.format), length));
            assertThatThrownBy(() -> given.codec.header(given.format, file))
                    .isInstanceOf(PictureException.class);
            assertThatThrownBy(() -> decode(given, file)).isInstanceOf(PictureException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void colorComesBack(Case given) throws Exception {
        ColorModel color = given.format.color(LOSSLESS);
        Picture picture = Fixtures.picture(color, false, workspace);
        assertSimilar(picture, roundTrip(given, picture, LOSSLESS), given.format);
    }

    @ParameterizedTest
    @MethodSource("writers")
    void greyComesBack(Case given) throws Exception {
        Picture picture = Fixtures.picture(ColorModel.GREY, false, workspace);
        Picture result = roundTrip(given, picture, LOSSLESS);
        // A grey picture has at most 256 colors, so even GIF keeps it.
        if (given.format == ImageFormat.JPEG) {
            assertThat(psnr(picture, result)).isGreaterThan(35);
        } else {
            assertSame(picture, result);
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void alphaComesBack(Case given) throws Exception {
        if (!given.format.alpha() || given.format == ImageFormat.GIF) {
            return;
        }
        for (ColorModel color : new ColorModel[] {ColorModel.RGB, ColorModel.GREY}) {
            Picture picture = Fixtures.picture(color, true, workspace);
            Picture result = roundTrip(given, picture, LOSSLESS);
            assertThat(result.alpha()).isTrue();
            assertSame(picture, result);
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void onePixelIsEnough(Case given) throws Exception {
        Picture picture = Fixtures.picture(new Size(1, 1), given.format.color(), false, workspace);
        assertThat(roundTrip(given, picture, FINE).size()).isEqualTo(new Size(1, 1));
    }

    @ParameterizedTest
    @MethodSource("writers")
    void profileIsKeptWhereItIsPromised(Case given) throws Exception {
        assertKeptAsPromised(given, given.format.color(), MatrixProfile.adobeRgb());
        assertKeptAsPromised(given, ColorModel.GREY, MatrixProfile.grey(461));
    }

    private void assertKeptAsPromised(Case given, ColorModel color, byte[] icc) throws Exception {
        IccProfile profile = new IccProfile(icc);
        Picture picture = Fixtures.picture(color, false, workspace).withProfile(profile);
        @Nullable IccProfile result = roundTrip(given, picture, FINE).profile();
        if (given.codec.embedsProfile(given.format, color)) {
            assertThat(result).isEqualTo(profile);
        } else {
            assertThat(result).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void lowerQualityIsSmaller(Case given) throws Exception {
        if (!Set.of(ImageFormat.JPEG, ImageFormat.WEBP, ImageFormat.AVIF).contains(given.format)) {
            return;
        }
        Picture picture =
                Fixtures.picture(new Size(200, 150), given.format.color(), false, workspace);
        long fine = encode(given, picture, FINE).byteSize();
        long coarse = encode(given, picture, FINE.withQuality(20)).byteSize();
        assertThat(coarse).isLessThan(fine);
    }

    private Decoded decode(Case given, MemorySegment file) throws PictureException {
        return given.codec.decode(given.format, file, DecodeRequest.WHOLE, workspace);
    }

    private MemorySegment encode(Case given, Picture picture, EncodeSettings settings)
            throws PictureException {
        return given.codec.encode(picture, given.format, settings, workspace);
    }

    private Picture roundTrip(Case given, Picture picture, EncodeSettings settings)
            throws PictureException {
        byte[] file = encode(given, picture, settings).toArray(ValueLayout.JAVA_BYTE);
        MemorySegment memory = Fixtures.segment(file);
        assertThat(MagicBytes.sniff(memory)).contains(given.format);
        if (given.format == ImageFormat.AVIF) {
            return decode(given, memory).picture();
        }
        // Read by the codec that is everywhere: what is written has to be a picture to others.
        try (ImageIoCodec other = new ImageIoCodec()) {
            Decoded decoded = other.decode(given.format, memory, DecodeRequest.WHOLE, workspace);
            assertThat(decoded.warnings()).isEmpty();
            return decoded.picture();
        }
    }

    private static void assertSimilar(Picture picture, Picture result, ImageFormat format) {
        switch (format) {
            case JPEG -> assertThat(psnr(picture, result)).isGreaterThan(35);
            case GIF -> assertThat(psnr(picture, result)).isGreaterThan(28);
            default -> assertSame(picture, result);
        }
    }

    /** Equal samples; grey may have come back as three equal planes. */
    private static void assertSame(Picture picture, Picture result) {
        assertThat(psnr(picture, result)).isInfinite();
    }

    private static double psnr(Picture picture, Picture result) {
        assertThat(result.size()).isEqualTo(picture.size());
        double squares = 0;
        long count = 0;
        for (int band = 0; band < result.planes().size(); band++) {
            boolean alpha = result.alpha() && band == result.planes().size() - 1;
            List<Plane> planes = picture.planes();
            Plane before =
                    alpha
                            ? planes.getLast()
                            : planes.get(Math.min(band, picture.color().planes() - 1));
            Plane after = result.planes().get(band);
            for (int y = 0; y < after.height(); y++) {
                for (int x = 0; x < after.width(); x++) {
                    double difference = before.at(x, y) - after.at(x, y);
                    squares += difference * difference;
                    count++;
                }
            }
        }
        return 10 * Math.log10(255.0 * 255.0 * count / squares);
    }
}
