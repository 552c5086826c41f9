package imgpipe.codec.ffm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.codec.DecodeRequest;
import imgpipe.codec.Decoded;
import imgpipe.codec.Jpegs;
import imgpipe.codec.PictureException;
import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A codec for each test, or the reason why the test is skipped. Every test is run with each API
 * that the library has.
 */
@ParameterizedClass
@MethodSource("apis")
class TurboJpegFixture {
    static final DecodeRequest LENIENT = new DecodeRequest(null, 1, true, false);

    @Parameter Api api = new Api(Optional.empty());

    final Workspace workspace = new Workspace();
    TurboJpegCodec codec;

    /** An API, or none if the library is not here. */
    record Api(Optional<TurboJpeg> library) {
        @Override
        public String toString() {
            return library.map(api -> api.getClass().getSimpleName()).orElse("no libjpeg-turbo");
        }
    }

    static List<Api> apis() {
        List<Api> apis =
                TurboJpeg.all().stream().map(library -> new Api(Optional.of(library))).toList();
        return apis.isEmpty() ? List.of(new Api(Optional.empty())) : apis;
    }

    @BeforeEach
    void load() {
        assumeTrue(
                api.library().isPresent(),
                () ->
                        "libjpeg-turbo is not here, so it cannot be tested; run"
                                + " scripts/fetch-native-codecs. Looked at: "
                                + TurboJpegCodec.search().tried());
        codec = new TurboJpegCodec(api.library().orElseThrow());
    }

    @AfterEach
    void close() {
        if (codec != null) {
            codec.close();
        }
        workspace.close();
    }

    Decoded decode(byte[] file, DecodeRequest request) throws PictureException {
        return codec.decode(ImageFormat.JPEG, Jpegs.segment(file), request, workspace);
    }

    Picture whole(byte[] file) throws PictureException {
        Decoded decoded = decode(file, DecodeRequest.WHOLE);
        org.assertj.core.api.Assertions.assertThat(decoded.warnings()).isEmpty();
        return decoded.picture();
    }

    Picture scaled(byte[] file, int width, int height) throws PictureException {
        return decode(file, new DecodeRequest(new Size(width, height), 1, false, false)).picture();
    }

    byte[] encode(Picture picture, EncodeSettings settings) throws PictureException {
        return codec.encode(picture, ImageFormat.JPEG, settings, workspace)
                .toArray(ValueLayout.JAVA_BYTE);
    }

    /** A picture whose samples are this function of where they lie in the whole picture. */
    Picture ycc(Size size, Chroma chroma, IntBinaryOperator value) {
        List<Plane> planes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int across = i == 0 ? 1 : chroma.across();
            int down = i == 0 ? 1 : chroma.down();
            int width = Math.ceilDiv(size.width(), across);
            int height = Math.ceilDiv(size.height(), down);
            Plane plane = Plane.allocate(workspace, width, height);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    plane.set(x, y, value.applyAsInt(x * across, y * down));
                }
            }
            planes.add(plane);
        }
        return Picture.of(size, ColorModel.YCC, false, planes);
    }

    static EncodeSettings settings(int quality, Chroma chroma, boolean progressive) {
        return EncodeSettings.DEFAULT
                .withQuality(quality)
                .withChroma(chroma)
                .withProgressive(progressive);
    }

    /** Peak signal to noise ratio in dB, as of 8-bit samples. */
    static double psnr(double meanSquareError) {
        return 10 * Math.log10(255 * 255 / Math.max(meanSquareError, 1e-9));
    }
}
