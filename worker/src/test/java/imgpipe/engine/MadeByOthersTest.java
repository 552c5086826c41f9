package imgpipe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orientation and metadata of files that Pillow and exiftool wrote. */
class MadeByOthersTest {
    private static final List<String> KINDS = List.of("jpg", "png", "tif", "webp");

    @TempDir private Path folder;
    private final Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
    }

    private Path run(Path source, String recipe) throws IOException {
        Task task =
                new Task(
                        7,
                        source.getFileName().toString(),
                        source.toUri().getRawPath(),
                        Files.size(source),
                        Files.getLastModifiedTime(source).to(TimeUnit.NANOSECONDS),
                        List.of(new Rendition("/out/x", recipe)));
        assertThat(engine.run(task, Limits.DEFAULT, folder)).isInstanceOf(Outcome.Done.class);
        return folder.resolve("7-0");
    }

    /**
     * Lossless files differ by the rounding of sums that are added up in another order. Those of
     * JPEG hold other blocks each; quality 97 leaves errors of a few levels. They are made large
     * enough to be decoded whole: at a fraction, the samples at the border mix in what pads the
     * last block, which lies at another side in each file.
     */
    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "tif", "webp"})
    void eightOrientationsComeOutAlike(String kind) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        boolean lossy = kind.equals("jpg");
        int bound = lossy ? 12 : 1;
        int least = lossy ? 13 : 3;
        for (int round = 0; round < 5; round++) {
            String box = (least + random.nextInt(15)) + "x" + (least + random.nextInt(15));
            String fit = List.of("inside", "cover", "pad", "fill").get(random.nextInt(4));
            String where = List.of("centre", "northwest", "east").get(random.nextInt(3));
            String resize = "orient | resize " + box + " " + fit + " " + where + " | png";
            BufferedImage first = null;
            for (int number = 1; number <= 8; number++) {
                Path source = SeenPictures.path("turned-" + number + "." + kind);
                BufferedImage made = ImageIO.read(run(source, resize).toFile());
                first = first == null ? made : first;
                assertThat(difference(first, made))
                        .as("seed %d, %s, orientation %d", seed, resize, number)
                        .isLessThanOrEqualTo(bound);
            }
        }
    }

    private static int difference(BufferedImage a, BufferedImage b) {
        assertThat(b.getWidth()).isEqualTo(a.getWidth());
        assertThat(b.getHeight()).isEqualTo(a.getHeight());
        int most = 0;
        for (int i = 0; i < a.getWidth() * a.getHeight(); i++) {
            int one = a.getRGB(i % a.getWidth(), i / a.getWidth());
            int two = b.getRGB(i % a.getWidth(), i / a.getWidth());
            for (int shift = 0; shift < 24; shift += 8) {
                most = Math.max(most, Math.abs((one >> shift & 0xFF) - (two >> shift & 0xFF)));
            }
        }
        return most;
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "tiff", "webp"})
    void theOrientationThatIsKeptIsUpright(String format) throws Exception {
        for (String kind : KINDS) {
            Path source = SeenPictures.path("turned-6." + kind);
            Path made = run(source, "orient | resize 9x12 | " + format + " metadata=all");
            Metadata metadata = ImageMetadataReader.readMetadata(made.toFile());
            ExifIFD0Directory main = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            assertThat(main.getInteger(ExifDirectoryBase.TAG_ORIENTATION)).as(kind).isEqualTo(1);
        }
    }

    /** exiftool 12.57 listed the same tags in the same outputs. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "copyright", "safe", "all"})
    void everyPolicyKeepsWhatItPromises(String policy) throws Exception {
        for (String kind : KINDS) {
            for (String format : List.of("jpeg", "png", "tiff", "webp")) {
                Path source = SeenPictures.path("everything." + kind);
                String recipe = "orient | resize 9x12 | color srgb | " + format;
                Path made = run(source, recipe + " metadata=" + policy);
                boolean iptc =
                        List.of("jpg", "tif").contains(kind)
                                && List.of("jpeg", "tiff").contains(format);
                assertThat(marks(made))
                        .as("%s to %s, %s", kind, format, policy)
                        .containsExactlyElementsOf(expected(policy, iptc));
            }
        }
    }

    private static List<String> expected(String policy, boolean iptc) {
        List<String> marks = new ArrayList<>();
        if (!policy.equals("none")) {
            add(marks, "KEEP", "artist copyright creator rights terms", iptc, "byline notice");
        }
        if (policy.equals("safe") || policy.equals("all")) {
            add(marks, "OTHER", "comment description history make title", iptc, "caption");
        }
        if (policy.equals("all")) {
            add(marks, "PLACE", "city datum location shown", iptc, "iptc");
        }
        Collections.sort(marks);
        return marks;
    }

    private static void add(
            List<String> marks, String kind, String names, boolean iptc, String more) {
        Stream.of((iptc ? names + " " + more : names).split(" "))
                .forEach(name -> marks.add(kind + name));
    }

    /** Those of all marks that stand anywhere in the file. */
    private static List<String> marks(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain("NOWHERE");
        return expected("all", true).stream().filter(text::contains).toList();
    }
}
