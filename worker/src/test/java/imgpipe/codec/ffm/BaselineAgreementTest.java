package imgpipe.codec.ffm;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.codec.BaselineJpegCodec;
import imgpipe.codec.Codec;
import imgpipe.codec.DecodeRequest;
import imgpipe.codec.Decoded;
import imgpipe.codec.Jpegs;
import imgpipe.codec.PictureException;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The decoder of our own beside libjpeg-turbo. */
@Timeout(120)
class BaselineAgreementTest extends TurboJpegFixture {
    private static final int DAMAGED_FILES = 3000;
    private static final String[] FACTORS = {"1x1", "2x1", "2x2", "1x2"};

    private final Codec own = new BaselineJpegCodec();

    @Test
    void meansOfBlocksAreTheSame() throws PictureException {
        for (String factors : FACTORS) {
            byte[] file = photo(1003, 517, factors, 0.93f);
            assertThat(squareError(own(file, 1), turbo(file, 1))).as(factors).isZero();
        }
    }

    /**
     * At 1/4 libjpeg-turbo averages four pixels at a time, where a 2x2 DCT keeps the waves of a
     * block somewhat higher: by 0.707 / 0.641, a tenth, for those that both know, and without the
     * finer ones. So the difference is a part of a photo's detail, and mean levels are the same,
     * but for eighths of a step: half of one is rounded up, which adds a sixteenth on average.
     */
    @Test
    void quartersDifferByAPartOfTheirDetail() throws PictureException {
        for (String factors : FACTORS) {
            byte[] file = photo(1003, 517, factors, 0.93f);
            Picture ours = own(file, 2);
            Picture theirs = turbo(file, 2);
            assertThat(psnr(squareError(ours, theirs))).as(factors).isGreaterThan(38);
            for (int i = 0; i < 3; i++) {
                double shift = mean(ours.planes().get(i)) - mean(theirs.planes().get(i));
                assertThat(Math.abs(shift)).as(factors).isLessThan(0.25);
            }
        }
    }

    @Test
    void takesNoDamagedFileThatLibjpegTurboComplainsAbout() throws PictureException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] whole = photo(203, 117, "2x2", 0.8f);
        for (int i = 0; i < DAMAGED_FILES; i++) {
            workspace.reset();
            byte[] file = whole.clone();
            int at = random.nextInt(file.length);
            file[at] = (byte) random.nextInt();
            Picture ours;
            try {
                ours = own(file, 1);
            } catch (PictureException handedOn) {
                continue;
            }
            Decoded theirs = decode(file, request(file, 1));
            assertThat(theirs.warnings()).as("byte %d, seed %d", at, seed).isEmpty();
            assertThat(ours.size()).isEqualTo(theirs.picture().size());
            assertThat(squareError(ours, theirs.picture()))
                    .as("byte %d, seed %d", at, seed)
                    .isZero();
        }
    }

    private static byte[] photo(int width, int height, String luma, float quality) {
        BufferedImage photo = Jpegs.photo(width, height, BufferedImage.TYPE_INT_RGB, 3);
        return Jpegs.encode(photo, quality, luma, "1x1", "1x1");
    }

    private Picture own(byte[] file, int eighths) throws PictureException {
        DecodeRequest request = request(file, eighths);
        return own.decode(ImageFormat.JPEG, Jpegs.segment(file), request, workspace).picture();
    }

    private Picture turbo(byte[] file, int eighths) throws PictureException {
        return decode(file, request(file, eighths)).picture();
    }

    private DecodeRequest request(byte[] file, int eighths) throws PictureException {
        Size size = codec.header(ImageFormat.JPEG, Jpegs.segment(file)).size();
        Size floor =
                new Size(
                        Math.max(1, size.width() * eighths / 8),
                        Math.max(1, size.height() * eighths / 8));
        return new DecodeRequest(floor, 1, false, false);
    }

    private static double squareError(Picture one, Picture other) {
        double sum = 0;
        long count = 0;
        List<Plane> planes = one.planes();
        assertThat(other.planes()).hasSameSizeAs(planes);
        for (int i = 0; i < planes.size(); i++) {
            Plane a = planes.get(i);
            Plane b = other.planes().get(i);
            assertThat(List.of(a.spanX(), a.spanY())).isEqualTo(List.of(b.spanX(), b.spanY()));
            for (int y = 0; y < a.height(); y++) {
                for (int x = 0; x < a.width(); x++) {
                    double difference = a.at(x, y) - b.at(x, y);
                    sum += difference * difference;
                }
            }
            count += (long) a.width() * a.height();
        }
        return sum / count;
    }

    private static double mean(Plane plane) {
        double sum = 0;
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                sum += plane.at(x, y);
            }
        }
        return sum / plane.width() / plane.height();
    }
}
