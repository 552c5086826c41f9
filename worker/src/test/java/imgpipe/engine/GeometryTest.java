package imgpipe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.codec.Jpegs;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crops, turns and the like from files to files. */
class GeometryTest {
    @TempDir private Path folder;
    private Path out;
    private final Engine engine = Engine.create();

    @BeforeEach
    void makeFolder() throws IOException {
        out = Files.createDirectory(folder.resolve("tmp"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Outcome run(Path source, String... recipes) throws IOException {
        List<Rendition> renditions = new ArrayList<>();
        for (String recipe : recipes) {
            renditions.add(new Rendition("/out/x", recipe));
        }
        Task task =
                new Task(
                        7,
                        "x.jpg",
                        source.toUri().getRawPath(),
                        Files.size(source),
                        Files.getLastModifiedTime(source).to(TimeUnit.NANOSECONDS),
                        renditions);
        return engine.run(task, Limits.DEFAULT, out);
    }

    private BufferedImage made(Path source, String recipe) throws IOException {
        assertThat(run(source, recipe)).as(recipe).isInstanceOf(Outcome.Done.class);
        return ImageIO.read(out.resolve("7-0").toFile());
    }

    private Path photo(int width, int height) throws IOException {
        BufferedImage photo = Jpegs.photo(width, height, BufferedImage.TYPE_3BYTE_BGR, 8);
        return Files.write(folder.resolve("a.jpg"), Jpegs.encode(photo, 0.93f, false));
    }

    private static double psnr(BufferedImage one, BufferedImage other) {
        assertThat(one.getWidth()).isEqualTo(other.getWidth());
        assertThat(one.getHeight()).isEqualTo(other.getHeight());
        double sum = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                int a = one.getRGB(x, y);
                int b = other.getRGB(x, y);
                for (int shift = 0; shift <= 16; shift += 8) {
                    double difference = (a >> shift & 0xFF) - (b >> shift & 0xFF);
                    sum += difference * difference;
                }
            }
        }
        return 10 * Math.log10(255 * 255 * 3.0 * one.getWidth() * one.getHeight() / sum);
    }

    /**
     * A trim of a picture without border changes nothing, but stands in the way: all of the picture
     * is decoded and cropped first. A picture that a decoder made smaller differs from that as any
     * resize does, by 36 dB on photographs; half a pixel of shift would be below 30.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "crop 803x601+333+211",
                "crop 50%x50% southeast",
                "rotate 90 | crop 601x803+101+99",
                "flip horizontal | crop 1:1",
                "crop 1201x901+1+1 | rotate 270"
            })
    void cropsTheSamePartOfAPictureDecodedSmaller(String moves) throws IOException {
        Path source = photo(1600, 1200);
        BufferedImage fast = made(source, moves + " | resize 160x160 | bmp");
        BufferedImage whole = made(source, moves + " | trim tolerance=0 | resize 160x160 | bmp");
        assertThat(psnr(fast, whole)).as(moves).isGreaterThan(33);
    }

    @Test
    void failsWhereACropHasNothingToKeep() throws IOException {
        Path source = photo(200, 100);
        for (String rest : List.of("", " | resize 10x10", " | flip vertical")) {
            assertThat(run(source, "crop 50x50+200+0" + rest + " | jpeg"))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> {
                                assertThat(failed.kind()).isEqualTo(FailureKind.UNFIT);
                                assertThat(failed.sentence())
                                        .isEqualTo(
                                                "the part 50x50+200+0 lies outside of its 200x100"
                                                        + " pixels");
                            });
        }
        assertThat(run(source, "crop 50x50+199+0 | jpeg")).isInstanceOf(Outcome.Done.class);
    }

    /** Two frames: a red square on the left, then on the right. */
    @Test
    void changesEveryFrameOfAnAnimation() throws IOException {
        Path gif = folder.resolve("a.gif");
        List<BufferedImage> frames = new ArrayList<>();
        for (int left : new int[] {0, 30}) {
            BufferedImage frame = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = frame.createGraphics();
            pen.setPaint(Color.WHITE);
            pen.fillRect(0, 0, 40, 20);
            pen.setPaint(Color.RED);
            pen.fillRect(left, 5, 10, 10);
            pen.dispose();
            frames.add(frame);
        }
        write(gif, frames);

        for (String recipe :
                List.of(
                        "flip horizontal",
                        "rotate 180",
                        "crop 40x10",
                        "pad 60x30 background=black",
                        "trim",
                        "rotate 30",
                        "crop 30x20 smart",
                        "crop 40x10 | resize 20x20")) {
            assertThat(run(gif, recipe + " | gif")).as(recipe).isInstanceOf(Outcome.Done.class);
            assertThat(frames(out.resolve("7-0"))).as(recipe).hasSize(2);
        }
        run(gif, "flip horizontal | trim | gif");
        List<BufferedImage> flipped = frames(out.resolve("7-0"));
        assertThat(flipped.getFirst().getHeight()).isEqualTo(10);
        assertThat(new Color(flipped.getFirst().getRGB(35, 5))).isEqualTo(Color.RED);
    }

    private static void write(Path gif, List<BufferedImage> frames) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (var stream = ImageIO.createImageOutputStream(gif.toFile())) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (BufferedImage frame : frames) {
                writer.writeToSequence(new IIOImage(frame, null, null), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    private static List<BufferedImage> frames(Path gif) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (var in = ImageIO.createImageInputStream(gif.toFile())) {
            reader.setInput(in);
            List<BufferedImage> frames = new ArrayList<>();
            for (int i = 0; i < reader.getNumImages(true); i++) {
                frames.add(reader.read(i));
            }
            return frames;
        } finally {
            reader.dispose();
        }
    }

    @Test
    void keepsTheSubjectOfAPhotograph() throws IOException {
        BufferedImage picture = new BufferedImage(900, 300, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setPaint(new Color(150, 170, 190));
        pen.fillRect(0, 0, 900, 300);
        pen.setPaint(Color.ORANGE);
        pen.fillOval(700, 100, 100, 100);
        pen.dispose();
        Path source = folder.resolve("a.jpg");
        Files.write(source, Jpegs.encode(picture, 0.9f, false));

        // 60x60 of 180x60: the middle of the disc is at 150.
        BufferedImage square = made(source, "resize 60x60^ smart | bmp");
        int orange = 0;
        for (int x = 0; x < 60; x++) {
            orange += new Color(square.getRGB(x, 30)).getBlue() < 80 ? 1 : 0;
        }
        assertThat(orange).isBetween(18, 22);
        assertThat(new Color(square.getRGB(30, 30)).getBlue()).isLessThan(40);
        BufferedImage plain = made(source, "resize 60x60^ | bmp");
        assertThat(new Color(plain.getRGB(30, 30)).getBlue()).isGreaterThan(150);
    }
}
