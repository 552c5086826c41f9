package imgpipe.codec.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import imgpipe.codec.DecodeRequest;
import imgpipe.codec.Jpegs;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurboJpegCodecTest extends TurboJpegFixture {
    @Test
    void hasANameWithAVersion() {
        assertThat(codec.name()).matches("libjpeg-turbo [23]\\..+");
    }

    /** Both decoders compute the accurate integer DCT, which rounds to within 1. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void decodesAsTheJdkDoes(boolean progressive) throws PictureException {
        byte[] file = Jpegs.encode(photo(BufferedImage.TYPE_3BYTE_BGR), 0.9f, progressive);
        Raster expected = Jpegs.decode(file);

        Picture picture = whole(file);

        assertThat(picture.size()).isEqualTo(new Size(333, 251));
        assertThat(picture.color()).isEqualTo(ColorModel.YCC);
        assertThat(psnr(error(picture.planes().get(0), expected, 0))).isGreaterThan(50);
        assertThat(picture.planes().get(1).width()).isEqualTo(167);
        assertThat(picture.planes().get(2).height()).isEqualTo(126);
    }

    @Test
    void decodesFullChromaAsTheJdkDoes() throws PictureException {
        byte[] file = Jpegs.encode(photo(BufferedImage.TYPE_3BYTE_BGR), 0.9f, "1x1", "1x1", "1x1");
        Raster expected = Jpegs.decode(file);

        Picture picture = whole(file);

        for (int band = 0; band < 3; band++) {
            assertThat(psnr(error(picture.planes().get(band), expected, band))).isGreaterThan(50);
        }
    }

    @Test
    void decodesGrey() throws PictureException {
        byte[] file = Jpegs.encode(photo(BufferedImage.TYPE_BYTE_GRAY), 0.9f, false);

        Picture picture = whole(file);

        assertThat(picture.color()).isEqualTo(ColorModel.GREY);
        assertThat(psnr(error(picture.planes().getFirst(), Jpegs.decode(file), 0)))
                .isGreaterThan(50);
        assertThat(scaled(file, 80, 60).planes().getFirst().width()).isEqualTo(84);
    }

    @Test
    void decodesGreyWithMeaninglessSamplingFactors() throws PictureException {
        byte[] file = Jpegs.encode(photo(BufferedImage.TYPE_BYTE_GRAY), 0.9f, false);
        Plane expected = whole(file).planes().getFirst();
        byte[] odd = file.clone();
        odd[Jpegs.find(odd, 0xC0) + 11] = 0x22;

        Picture picture = whole(odd);

        assertThat(error(picture.planes().getFirst(), expected)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1x1,1,1", "2x1,2,1", "2x2,2,2", "1x2,1,2", "4x1,4,1",
    })
    void decodesEveryOrdinarySubsamplingAtEveryScale(String luma, int across, int down)
            throws PictureException {
        byte[] file = Jpegs.encode(photo(BufferedImage.TYPE_3BYTE_BGR), 0.95f, luma, "1x1", "1x1");
        Picture whole = whole(file);
        for (int factor : new int[] {1, 2, 4, 8}) {
            Picture picture = scaled(file, 333 / factor, 251 / factor);

            assertThat(picture.size()).isEqualTo(new Size(333, 251));
            for (int i = 0; i < 3; i++) {
                Plane plane = picture.planes().get(i);
                assertThat(plane.spanX()).isEqualTo(333.0 / factor / (i == 0 ? 1 : across));
                assertThat(plane.spanY()).isEqualTo(251.0 / factor / (i == 0 ? 1 : down));
                assertThat(plane.width()).isEqualTo((int) Math.ceil(plane.spanX()));
                assertThat(plane.height()).isEqualTo((int) Math.ceil(plane.spanY()));
                // The scaled DCT drops what a box blurs: on smooth pictures they agree to some dB.
                assertThat(psnr(boxError(plane, whole.planes().get(i), factor)))
                        .as("%s plane %d at 1/%d", luma, i, factor)
                        .isGreaterThan(factor == 1 ? 99 : 33);
            }
        }
    }

    @Test
    void givesSpansOfPartsOfASample() throws PictureException {
        Size size = new Size(3001, 35);
        byte[] file =
                encode(ycc(size, Chroma.S420, (x, y) -> x / 16), settings(90, Chroma.S420, false));

        List<Plane> planes = scaled(file, 1500, 17).planes();

        assertThat(planes.get(0).width()).isEqualTo(1501);
        assertThat(planes.get(0).spanX()).isEqualTo(1500.5);
        assertThat(planes.get(0).spanY()).isEqualTo(17.5);
        assertThat(planes.get(1).width()).isEqualTo(751);
        assertThat(planes.get(1).spanX()).isEqualTo(750.25);
        assertThat(planes.get(1).height()).isEqualTo(9);
        assertThat(planes.get(1).spanY()).isEqualTo(8.75);
    }

    @Test
    void scalesNoFurtherThanTheFloor() {
        Size size = new Size(4000, 3000);
        assertThat(JpegScale.smallest(size, new Size(500, 375)).eighths()).isEqualTo(1);
        assertThat(JpegScale.smallest(size, new Size(501, 375)).eighths()).isEqualTo(2);
        assertThat(JpegScale.smallest(size, new Size(1, 1501)).eighths()).isEqualTo(8);
        assertThat(JpegScale.smallest(size, new Size(9000, 9000)).eighths()).isEqualTo(8);
        assertThat(JpegScale.smallest(size, null).eighths()).isEqualTo(8);
    }

    /** What lies behind the rows and columns that belong to a plane must be as it was before. */
    @ParameterizedTest
    @CsvSource({
        "1,1", "2,1", "1,2", "3,3", "7,3", "8,8", "9,9", "15,17", "16,16", "17,9", "33,1", "31,65"
    })
    void writesNothingOutsideOfThePlanes(int width, int height) throws PictureException {
        for (String luma : new String[] {"1x1", "2x1", "2x2", "1x2", "4x1"}) {
            BufferedImage image = Jpegs.photo(width, height, BufferedImage.TYPE_3BYTE_BGR, 3);
            byte[] file = Jpegs.encode(image, 0.9f, luma, "1x1", "1x1");
            for (int factor : new int[] {1, 2, 4, 8}) {
                workspace.reset();
                workspace.allocate(900_000).fill((byte) 0x5A);
                workspace.reset();

                Picture picture =
                        scaled(file, Math.max(1, width / factor), Math.max(1, height / factor));

                for (Plane plane : picture.planes()) {
                    // The library pads by less than one chroma sample.
                    for (int y = 0; y < plane.samples().byteSize() / plane.stride(); y++) {
                        for (int x = 0; x < plane.stride(); x++) {
                            if (y >= plane.height() + 3 || x >= plane.width() + 3) {
                                assertThat(
                                                plane.samples()
                                                        .get(
                                                                ValueLayout.JAVA_BYTE,
                                                                (long) y * plane.stride() + x))
                                        .as("%s 1/%d: %d,%d", luma, factor, x, y)
                                        .isEqualTo((byte) 0x5A);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void decodesRgbWithoutConversion() throws PictureException {
        BufferedImage image = photo(BufferedImage.TYPE_3BYTE_BGR);
        byte[] file = adobe(Jpegs.encode(image.getRaster(), 0.95f), 0);

        Picture picture = whole(file);

        assertThat(picture.color()).isEqualTo(ColorModel.RGB);
        Raster expected = Jpegs.decode(file);
        for (int band = 0; band < 3; band++) {
            assertThat(psnr(error(picture.planes().get(band), expected, band))).isGreaterThan(50);
        }
    }

    @Test
    void turnsInvertedInksAroundWithAdobesMarkerAndWithout() throws PictureException {
        byte[] file = Jpegs.encode(flat(20, 200, 100, 50), 0.95f);

        assertThat(inks(whole(file))).containsExactly(235, 55, 155, 205);
        assertThat(inks(whole(adobe(file, 0)))).containsExactly(235, 55, 155, 205);
        assertThat(inks(scaled(adobe(file, 0), 10, 8))).containsExactly(235, 55, 155, 205);
    }

    @Test
    void convertsYcck() throws PictureException {
        // Y 120, Cb 90, Cr 170 is RGB 179, 103, 53; Adobe's inverted inks are 255 less than those.
        byte[] file = adobe(Jpegs.encode(flat(120, 90, 170, 50), 0.95f), 2);

        List<Integer> inks = inks(whole(file));

        assertThat(inks.get(0)).isCloseTo(179, within(2));
        assertThat(inks.get(1)).isCloseTo(103, within(2));
        assertThat(inks.get(2)).isCloseTo(53, within(2));
        assertThat(inks.get(3)).isCloseTo(205, within(2));
    }

    @Test
    void decodesOddSubsamplingToRgb() throws PictureException {
        BufferedImage image = photo(BufferedImage.TYPE_3BYTE_BGR);
        byte[] file = Jpegs.encode(image, 0.95f, "2x2", "2x1", "1x2");

        Picture picture = whole(file);

        assertThat(picture.color()).isEqualTo(ColorModel.RGB);
        assertThat(picture.planes().get(0).width()).isEqualTo(333);
        assertThat(psnr(error(picture.planes().get(1), image.getRaster(), 1))).isGreaterThan(30);
        assertThat(scaled(file, 80, 60).planes().get(2).spanX()).isEqualTo(83.25);
    }

    @Test
    void keepsOrientationAndProfileBesideThePixels() throws PictureException {
        Picture picture =
                ycc(new Size(40, 30), Chroma.S420, (x, y) -> x + y)
                        .withProfile(new imgpipe.image.IccProfile(new byte[70_000]));

        byte[] file = encode(picture, settings(80, Chroma.S420, false));

        assertThat(whole(file).profile()).isEqualTo(picture.profile());
        assertThat(codec.embedsProfile(ImageFormat.JPEG, ColorModel.YCC)).isTrue();
    }

    @Test
    void refusesKindsThatTheLibraryLacks() {
        byte[] file = Jpegs.encode(photo(BufferedImage.TYPE_3BYTE_BGR), 0.9f, false);
        int sof = Jpegs.find(file, 0xC0);
        byte[] lossless = file.clone();
        lossless[sof + 1] = (byte) 0xC3;
        byte[] twelveBits = file.clone();
        twelveBits[sof + 1] = (byte) 0xC1;
        twelveBits[sof + 4] = 12;

        for (byte[] unsupported : List.of(lossless, twelveBits)) {
            PictureException refusal =
                    catchThrowableOfType(
                            PictureException.class, () -> decode(unsupported, DecodeRequest.WHOLE));
            assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
        }
    }

    private static BufferedImage photo(int type) {
        return Jpegs.photo(333, 251, type, 42);
    }

    private static byte[] adobe(byte[] file, int transform) {
        return Jpegs.withSegment(file, 0xEE, Jpegs.adobe(transform));
    }

    private static WritableRaster flat(int... bands) {
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 40, 32, bands.length, null);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 40; x++) {
                raster.setPixel(x, y, bands);
            }
        }
        return raster;
    }

    private static List<Integer> inks(Picture picture) {
        assertThat(picture.color()).isEqualTo(ColorModel.CMYK);
        return picture.planes().stream().map(plane -> plane.at(4, 3)).toList();
    }

    private static double error(Plane plane, Raster raster, int band) {
        double sum = 0;
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                sum += Math.pow(plane.at(x, y) - raster.getSample(x, y, band), 2);
            }
        }
        return sum / plane.width() / plane.height();
    }

    private static double error(Plane plane, Plane other) {
        return boxError(plane, other, 1);
    }

    /** Mean square difference to the means of boxes, those at the edge left out. */
    private static double boxError(Plane plane, Plane whole, int factor) {
        double sum = 0;
        int count = 0;
        for (int y = 0; (y + 1) * factor <= whole.height(); y++) {
            for (int x = 0; (x + 1) * factor <= whole.width(); x++) {
                double box = 0;
                for (int i = 0; i < factor * factor; i++) {
                    box += whole.at(x * factor + i % factor, y * factor + i / factor);
                }
                sum += Math.pow(plane.at(x, y) - box / factor / factor, 2);
                count++;
            }
        }
        return sum / count;
    }
}
