package imgpipe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.codec.Codecs;
import imgpipe.codec.Fixture;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureFacts;
import imgpipe.codec.ffm.TurboJpegCodec;
import imgpipe.image.ImageFormat;
import imgpipe.image.Size;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
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

    /**
     * A picture with something to see in it: a gradient and a red disc in the upper left corner.
     */
    private Path picture(String name, int width, int height, int type) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D pen = image.createGraphics();
        if (!image.getColorModel().hasAlpha()) {
            pen.setPaint(new GradientPaint(0, 0, Color.DARK_GRAY, width, height, Color.CYAN));
            pen.fillRect(0, 0, width, height);
        }
        pen.setPaint(Color.RED);
        pen.fillOval(0, 0, width / 3, height / 3);
        pen.dispose();
        File file = folder.resolve(name).toFile();
        assertThat(ImageIO.write(image, name.substring(name.indexOf('.') + 1), file)).isTrue();
        return file.toPath();
    }

    private static Task task(Path source, String... recipes) throws IOException {
        List<Rendition> renditions =
                Stream.of(recipes).map(recipe -> new Rendition("/out/x", recipe)).toList();
        return new Task(
                7,
                "x.jpg",
                source.toUri().getRawPath(),
                Files.size(source),
                Files.getLastModifiedTime(source).to(TimeUnit.NANOSECONDS),
                renditions);
    }

    private Outcome run(Path source, Limits limits, String... recipes) throws IOException {
        return engine.run(task(source, recipes), limits, out);
    }

    private Outcome.Done done(Path source, String... recipes) throws IOException {
        Outcome outcome = run(source, Limits.DEFAULT, recipes);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    private long crc(Path source, String recipe) throws IOException {
        return done(source, recipe).written().getFirst().crc32c();
    }

    private static void assertFailed(Outcome outcome, FailureKind kind, String part) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> {
                            assertThat(failed.kind()).as(failed.sentence()).isEqualTo(kind);
                            assertThat(failed.sentence()).contains(part);
                            assertThat(failed.task()).isEqualTo(7);
                        });
    }

    @Test
    void makesEveryRenditionFromOneSource() throws IOException {
        Path source = picture("a.jpg", 1200, 900, BufferedImage.TYPE_INT_RGB);

        Outcome.Done done =
                done(
                        source,
                        "resize 600x600 | jpeg q=90",
                        "resize 100x100^ | png",
                        "webp",
                        "flatten | bmp");

        int[][] sizes = {{600, 450}, {100, 100}, {1200, 900}, {1200, 900}};
        for (int i = 0; i < sizes.length; i++) {
            Written written = done.written().get(i);
            assertThat(new int[] {written.width(), written.height()}).isEqualTo(sizes[i]);
            byte[] bytes = Files.readAllBytes(out.resolve("7-" + i));
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            assertThat(written.bytes()).isEqualTo(bytes.length);
            assertThat(written.crc32c()).isEqualTo(crc.getValue());
        }
        assertThat(done.pixels()).isEqualTo(1200 * 900);
        BufferedImage small = ImageIO.read(out.resolve("7-0").toFile());
        assertThat(new Color(small.getRGB(100, 75)))
                .satisfies(
                        color -> {
                            assertThat(color.getRed()).isGreaterThan(200);
                            assertThat(color.getGreen()).isLessThan(60);
                        });
    }

    @Test
    void decodesAndWritesNothingWhereNothingIsToBeMade() throws IOException {
        Path source = picture("a.png", 1200, 900, BufferedImage.TYPE_INT_RGB);

        assertThat(done(source).pixels()).isEqualTo(1200 * 900);
        assertThat(done(source).written()).isEmpty();

        byte[] bytes = Files.readAllBytes(source);
        bytes[bytes.length - 40] ^= 1;
        Files.write(source, bytes);
        assertThat(run(source, Limits.DEFAULT)).isInstanceOf(Outcome.Failed.class);
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).isEmpty();
        }
    }

    /** From 1600 to 600: half the samples are 1.33 times as many as wanted, and 2 takes all. */
    @Test
    void decodesMoreForTheBestResultWhereThatIsLarger() throws IOException {
        assumeTrue(TurboJpegCodec.load().isPresent(), "without libjpeg-turbo all is decoded");
        Path source = picture("a.jpg", 1600, 1200, BufferedImage.TYPE_INT_RGB);

        assertThat(crc(source, "resize 600x600 best | bmp"))
                .isNotEqualTo(crc(source, "resize 600x600 | bmp"));
        assertThat(crc(source, "resize 799x799 best | bmp"))
                .isEqualTo(crc(source, "resize 799x799 | bmp"));
    }

    @Test
    void laysTransparentPicturesOnWhiteForJpeg() throws IOException {
        Path source = picture("a.png", 90, 90, BufferedImage.TYPE_INT_ARGB);
        done(
                source,
                "resize 60x60 | jpeg q=100 chroma=444",
                "resize 60x60 | flatten blue | jpeg q=100 chroma=444");
        assertNear(ImageIO.read(out.resolve("7-0").toFile()).getRGB(50, 50), Color.WHITE);
        assertNear(ImageIO.read(out.resolve("7-1").toFile()).getRGB(50, 50), Color.BLUE);
        assertNear(ImageIO.read(out.resolve("7-1").toFile()).getRGB(10, 10), Color.RED);
    }

    private static void assertNear(int rgb, Color expected) {
        Color color = new Color(rgb);
        int[] difference = {
            color.getRed() - expected.getRed(),
            color.getGreen() - expected.getGreen(),
            color.getBlue() - expected.getBlue()
        };
        assertThat(Arrays.stream(difference).map(Math::abs).max().orElseThrow())
                .as("%s is not %s", color, expected)
                .isLessThanOrEqualTo(4);
    }

    @Test
    void keepsTransparencyWherePngHasIt() throws IOException {
        done(picture("a.png", 90, 90, BufferedImage.TYPE_INT_ARGB), "resize 60x60 | png");
        BufferedImage small = ImageIO.read(out.resolve("7-0").toFile());
        assertThat(small.getRGB(50, 50) >>> 24).isZero();
        assertThat(small.getRGB(10, 10)).isEqualTo(Color.RED.getRGB());
    }

    @Test
    void lowersTheQualityUntilTheFileFits() throws IOException {
        Path source = noise(400, 300);
        long whole = done(source, "jpeg q=95").written().getFirst().bytes();
        long half = done(source, "jpeg q=95 max=" + whole / 2).written().getFirst().bytes();
        assertThat(half).isBetween(whole / 4, whole / 2);
        assertFailed(
                run(source, Limits.DEFAULT, "jpeg q=95 max=500"), FailureKind.LIMIT, "quality 20");
        assertFailed(
                run(source, Limits.DEFAULT, "png max=500"),
                FailureKind.LIMIT,
                "as png it is still larger");
    }

    private Path noise(int width, int height) throws IOException {
        Random random = new Random(4);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, random.nextInt(1 << 24));
        }
        File file = folder.resolve("noise.png").toFile();
        ImageIO.write(image, "png", file);
        return file.toPath();
    }

    @Test
    void refusesWhatIsLargerThanALimit() throws IOException {
        Path source = picture("a.png", 300, 200, BufferedImage.TYPE_INT_RGB);
        assertFailed(
                run(source, new Limits(59_999, 1, 1 << 20, false, true), "png"),
                FailureKind.LIMIT,
                "300x200 pixels, 0.1 million; --max-pixels");
        assertFailed(
                run(source, new Limits(60_000, 1, 100, false, true), "png"),
                FailureKind.LIMIT,
                "--max-file allows 100");
        assertThat(run(source, new Limits(60_000, 1, 1 << 20, false, true), "png"))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void refusesResultsThatAreLargerThanALimit() throws IOException {
        Path source = picture("a.png", 300, 200, BufferedImage.TYPE_INT_RGB);
        Limits limits = new Limits(90_000, 100, 1 << 20, false, true);
        for (String recipe :
                List.of(
                        "pad 301x300 | png",
                        "orient | resize 310x310 pad | png",
                        "resize 200% enlarge | resize 10x10 | png",
                        "crop 200x200 | resize 301x301^ enlarge | png",
                        "rotate 45 | png")) {
            assertFailed(run(source, limits, recipe), FailureKind.LIMIT, "--max-pixels allows 0.1");
        }
        assertThat(run(source, limits, "pad 1:1 | rotate 90 | trim | crop 9999x9999 | png"))
                .isInstanceOf(Outcome.Done.class);
        assertFailed(
                run(source, Limits.DEFAULT, "resize 60000x60000 enlarge | png"),
                FailureKind.LIMIT,
                "the recipe would make 60000x40000 pixels of it, 2400.0 million");
        assertFailed(run(source, limits, "pad 9999:1 | png"), FailureKind.UNFIT, "no side may be");

        Path walk = fixture("walk.gif");
        assertFailed(
                run(walk, limits, "resize 208x156 enlarge | gif"),
                FailureKind.LIMIT,
                "208x156 pixels of it in 3 frames");
        assertThat(run(walk, limits, "resize 208x156 enlarge | png"))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void comparesLimitsWithThePageThatIsDecoded() throws IOException {
        // 12x8, 10x20 and 5x5 pixels; the second lies on its side.
        Path pages = fixture("pages.tif");
        Limits second = new Limits(199, 1, 1 << 20, false, true, 2, Limits.ALL_FRAMES);
        assertFailed(run(pages, second, "png"), FailureKind.LIMIT, "10x20 pixels");
        Limits third = new Limits(25, 1, 1 << 20, false, true, 3, Limits.ALL_FRAMES);
        assertThat(run(pages, third, "png")).isInstanceOf(Outcome.Done.class);
        Limits fourth = new Limits(25, 1, 1 << 20, false, true, 4, Limits.ALL_FRAMES);
        assertFailed(run(pages, fourth, "png"), FailureKind.UNSUPPORTED, "it has 3 pages");

        Limits whole = new Limits(200, 1, 1 << 20, false, true, 2, Limits.ALL_FRAMES);
        Outcome.Done done = (Outcome.Done) run(pages, whole, "orient | png");
        assertThat(done.written().getFirst().width()).isEqualTo(20);
        assertThat(done.written().getFirst().height()).isEqualTo(10);
    }

    @Test
    void comparesLimitsWithTheFramesThatAreDecoded() throws IOException {
        // Three frames of 16x12 pixels.
        Path walk = fixture("walk.gif");
        assertFailed(
                run(walk, new Limits(383, 9, 1 << 20, false, true, 1, 2), "gif"),
                FailureKind.LIMIT,
                "16x12 pixels in 2 frames");
        Limits two = new Limits(384, 2, 1 << 20, false, true, 1, 2);
        assertThat(((Outcome.Done) run(walk, two, "gif")).pixels()).isEqualTo(384);
        assertThat(frames()).isEqualTo(2);
        Limits one = new Limits(192, 1, 1 << 20, false, true, 1, 1);
        assertThat(run(walk, one, "gif")).isInstanceOf(Outcome.Done.class);
        assertThat(frames()).isEqualTo(1);
        assertThat(run(walk, Limits.DEFAULT, "gif")).isInstanceOf(Outcome.Done.class);
        assertThat(frames()).isEqualTo(3);
    }

    @Test
    void keepsAnimationsBetweenGifAndWebp() throws IOException, PictureException {
        try (Codecs codecs = Codecs.ofThisMachine()) {
            assumeTrue(
                    codecs.writer(ImageFormat.WEBP).animates(ImageFormat.WEBP),
                    "libwebpdemux or libwebpmux is not here; run scripts/fetch-native-codecs");
            for (String source : List.of("walk.gif", "walk.webp")) {
                for (String target : List.of("gif", "webp lossless")) {
                    Outcome.Done done = done(fixture(source), "resize 8x6 box | " + target);
                    assertThat(done.warnings()).isEmpty();
                    assertThat(done.pixels()).isEqualTo(3 * 16 * 12);
                    byte[] written = Files.readAllBytes(out.resolve("7-0"));
                    PictureFacts facts = codecs.facts(MemorySegment.ofArray(written));
                    assertThat(facts.header().format())
                            .isEqualTo(ImageFormat.ofName(target.split(" ")[0]).orElseThrow());
                    assertThat(facts.frames()).isEqualTo(3);
                    // Both were made to be shown four times in all.
                    assertThat(facts.loops()).isEqualTo(4);
                    assertThat(facts.header().size()).isEqualTo(new Size(8, 6));
                }
            }
        }
    }

    private int frames() throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(out.resolve("7-0").toFile())) {
            reader.setInput(in);
            return reader.getNumImages(true);
        } finally {
            reader.dispose();
        }
    }

    private Path fixture(String name) throws IOException {
        return Files.write(
                folder.resolve(name), Fixture.frames(name).toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void saysWhatIsNoPicture() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jpg"), "Dear Sir or Madam,\n");
        assertFailed(
                run(text, Limits.DEFAULT, "jpeg"),
                FailureKind.NOT_A_PICTURE,
                "does not begin like");
        Path empty = Files.createFile(folder.resolve("empty.jpg"));
        assertFailed(run(empty, Limits.DEFAULT, "jpeg"), FailureKind.NOT_A_PICTURE, "empty");
    }

    @Test
    void failsOnATruncatedPictureUnlessLenient() throws IOException {
        byte[] whole = Files.readAllBytes(picture("a.jpg", 400, 400, BufferedImage.TYPE_INT_RGB));
        Path cut = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
        assertFailed(run(cut, Limits.DEFAULT, "jpeg"), FailureKind.TRUNCATED, "ends before");
        Outcome lenient = run(cut, new Limits(1 << 20, 1, 1 << 20, true, true), "jpeg");
        assertThat(lenient)
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.warnings()).isNotEmpty());
    }

    @Test
    void noticesThatTheSourceIsNotTheOneListed() throws IOException {
        Path source = picture("a.png", 30, 20, BufferedImage.TYPE_INT_RGB);
        Task listed = task(source, "png");
        Files.write(source, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
        assertFailed(
                engine.run(listed, Limits.DEFAULT, out),
                FailureKind.CHANGED,
                "changed after it was listed");
    }

    @Test
    void saysWhenItCannotReadOrWrite() throws IOException {
        Path source = picture("a.png", 30, 20, BufferedImage.TYPE_INT_RGB);
        Task task = task(source, "png");
        assertFailed(
                engine.run(task, Limits.DEFAULT, folder.resolve("nowhere")),
                FailureKind.WRITE,
                "cannot be written");
        Files.delete(source);
        assertFailed(engine.run(task, Limits.DEFAULT, out), FailureKind.READ, "cannot be read");
    }

    @Test
    void needsNoMoreMemoryForManyRenditionsThanForTheLargest() throws IOException {
        for (String name : List.of("a.jpg", "a.png")) {
            Path source = picture(name, 1600, 1200, BufferedImage.TYPE_INT_RGB);
            String large = "resize 1500x1500 | blur 2 | sharpen | png";
            long one;
            try (Engine alone = Engine.create()) {
                alone.run(task(source, large), Limits.DEFAULT, out);
                one = alone.capacity();
            }
            String[] nine = new String[9];
            for (int i = 0; i < nine.length; i++) {
                nine[i] = large.replace("1500x1500", (1500 - 40 * i) + "x" + (1500 - 40 * i));
            }
            try (Engine together = Engine.create()) {
                together.run(task(source, nine), Limits.DEFAULT, out);
                assertThat(together.capacity()).isLessThan(one * 5 / 4);
                for (int i = 0; i < 3; i++) {
                    together.run(task(source, nine), Limits.DEFAULT, out);
                    assertThat(together.capacity()).isLessThan(one * 5 / 4);
                }
            }
        }
    }

    @Test
    void makesTheSameOfARenditionAmongOthers() throws IOException {
        Path source = picture("a.jpg", 1600, 1200, BufferedImage.TYPE_INT_RGB);
        String[] recipes = {
            "resize 100x100 | png",
            "resize 800x800 | webp",
            "rotate 90 | jpeg",
            "resize 50x50 | blur 2 | png",
            "jpeg q=70",
            "rotate 180 | jpeg metadata=all",
            "resize 400x400 | png"
        };
        done(source, recipes);
        List<byte[]> together = new ArrayList<>();
        for (int i = 0; i < recipes.length; i++) {
            together.add(Files.readAllBytes(out.resolve("7-" + i)));
        }
        done(source, Stream.concat(Stream.of(recipes), Stream.of(recipes)).toArray(String[]::new));
        for (int i = 0; i < recipes.length; i++) {
            assertThat(Files.readAllBytes(out.resolve("7-" + i))).isEqualTo(together.get(i));
            assertThat(Files.readAllBytes(out.resolve("7-" + (i + recipes.length))))
                    .isEqualTo(together.get(i));
        }
        // These are not decoded, or decoded at their size, whatever else is asked for.
        for (int i : new int[] {2, 5}) {
            done(source, recipes[i]);
            assertThat(Files.readAllBytes(out.resolve("7-0"))).isEqualTo(together.get(i));
        }
    }

    @Test
    void choosesTheDecoderByContentNotByName() throws IOException {
        Path png = picture("a.png", 30, 20, BufferedImage.TYPE_INT_RGB);
        Path lying = Files.move(png, folder.resolve("lying.jpg"));
        assertThat(done(lying, "jpeg").written().getFirst().width()).isEqualTo(30);
    }

    @Test
    void goesOnAfterEveryFailure() throws IOException {
        Path good = picture("good.jpg", 200, 100, BufferedImage.TYPE_INT_RGB);
        byte[] whole = Files.readAllBytes(good);
        done(good, "resize 50x50 | jpeg");
        byte[] first = Files.readAllBytes(out.resolve("7-0"));
        for (int cut = 0; cut < whole.length; cut += 97) {
            Path bad = Files.write(folder.resolve("bad.jpg"), Arrays.copyOf(whole, cut));
            assertThat(run(bad, Limits.DEFAULT, "resize 50x50 | jpeg"))
                    .isInstanceOf(Outcome.Failed.class);
        }
        done(good, "resize 50x50 | jpeg");
        assertThat(Files.readAllBytes(out.resolve("7-0"))).isEqualTo(first);
    }
}
