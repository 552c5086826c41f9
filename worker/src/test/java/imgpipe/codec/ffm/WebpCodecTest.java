package imgpipe.codec.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.codec.DecodeRequest;
import imgpipe.codec.Decoded;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import imgpipe.image.YccConversion;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebpCodecTest {
    private static final EncodeSettings FINE =
            EncodeSettings.DEFAULT.withQuality(100).withChroma(Chroma.S420);
    private static final EncodeSettings LOSSLESS =
            EncodeSettings.DEFAULT.withQuality(80).withChroma(Chroma.S420).withLossless(true);
    private static final DecodeRequest LENIENT = new DecodeRequest(null, 1, true, false);
    private static final Size SIZE = new Size(131, 97);

    private final Workspace workspace = new Workspace();
    private WebpCodec codec;

    @BeforeEach
    void load() {
        assumeTrue(
                WebpCodec.search().library().isPresent(),
                () ->
                        "libwebp is not here, so it cannot be tested; run"
                                + " scripts/fetch-native-codecs libwebp7. Looked at: "
                                + WebpCodec.search().tried());
        codec = WebpCodec.load().orElseThrow();
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    /** Slow waves, so that halved chroma costs next to nothing. */
    private static int sample(int band, int x, int y) {
        return (int)
                Math.round(127.5 + 110 * Math.sin((x + 3.0 * band * y) / (40 + 10 * band) + band));
    }

    private Picture waves(boolean alpha) {
        List<Plane> planes = new ArrayList<>();
        for (int band = 0; band < (alpha ? 4 : 3); band++) {
            Plane plane = Plane.allocate(workspace, SIZE.width(), SIZE.height());
            for (int y = 0; y < SIZE.height(); y++) {
                for (int x = 0; x < SIZE.width(); x++) {
                    plane.set(x, y, sample(band, x, y));
                }
            }
            planes.add(plane);
        }
        return Picture.of(SIZE, ColorModel.RGB, alpha, planes);
    }

    private byte[] encode(Picture picture, EncodeSettings settings) throws PictureException {
        return codec.encode(picture, ImageFormat.WEBP, settings, workspace)
                .toArray(ValueLayout.JAVA_BYTE);
    }

    private Decoded decode(byte[] file, DecodeRequest request) throws PictureException {
        return codec.decode(ImageFormat.WEBP, MemorySegment.ofArray(file), request, workspace);
    }

    private static double psnr(Picture one, Picture other) {
        double squares = 0;
        long count = 0;
        for (int band = 0; band < one.planes().size(); band++) {
            for (int y = 0; y < one.size().height(); y++) {
                for (int x = 0; x < one.size().width(); x++) {
                    int difference =
                            one.planes().get(band).at(x, y) - other.planes().get(band).at(x, y);
                    squares += (double) difference * difference;
                    count++;
                }
            }
        }
        return TurboJpegFixture.psnr(squares / count);
    }

    /**
     * Rounding Y, Cb and Cr to whole numbers of their narrow range and back costs about 50 dB, the
     * encoder at its finest some more; a wrong range or chroma out of place would leave less than
     * 35 dB.
     */
    @Test
    void lossyPicturesComeAsYccOfFullRange() throws Exception {
        Picture picture = waves(false);
        Picture result = decode(encode(picture, FINE), DecodeRequest.WHOLE).picture();
        assertThat(result.color()).isEqualTo(ColorModel.YCC);
        assertThat(result.planes().get(1).width()).isEqualTo(66);
        assertThat(result.planes().get(1).spanX()).isEqualTo(65.5);
        assertThat(psnr(picture, YccConversion.toRgb(result, workspace))).isGreaterThan(42);
    }

    @Test
    void blackAndWhiteReachTheEndsOfTheRange() throws Exception {
        for (int level : new int[] {0, 255}) {
            List<Plane> planes = new ArrayList<>();
            for (int band = 0; band < 3; band++) {
                Plane plane = Plane.allocate(workspace, 16, 16);
                plane.samples().fill((byte) level);
                planes.add(plane);
            }
            Picture flat = Picture.of(new Size(16, 16), ColorModel.RGB, false, planes);
            Picture result = decode(encode(flat, FINE), DecodeRequest.WHOLE).picture();
            assertThat(result.planes().get(0).at(5, 5)).isEqualTo(level);
            assertThat(result.planes().get(1).at(2, 2)).isEqualTo(128);
            assertThat(result.planes().get(2).at(2, 2)).isEqualTo(128);
        }
    }

    @Test
    void losslessKeepsColorsUnderFullTransparencyToo() throws Exception {
        Picture picture = waves(true);
        picture.planes().getLast().samples().fill((byte) 0);
        Picture result = decode(encode(picture, LOSSLESS), DecodeRequest.WHOLE).picture();
        assertThat(result.alpha()).isTrue();
        assertThat(psnr(picture, result)).isGreaterThan(100);
    }

    @Test
    void alphaOfLossyPicturesIsExact() throws Exception {
        Picture picture = waves(true);
        Picture result = decode(encode(picture, FINE), DecodeRequest.WHOLE).picture();
        assertThat(result.color()).isEqualTo(ColorModel.RGB);
        for (int y = 0; y < SIZE.height(); y++) {
            assertThat(result.planes().getLast().at(7, y)).isEqualTo(sample(3, 7, y));
        }
    }

    @Test
    void lenientlyTheRowsBeforeTheCutAreThere() throws Exception {
        Picture picture = waves(false);
        for (EncodeSettings settings : List.of(FINE, LOSSLESS)) {
            byte[] file = encode(picture, settings);
            byte[] cut = Arrays.copyOf(file, file.length * 3 / 4);
            assertThatThrownBy(() -> decode(cut, DecodeRequest.WHOLE))
                    .isInstanceOfSatisfying(
                            PictureException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.TRUNCATED));
            Decoded decoded = decode(cut, LENIENT);
            assertThat(decoded.warnings()).isNotEmpty();
            for (int x = 0; x < SIZE.width(); x++) {
                int red = decoded.picture().planes().getFirst().at(x, 2);
                assertThat(red).isCloseTo(sample(0, x, 2), org.assertj.core.data.Offset.offset(12));
            }
        }
    }

    @Test
    void tooLongASideIsRefused() {
        Plane plane = Plane.allocate(workspace, 16384, 1);
        Picture picture = Picture.of(new Size(16384, 1), ColorModel.GREY, false, List.of(plane));
        assertThatThrownBy(() -> encode(picture, FINE))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("16383");
    }
}
