package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PNGs with a palette, read back by the JDK's own reader. */
class PalettePngTest {
    private final Workspace workspace = new Workspace();
    private final Codec codec = new PngCodec(Optional.empty());

    @AfterEach
    void close() {
        codec.close();
        workspace.close();
    }

    private byte[] png(Picture picture, EncodeSettings settings) throws PictureException {
        return codec.encode(picture, ImageFormat.PNG, settings, workspace)
                .toArray(ValueLayout.JAVA_BYTE);
    }

    private Picture picture(Size size, int[] argb) {
        List<Plane> planes = new ArrayList<>();
        for (int shift : new int[] {16, 8, 0, 24}) {
            Plane plane = Plane.allocate(workspace, size.width(), size.height());
            for (int i = 0; i < argb.length; i++) {
                plane.set(i % size.width(), i / size.width(), argb[i] >>> shift);
            }
            planes.add(plane);
        }
        return Picture.of(size, ColorModel.RGB, true, planes);
    }

    private static int[] pixels(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getColorModel()).isInstanceOf(IndexColorModel.class);
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,2", "4,2", "5,4", "16,4", "17,8", "255,8", "256,8"})
    void keepsFewColorsExactlyInTheFewestBits(int colors, int bits)
            throws IOException, PictureException {
        Random random = new Random(colors);
        int[] palette = random.ints(colors).distinct().toArray();
        Size size = new Size(37, 29);
        int[] argb = new int[size.width() * size.height()];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = palette[i < colors ? i : random.nextInt(colors)];
        }
        for (boolean interlaced : new boolean[] {false, true}) {
            byte[] png =
                    png(
                            picture(size, argb),
                            EncodeSettings.DEFAULT.withColors(256).withProgressive(interlaced));
            assertThat(png[24]).as("bits").isEqualTo((byte) bits);
            assertThat(png[28]).as("interlaced").isEqualTo((byte) (interlaced ? 1 : 0));
            assertThat(pixels(png)).isEqualTo(argb);
            Picture back =
                    codec.decode(
                                    ImageFormat.PNG,
                                    MemorySegment.ofArray(png),
                                    DecodeRequest.WHOLE,
                                    workspace)
                            .picture();
            assertThat(ArgbPixels.of(size, back.planes(), back.alpha())).isEqualTo(argb);
        }
    }

    @Test
    void keepsGreysExactly() throws IOException, PictureException {
        Size size = new Size(256, 3);
        Plane plane = Plane.allocate(workspace, 256, 3);
        for (int i = 0; i < 768; i++) {
            plane.set(i % 256, i / 256, i);
        }
        Picture grey = Picture.of(size, ColorModel.GREY, false, List.of(plane));
        int[] argb = pixels(png(grey, EncodeSettings.DEFAULT.withColors(256)));
        for (int i = 0; i < 256; i++) {
            assertThat(argb[i]).isEqualTo(0xFF00_0000 | i * 0x010101);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 16, 100, 255, 256})
    void hasNoMoreColorsThanWereAskedFor(int most) throws IOException, PictureException {
        Size size = new Size(90, 70);
        int[] argb = new Random(most).ints(90 * 70).toArray();
        assertThat(pixels(png(picture(size, argb), EncodeSettings.DEFAULT.withColors(most))))
                .satisfies(
                        found ->
                                assertThat(Arrays.stream(found).distinct().count())
                                        .isLessThanOrEqualTo(most));
    }

    @Test
    void doesNotCountTheColorsOfWhatIsTransparent() throws IOException, PictureException {
        Size size = new Size(40, 40);
        int[] argb = new int[1600];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = i < 800 ? i * 0x1234 & 0xFFFFFF : 0xFF00_0000 | (i % 9) * 0x102030;
        }
        int[] found = pixels(png(picture(size, argb), EncodeSettings.DEFAULT.withColors(10)));
        for (int i = 0; i < argb.length; i++) {
            assertThat(found[i]).isEqualTo(i < 800 ? 0 : argb[i]);
        }
    }

    /** A disc whose edge fades out: opaque stays opaque, transparent transparent. */
    @Test
    void keepsSoftEdges() throws IOException, PictureException {
        int side = 120;
        int[] argb = new int[side * side];
        for (int i = 0; i < argb.length; i++) {
            double distance = Math.hypot(i % side - 60, Math.floorDiv(i, side) - 60);
            int alpha = (int) Math.clamp((56 - distance) * 12, 0, 255);
            int blue = i % side * 2;
            int red = i / side * 2;
            argb[i] = alpha << 24 | red << 16 | 0x8000 | blue;
        }
        int[] found =
                pixels(
                        png(
                                picture(new Size(side, side), argb),
                                EncodeSettings.DEFAULT.withColors(256)));
        long squares = 0;
        for (int i = 0; i < argb.length; i++) {
            int alpha = argb[i] >>> 24;
            int got = found[i] >>> 24;
            if (alpha == 0 || alpha == 255) {
                assertThat(got).isEqualTo(alpha);
            }
            squares += (long) (alpha - got) * (alpha - got);
        }
        // Of 256 entries some are for the 21 steps of the edge; a step is 12.
        assertThat(Math.sqrt((double) squares / argb.length)).isLessThan(6);
    }

    @Test
    void spreadsTheErrorSoThatTheMeanStays() throws IOException, PictureException {
        Size size = new Size(256, 64);
        int[] argb = new int[256 * 64];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = 0xFF00_0000 | (i % 256) * 0x010101;
        }
        int[] found = pixels(png(picture(size, argb), EncodeSettings.DEFAULT.withColors(4)));
        for (int left = 0; left < 256; left += 32) {
            double mean = 0;
            for (int y = 0; y < 64; y++) {
                for (int x = left; x < left + 32; x++) {
                    mean += (found[y * 256 + x] & 0xFF) / 2048.0;
                }
            }
            if (left > 0 && left < 224) { // beyond the outermost entries nothing can be mixed
                assertThat(mean).isBetween(left + 15.5 - 4, left + 15.5 + 4);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void losesNothingAtAnyEffort(int effort) throws IOException, PictureException {
        Picture picture = Fixtures.picture(ColorModel.RGB, true, workspace);
        for (boolean interlaced : new boolean[] {false, true}) {
            byte[] png =
                    png(
                            picture,
                            EncodeSettings.DEFAULT.withEffort(effort).withProgressive(interlaced));
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            assertThat(image.getRGB(0, 0, 48, 37, null, 0, 48))
                    .isEqualTo(ArgbPixels.of(Fixtures.SIZE, picture.planes(), true));
        }
    }
}
