package imgpipe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.codec.Codecs;
import imgpipe.codec.Jpegs;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.YccConversion;
import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SizedEncoderTest {
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

    private Picture picture(ImageFormat format) throws PictureException {
        byte[] jpeg =
                Jpegs.encode(Jpegs.photo(160, 120, BufferedImage.TYPE_3BYTE_BGR, 5), 0.95f, false);
        Picture picture = runs.decoded(ImageFormat.JPEG, jpeg);
        return format == ImageFormat.JPEG ? picture : YccConversion.toRgb(picture, runs.workspace);
    }

    private byte[] encoded(Picture picture, ImageFormat format, int quality)
            throws PictureException {
        return runs.codecs
                .encode(
                        picture,
                        format,
                        EncodeSettings.DEFAULT.withQuality(quality),
                        runs.workspace)
                .toArray(ValueLayout.JAVA_BYTE);
    }

    private MemorySegment sized(
            Codecs codecs, Picture picture, ImageFormat format, int quality, long most)
            throws PictureException {
        return SizedEncoder.encode(
                codecs,
                picture,
                format,
                EncodeSettings.DEFAULT.withQuality(quality).withMaxBytes(most),
                runs.workspace);
    }

    @ParameterizedTest
    @EnumSource(names = {"JPEG", "WEBP"})
    void takesTheBestQualityThatFits(ImageFormat format) throws PictureException {
        long seed = 3;
        Random random = new Random(seed);
        Picture picture = picture(format);
        byte[][] files = new byte[101][];
        for (int quality = 1; quality <= 100; quality++) {
            files[quality] = encoded(picture, format, quality);
        }
        int encodes = 0;
        for (int i = 0; i < 40; i++) {
            int asked = 25 + random.nextInt(76);
            long least = files[20].length;
            long most = least + random.nextInt(files[asked].length - files[20].length + 50);
            CountingCodec counting = new CountingCodec(runs.codecs.writer(format));
            MemorySegment made = sized(new Codecs(List.of(counting)), picture, format, asked, most);
            int quality = asked;
            while (files[quality].length != made.byteSize()
                    || MemorySegment.ofArray(files[quality]).mismatch(made) >= 0) {
                quality--;
            }
            assertThat(made.byteSize()).as("seed %d", seed).isLessThanOrEqualTo(most);
            if (quality < asked) {
                // Several qualities may give the same file.
                int next = quality + 1;
                assertThat((long) files[next].length).as("quality %d", next).isGreaterThan(most);
            }
            assertThat(counting.encodes()).isLessThanOrEqualTo(12);
            encodes += counting.encodes();
        }
        assertThat(encodes / 40.0).isLessThan(7);
    }

    @Test
    void failsWhereQuality20OrALosslessFormatDoesNotFit() throws PictureException {
        Picture picture = picture(ImageFormat.JPEG);
        int least = encoded(picture, ImageFormat.JPEG, 20).length;
        assertThat(sized(runs.codecs, picture, ImageFormat.JPEG, 80, least).byteSize())
                .isEqualTo(least);
        assertThatThrownBy(() -> sized(runs.codecs, picture, ImageFormat.JPEG, 80, least - 1))
                .isInstanceOfSatisfying(
                        PictureException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT))
                .hasMessageContaining("quality 20");
        Picture rgb = picture(ImageFormat.PNG);
        assertThatThrownBy(() -> sized(runs.codecs, rgb, ImageFormat.PNG, 80, 500))
                .hasMessageContaining("as png it is still larger");
    }
}
