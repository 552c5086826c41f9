package imgpipe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.codec.Codecs;
import imgpipe.codec.MatrixProfile;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The color around a padded picture, or of a mark on it, is what was asked for, whatever the
 * picture's own are.
 */
class BackgroundTest {
    @TempDir private Path folder;

    @Test
    void isInSrgbAroundAPictureWithAnotherProfile() throws Exception {
        BufferedImage made =
                run(
                        ColorModel.RGB,
                        MatrixProfile.adobeRgb(),
                        "resize 40x20 pad centre background=#336699 | color srgb | png");
        assertThat(new Color(made.getRGB(1, 1))).isEqualTo(new Color(0x33, 0x66, 0x99));
        // Adobe RGB's grey is sRGB's but for the gamma: 255 (100 / 255)^(563/256) is linear 0.1277,
        // which is 100.5 in sRGB's curve.
        assertThat(new Color(made.getRGB(20, 10)).getGreen()).isBetween(99, 101);
    }

    @Test
    void isColoredAroundGrey() throws Exception {
        BufferedImage made =
                run(
                        ColorModel.GREY,
                        MatrixProfile.grey(461),
                        "resize 40x20 pad centre background=#336699 | color srgb | png");
        assertThat(new Color(made.getRGB(1, 1))).isEqualTo(new Color(0x33, 0x66, 0x99));
        // 0.392157^(461/256) = 0.1853; sRGB: 1.055 * 0.1853^(1/2.4) - 0.055 = 0.4679, times 255 is
        // 119.3.
        assertThat(new Color(made.getRGB(20, 10))).isEqualTo(new Color(119, 119, 119));
    }

    @Test
    void isInSrgbUnderAColoredMarkEvenIfColorsAreKept() throws Exception {
        BufferedImage red = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        red.setRGB(0, 0, 0xFF0000);
        Path mark = folder.resolve("mark.png");
        ImageIO.write(red, "png", mark.toFile());
        BufferedImage made =
                run(
                        ColorModel.GREY,
                        MatrixProfile.grey(461),
                        "watermark " + mark + " northwest opacity=100 margin=0 | png");
        assertThat(new Color(made.getRGB(0, 0))).isEqualTo(Color.RED);
        assertThat(new Color(made.getRGB(10, 10))).isEqualTo(new Color(119, 119, 119));
    }

    private BufferedImage run(ColorModel color, byte[] profile, String recipe) throws Exception {
        Path source = folder.resolve("source.png");
        Size size = new Size(20, 20);
        try (Workspace workspace = new Workspace();
                Codecs codecs = Codecs.ofThisMachine();
                Engine engine = Engine.create()) {
            List<Plane> planes = new ArrayList<>();
            for (int i = 0; i < color.planes(); i++) {
                Plane plane = Plane.allocate(workspace, size.width(), size.height());
                plane.samples().fill((byte) 100);
                planes.add(plane);
            }
            Picture picture =
                    Picture.of(size, color, false, planes).withProfile(new IccProfile(profile));
            Files.write(
                    source,
                    codecs.encode(picture, ImageFormat.PNG, EncodeSettings.DEFAULT, workspace)
                            .toArray(ValueLayout.JAVA_BYTE));
            Task task =
                    new Task(
                            1,
                            "source.png",
                            source.toUri().getRawPath(),
                            Files.size(source),
                            Files.getLastModifiedTime(source).to(TimeUnit.NANOSECONDS),
                            List.of(new Rendition("/out/x", recipe)));
            assertThat(engine.run(task, Limits.DEFAULT, folder)).isInstanceOf(Outcome.Done.class);
        }
        return ImageIO.read(folder.resolve("1-0").toFile());
    }
}
