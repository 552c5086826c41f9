package imgpipe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.codec.ExifBuilder;
import imgpipe.codec.Jpegs;
import imgpipe.codec.MatrixProfile;
import imgpipe.operation.Mark;
import imgpipe.paint.TextPainter;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marks of every kind over black pictures of 60 x 40. */
class MarksTest {
    private static final int EXIF = 0xE1;
    private static final int PROFILE = 0xE2;

    @TempDir private Path folder;
    private final Engine engine = Engine.create();

    @BeforeEach
    void makeBlackPicture() throws IOException {
        write("black.png", image(60, 40, BufferedImage.TYPE_INT_RGB, (x, y) -> 0));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static BufferedImage image(int width, int height, int type, IntBinaryOperator color) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, color.applyAsInt(x, y));
            }
        }
        return image;
    }

    private void write(String name, BufferedImage image) throws IOException {
        assertThat(ImageIO.write(image, "png", folder.resolve(name).toFile())).isTrue();
    }

    private Outcome run(String... steps) throws IOException {
        Path source = folder.resolve("black.png");
        Task task =
                new Task(
                        1,
                        "black.png",
                        source.toUri().getRawPath(),
                        Files.size(source),
                        Files.getLastModifiedTime(source).to(TimeUnit.NANOSECONDS),
                        Stream.of(steps)
                                .map(step -> new Rendition("/out/x", step + " | png"))
                                .toList());
        return engine.run(task, Limits.DEFAULT, folder);
    }

    private BufferedImage marked(String step) throws IOException {
        Outcome outcome = run(step);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        Task named = new Task(1, "x", "/x", 0, 0, List.of(new Rendition("/out/x", "png")));
        return ImageIO.read(folder.resolve(named.temporaryName(0)).toFile());
    }

    private String mark(String name, String hash) {
        String path = Mark.File.of(folder.resolve(name).toUri().getRawPath()).path();
        return "watermark " + path + " northwest opacity=100 margin=0" + hash;
    }

    @Test
    void turnsTheMarkAsItsOrientationSays() throws IOException {
        // White on the left; to be turned right, so that white comes to lie above.
        BufferedImage image =
                image(32, 16, BufferedImage.TYPE_INT_RGB, (x, y) -> x < 16 ? 0xFFFFFF : 0x404040);
        byte[] exif = ExifBuilder.camera(ByteOrder.LITTLE_ENDIAN, 6, new byte[0]);
        byte[] header = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
        byte[] jpeg =
                Jpegs.withSegment(
                        Jpegs.encode(image, 0.95f, false), EXIF, Jpegs.join(header, exif));
        Files.write(folder.resolve("mark.jpg"), jpeg);

        BufferedImage marked = marked(mark("mark.jpg", ""));

        assertThat(marked.getRGB(8, 4) & 0xFF).isGreaterThan(250);
        assertThat(marked.getRGB(8, 28) & 0xFF).isCloseTo(0x40, within(4));
        assertThat(marked.getRGB(20, 4) & 0xFF).isZero();
    }

    @Test
    void appliesTheMarksProfile() throws IOException {
        BufferedImage image = image(32, 16, BufferedImage.TYPE_INT_RGB, (x, y) -> 0xC83232);
        byte[] header = "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII);
        byte[] jpeg =
                Jpegs.withSegment(
                        Jpegs.encode(image, 0.95f, false),
                        PROFILE,
                        Jpegs.join(header, MatrixProfile.adobeRgb()));
        Files.write(folder.resolve("mark.jpg"), jpeg);

        int color = marked(mark("mark.jpg", "")).getRGB(8, 8);

        // Adobe RGB (200, 50, 50) is light of 0.586, 0.028, 0.028, in sRGB's primaries 1.398 *
        // 0.586
        // - 0.398 * 0.028 = 0.808, 0.028 and 0.004 more or less than that; samples 231, 46, 46.
        assertThat(color >> 16 & 0xFF).isCloseTo(231, within(3));
        assertThat(color >> 8 & 0xFF).isCloseTo(46, within(4));
    }

    @Test
    void knowsTransparentAndGreyMarks() throws IOException {
        write(
                "half.png",
                image(8, 8, BufferedImage.TYPE_INT_ARGB, (x, y) -> x < 4 ? 0x80FFFFFF : 0xFF0000));
        write("grey.png", image(8, 8, BufferedImage.TYPE_BYTE_GRAY, (x, y) -> 0xFFFFFF));

        BufferedImage half = marked(mark("half.png", ""));
        assertThat(half.getRGB(1, 1) & 0xFFFFFF).isEqualTo(0x808080);
        assertThat(half.getRGB(6, 1) & 0xFFFFFF).isZero();
        assertThat(marked(mark("grey.png", "")).getRGB(1, 1) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    }

    @Test
    void keepsManyMarksApart() throws IOException {
        for (int i = 0; i < 25; i++) {
            int color = 10 * i;
            write(i + ".png", image(8, 8, BufferedImage.TYPE_INT_RGB, (x, y) -> color << 16));
        }
        for (int i = 0; i < 50; i++) {
            String two = mark(i % 25 + ".png", "") + " | " + mark((i + 1) % 25 + ".png", "");
            int color = marked(two.replaceFirst("northwest", "southeast")).getRGB(1, 1);
            assertThat(color >> 16 & 0xFF).isEqualTo((i + 1) % 25 * 10);
        }
    }

    @Test
    void showsManyMarksInRenditionsOfOnePicture() throws IOException {
        String[] steps = new String[2];
        for (int rendition = 0; rendition < 2; rendition++) {
            List<String> marks = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                int color = 20 * i + rendition;
                String name = rendition + "-" + i + ".png";
                write(name, image(8, 8, BufferedImage.TYPE_INT_RGB, (x, y) -> color));
                marks.add(mark(name, ""));
            }
            steps[rendition] = String.join(" | ", marks);
        }
        assertThat(run(steps)).isInstanceOf(Outcome.Done.class);
        for (int rendition = 0; rendition < 2; rendition++) {
            BufferedImage made = ImageIO.read(folder.resolve("1-" + rendition).toFile());
            assertThat(made.getRGB(1, 1) & 0xFF).isEqualTo(160 + rendition);
        }
    }

    @Test
    void failsWhenTheMarkIsMissingBrokenOrAnotherOne() throws IOException {
        write("mark.png", image(8, 8, BufferedImage.TYPE_INT_RGB, (x, y) -> 0xFFFFFF));
        Files.writeString(folder.resolve("text.png"), "no picture");

        assertFailed(run(mark("gone.png", "")), "gone.png cannot be read");
        assertFailed(run(mark("text.png", "")), "text.png: ");
        assertFailed(run(mark("mark.png", " hash=0123456789abcdef")), "has changed since");
        String hash = Mark.File.hash(Files.readAllBytes(folder.resolve("mark.png")));
        assertThat(run(mark("mark.png", " hash=" + hash))).isInstanceOf(Outcome.Done.class);
    }

    private static void assertFailed(Outcome outcome, String sentence) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> {
                            assertThat(failed.kind()).isEqualTo(FailureKind.READ);
                            assertThat(failed.sentence())
                                    .startsWith("the watermark ")
                                    .contains(sentence);
                        });
    }

    @Test
    void drawsText() throws IOException {
        assumeTrue(TextPainter.obstacle("H").isEmpty(), "no font is installed");

        BufferedImage marked =
                marked("watermark text='HHH' west size=20 color=red opacity=100 margin=3");

        // Letters without serifs begin with a stroke, at the margin, and are less than 20 high.
        int reds = 0;
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 60; x++) {
                int color = marked.getRGB(x, y) & 0xFFFFFF;
                assertThat(color & 0xFFFF).isZero();
                boolean inside = x >= 3 && y >= 10 && y < 30;
                assertThat(inside || color == 0).as("%d,%d", x, y).isTrue();
                reds += color == 0xFF0000 ? 1 : 0;
            }
        }
        assertThat(reds).isBetween(100, 600);
        assertThat(marked.getRGB(4, 20) >> 16 & 0xFF).isGreaterThan(200);
    }
}
