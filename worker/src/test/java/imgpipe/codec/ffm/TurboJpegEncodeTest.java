package imgpipe.codec.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import imgpipe.codec.JpegHeader;
import imgpipe.codec.Jpegs;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.awt.image.Raster;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TurboJpegEncodeTest extends TurboJpegFixture {
    @ParameterizedTest
    @EnumSource
    void writesWhatOthersRead(Chroma chroma) throws PictureException {
        Size size = new Size(201, 99);
        Picture picture = ycc(size, chroma, (x, y) -> (x + 2 * y) / 2);

        byte[] file = encode(picture, settings(95, chroma, false));

        assertThat(JpegHeader.parse(Jpegs.segment(file)).description())
                .isEqualTo("baseline, " + spelled(chroma));
        Raster raster = Jpegs.decode(file);
        assertThat(raster.getWidth()).isEqualTo(201);
        for (int x = 0; x < 201; x += 40) {
            assertThat(raster.getSample(x, 50, 0)).isBetween(x / 2 + 47, x / 2 + 53);
        }
    }

    @Test
    void writesProgressiveAndGrey() throws PictureException {
        Plane plane = ycc(new Size(65, 43), Chroma.S444, (x, y) -> 3 * x).planes().getFirst();
        Picture grey = Picture.of(new Size(65, 43), ColorModel.GREY, false, List.of(plane));

        byte[] file = encode(grey, settings(95, Chroma.S420, true));

        assertThat(JpegHeader.parse(Jpegs.segment(file)).description())
                .isEqualTo("progressive, grey");
        Plane decoded = whole(file).planes().getFirst();
        for (int x = 0; x < 65; x++) {
            assertThat(decoded.at(x, 21)).isBetween(3 * x - 3, 3 * x + 3);
        }
    }

    /** A flat picture stays flat to its last column and row, whatever lies behind its planes. */
    @ParameterizedTest
    @CsvSource({"1,1", "7,3", "17,9", "16,16", "33,15", "64,31"})
    void readsNothingOutsideOfThePlanes(int width, int height) throws PictureException {
        for (Chroma chroma : Chroma.values()) {
            Picture tight = ycc(new Size(width, height), chroma, (x, y) -> 100);
            List<Plane> wide = tight.planes().stream().map(plane -> amongGarbage(plane)).toList();
            Picture picture = Picture.of(tight.size(), ColorModel.YCC, false, wide);

            Picture decoded = whole(encode(picture, settings(100, chroma, false)));

            for (Plane plane : decoded.planes()) {
                for (int y = 0; y < plane.height(); y++) {
                    for (int x = 0; x < plane.width(); x++) {
                        assertThat(plane.at(x, y)).as("%d,%d", x, y).isBetween(99, 101);
                    }
                }
            }
        }
    }

    @Test
    void losesLittleAtHighQuality() throws PictureException {
        byte[] source =
                Jpegs.encode(
                        Jpegs.photo(333, 251, java.awt.image.BufferedImage.TYPE_3BYTE_BGR, 9),
                        0.9f,
                        false);
        Picture picture = whole(source);

        Picture again = whole(encode(picture, settings(95, Chroma.S420, false)));

        for (int i = 0; i < 3; i++) {
            Plane before = picture.planes().get(i);
            Plane after = again.planes().get(i);
            double sum = 0;
            for (int y = 0; y < before.height(); y++) {
                for (int x = 0; x < before.width(); x++) {
                    sum += Math.pow(before.at(x, y) - after.at(x, y), 2);
                }
            }
            assertThat(psnr(sum / before.width() / before.height())).isGreaterThan(40);
        }
    }

    @Test
    void obeysTheQuality() throws PictureException {
        Picture picture = ycc(new Size(256, 256), Chroma.S420, (x, y) -> (x * 31 + y * 17) & 0xFF);

        int small = encode(picture, settings(20, Chroma.S420, false)).length;
        int large = encode(picture, settings(90, Chroma.S420, false)).length;

        assertThat(large).isGreaterThan(2 * small);
    }

    @Test
    void refusesSidesThatTheLibraryCannotWrite() {
        Plane plane = Plane.allocate(workspace, 65501, 1);
        Picture picture = Picture.of(new Size(65501, 1), ColorModel.GREY, false, List.of(plane));

        PictureException refusal =
                catchThrowableOfType(
                        PictureException.class,
                        () -> encode(picture, settings(80, Chroma.S420, false)));

        assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
    }

    private Plane amongGarbage(Plane plane) {
        int stride = plane.width() + 37;
        var samples = workspace.allocate((long) stride * (plane.height() + 40)).fill((byte) 255);
        Plane copy = Plane.whole(samples, plane.width(), plane.height(), stride);
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                copy.set(x, y, plane.at(x, y));
            }
        }
        return copy;
    }

    private static String spelled(Chroma chroma) {
        return String.join(":", chroma.toString().split(""));
    }
}
