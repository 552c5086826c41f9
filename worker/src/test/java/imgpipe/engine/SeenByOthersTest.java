package imgpipe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.codec.Codec;
import imgpipe.codec.Codecs;
import imgpipe.codec.DecodeRequest;
import imgpipe.codec.ImageIoCodec;
import imgpipe.codec.PictureException;
import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import imgpipe.image.YccConversion;
import imgpipe.paint.ColorConversion;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of color, by profile and without, against what Pillow, libvips or ImageMagick saw in
 * the same files. The folder {@code pictures} has the script that made both.
 */
class SeenByOthersTest {
    /**
     * Mean CIE76 distance: both sides round to eight bits, where one step of one channel is a
     * distance of 0.2 to 0.5. Of 16 and 32 bits libvips and ImageMagick cut off what we round, so
     * that half of all samples are one step apart; and L*a*b* in eight bits has coarser steps.
     */
    private static final double MEAN = 0.5;

    /**
     * Below the 2.3 that a person just notices (Mahy, Van Eycken, Oosterlinck 1994). Near black one
     * step is 0.5 to 1.2, and two color management systems differ by one in two channels at once.
     */
    private static final double ALMOST_ALL = 1.5;

    private final Workspace workspace = new Workspace();

    @AfterEach
    void close() {
        workspace.close();
    }

    static Stream<Path> pictures() throws Exception {
        return SeenPictures.all();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void looksTheSameToTheCodecsOfThisMachine(Path file) throws Exception {
        compare(file, Codecs.ofThisMachine());
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void looksTheSameToImageIo(Path file) throws Exception {
        compare(file, new Codecs(List.of(new ImageIoCodec())));
    }

    @Test
    void refusesSignedSamplesThatNobodyAgreesOn() throws Exception {
        try (Codec codec = new ImageIoCodec()) {
            MemorySegment file = SeenPictures.file("signed16.tif");
            assertThatThrownBy(
                            () ->
                                    codec.decode(
                                            imgpipe.image.ImageFormat.TIFF,
                                            file,
                                            DecodeRequest.WHOLE,
                                            workspace))
                    .isInstanceOf(PictureException.class)
                    .hasMessage("TIFFs of signed or complex samples are not read");
        }
    }

    private void compare(Path path, Codecs codecs) throws Exception {
        SeenPictures.Seen seen = SeenPictures.Seen.of(path);
        Picture decoded;
        try (codecs) {
            MemorySegment file = SeenPictures.file(path);
            decoded =
                    codecs.decode(codecs.sniff(file), file, DecodeRequest.WHOLE, workspace)
                            .picture();
        }
        Picture picture = new ColorConversion().toSrgb(decoded, workspace);
        if (picture.color() == ColorModel.YCC) {
            picture = YccConversion.toRgb(picture, workspace);
        }
        assertThat(picture.size()).isEqualTo(seen.size());
        assertThat(picture.alpha()).isEqualTo(seen.alpha());
        double[] distances = seen.distances(picture);
        Arrays.sort(distances);
        double mean = Arrays.stream(distances).average().orElseThrow();
        assertThat(mean).as("mean distance").isLessThanOrEqualTo(MEAN);
        assertThat(distances[(int) (0.99 * distances.length)])
                .as("distance of all but one in a hundred")
                .isLessThanOrEqualTo(ALMOST_ALL);
    }
}
