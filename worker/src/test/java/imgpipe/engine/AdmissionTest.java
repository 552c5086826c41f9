package imgpipe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.codec.JpegTransformer;
import imgpipe.shard.Answer;
import imgpipe.shard.Deferred;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Footprint;
import imgpipe.shard.Limits;
import imgpipe.shard.MemoryBudget;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture of 2000x2000: four million pixels, in planes of a byte each. */
class AdmissionTest {
    private static final int SIDE = 2000;
    private static final Footprint MUCH = new Footprint(200_000_000, 200_000_000);

    @TempDir private Path folder;
    private final Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
    }

    private Answer answer(String format, Footprint own, Footprint alone, String... recipes)
            throws IOException {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        File file = folder.resolve("in." + format).toFile();
        assertThat(ImageIO.write(picture, format, file)).isTrue();
        Path out = folder.resolve("out");
        if (!Files.exists(out)) {
            Files.createDirectory(out);
        }
        Task task =
                new Task(
                        7,
                        "in",
                        file.toURI().getRawPath(),
                        file.length(),
                        Files.getLastModifiedTime(file.toPath()).to(TimeUnit.NANOSECONDS),
                        Stream.of(recipes).map(text -> new Rendition("/x", text)).toList());
        return engine.run(task, Limits.DEFAULT, out, new MemoryBudget(own, alone));
    }

    private static Footprint beside(long offHeap) {
        return new Footprint(MUCH.heap(), offHeap);
    }

    @Test
    void letsInWhatFits() throws IOException {
        assertThat(answer("png", beside(100_000_000), MUCH, "resize 100x100 | png"))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void putsOffWhatFitsOnlyAloneAndWritesNothing() throws IOException {
        // Three planes, and the rows that they are made of: 24 MB at the least.
        assertThat(answer("png", beside(20_000_000), MUCH, "resize 100x100 | png"))
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> {
                            assertThat(deferred.task()).isEqualTo(7);
                            assertThat(deferred.need().offHeap())
                                    .isBetween(24_000_000L, MUCH.offHeap());
                        });
        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @Test
    void refusesWhatFitsNowhereWithTheFigures() throws IOException {
        Footprint little = beside(20_000_000);
        assertThat(answer("png", little, little, "resize 100x100 | png"))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> {
                            assertThat(failed.kind()).isEqualTo(FailureKind.MEMORY);
                            assertThat(failed.sentence())
                                    .contains("alone has 200 MB of Java heap and 20 MB beside it")
                                    .contains("--worker-memory");
                        });
    }

    @Test
    void countsTheHeapThatOtherFormatsAreDecodedIn() throws IOException {
        Footprint smallHeap = new Footprint(40_000_000, MUCH.offHeap());
        assertThat(answer("bmp", smallHeap, MUCH, "resize 100x100 | png"))
                .isInstanceOf(Deferred.class);
        assertThat(answer("png", smallHeap, MUCH, "resize 100x100 | png"))
                .isInstanceOf(Outcome.Done.class);
    }

    /** Nine million pixels of 16 bytes each beside what the picture itself takes, some 56 MB. */
    @Test
    void countsResultsThatAreLargerThanThePicture() throws IOException {
        Footprint own = beside(150_000_000);
        Footprint alone = beside(300_000_000);
        assertThat(answer("png", own, alone, "resize 3000x3000 enlarge | png"))
                .isInstanceOf(Deferred.class);
        assertThat(answer("png", own, alone, "resize 1500x1500 | png"))
                .isInstanceOf(Outcome.Done.class);
    }

    /** Without anything to make, every pixel is decoded to see whether that can be done. */
    @Test
    void aJpegTakesLessWhereItIsDecodedSmaller() throws IOException {
        assumeTrue(JpegTransformer.ofThisMachine().isPresent(), "libjpeg-turbo is not here");
        Footprint little = beside(13_000_000);
        assertThat(answer("jpg", little, MUCH, "resize 100x100 | jpeg"))
                .isInstanceOf(Outcome.Done.class);
        assertThat(answer("jpg", little, MUCH)).isInstanceOf(Deferred.class);
        assertThat(answer("jpg", MUCH, MUCH))
                .isEqualTo(new Outcome.Done(7, List.of(), (long) SIDE * SIDE, List.of()));
    }
}
