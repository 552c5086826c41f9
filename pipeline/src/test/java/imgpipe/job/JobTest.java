package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.net.PictureServer;
import imgpipe.operation.RecipeException;
import imgpipe.operation.RecipeParser;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.transfer.store.TransferSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JobTest {
    @TempDir private Path folder;

    @Test
    void stopsWhereThereIsNoRoomForThePlan() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        Files.createFile(in.resolve("a.jpg"));
        Path out = folder.resolve("out");
        JobSpec spec = spec(in, out);
        // Thrown where the list of tasks is written, whose disk a test cannot fill.
        JobListener full =
                new JobListener() {
                    @Override
                    public void scanning(long found, long bytes) {
                        throw new UncheckedIOException(new IOException("No space left on device"));
                    }
                };

        JobSummary summary = new Job(spec, full).run();

        assertThat(summary.stop()).contains(Stop.DISK_FULL);
        assertThat(summary.notStarted()).isEqualTo(1);
    }

    @Test
    void theLedgerHoldsWhatWasReadOfAPictureThatChangedAfterTheListing() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        Path picture = in.resolve("a.jpg");
        write(picture, 20);
        Path out = folder.resolve("out");
        JobListener changer =
                new JobListener() {
                    @Override
                    public void planned(long tasks, long bytes, long skipped) {
                        write(picture, 200);
                    }
                };

        JobSummary summary = new Job(spec(in, out), changer).run();

        assertThat(summary.done()).isEqualTo(1);
        assertThat(summary.retries()).isEqualTo(1);
        assertThat(summary.bytesIn()).isEqualTo(Files.size(picture));
        assertThat(ImageIO.read(out.resolve("a.jpg").toFile()).getWidth()).isEqualTo(200);
        // So it is up to date.
        assertThat(new Job(spec(in, out), new JobListener() {}).run().skipped()).isEqualTo(1);
    }

    private static void write(Path file, int width) {
        try {
            ImageIO.write(
                    new BufferedImage(width, 10, BufferedImage.TYPE_INT_RGB),
                    "jpeg",
                    file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A bucket whose policy denies one folder: of what is tried again there nothing is listed that
     * it has taken.
     */
    @Test
    @Timeout(60)
    void doesNotTakeAnOutputThatTookOthersBeforeForOneThatTakesNothing() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        write(in.resolve("a.jpg"), 20);
        Path out = folder.resolve("out");
        Path bucket = Files.createDirectory(folder.resolve("bucket"));
        try (PictureServer server = new PictureServer(bucket)) {
            server.answer("/private/", exchange -> exchange.sendResponseHeaders(403, -1));
            JobSpec spec = spec(new Input.Folder(in), out, server.address());

            assertThat(new Job(spec, new JobListener() {}).run().done()).isEqualTo(1);
            assertThat(bucket.resolve("a.jpg")).exists();

            Path denied = Files.createDirectory(in.resolve("private"));
            write(denied.resolve("b.jpg"), 20);
            write(denied.resolve("c.jpg"), 20);

            JobSummary first = new Job(spec, new JobListener() {}).run();

            assertThat(first.stop()).as("%s", first).isEmpty();
            assertThat(first.failed()).isEqualTo(2);

            JobSpec retry =
                    spec.retrying(
                            new Input.Unfinished(
                                    in.toRealPath(),
                                    Job.ledgerFile(spec.jobFolder()),
                                    Set.of(),
                                    null));

            JobSummary again = new Job(retry, new JobListener() {}).run();

            assertThat(again.stop()).as("%s", again).isEmpty();
            assertThat(again.failed()).isEqualTo(2);
            assertThat(again.notStarted()).isZero();
        }
    }

    static JobSpec spec(Path in, Path out) throws RecipeException {
        return spec(new Input.Folder(in), out, null);
    }

    static JobSpec spec(Input in, Path out, @Nullable String address) throws RecipeException {
        return new JobSpec(
                "convert",
                List.of("convert", "--to=jpeg", "--"),
                in,
                out,
                address,
                0,
                List.of(RenditionSpec.of(RecipeParser.parse("jpeg"))),
                NameTemplate.MIRROR,
                Overwrite.CHANGED,
                false,
                false,
                false,
                Limits.DEFAULT,
                EngineKind.THREADS,
                1,
                new TransferSettings(1, 1, 0, Duration.ofMinutes(1), true, Set.of(), null, false),
                1 << 20,
                Duration.ofSeconds(1),
                0,
                true,
                Bounds.NONE,
                out.resolve(".imgpipe"),
                null);
    }

    @Test
    @Timeout(60)
    void tellsOfAStandstillThenStopsAndGivesUpOnWhatDoesNotEnd() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        write(in.resolve("a.jpg"), 20);
        Path out = folder.resolve("out");
        CountDownLatch stuck = new CountDownLatch(1);
        List<String> warnings = new CopyOnWriteArrayList<>();
        AtomicReference<JobSummary> given = new AtomicReference<>();
        JobListener listener =
                new JobListener() {
                    @Override
                    public void recorded(Task task, Outcome outcome, long bytesOut) {
                        // As a terminal does that takes no more text.
                        boolean waiting = true;
                        while (waiting) {
                            try {
                                stuck.await();
                                waiting = false;
                            } catch (InterruptedException e) {
                                // Nothing ends this.
                            }
                        }
                    }

                    @Override
                    public void warning(String sentence) {
                        warnings.add(sentence);
                    }

                    @Override
                    public void stuck(JobSummary summary) {
                        given.set(summary);
                        stuck.countDown();
                    }
                };

        new Job(spec(in, out), listener, Duration.ofMillis(500)).run();

        JobSummary sums = Objects.requireNonNull(given.get());
        assertThat(sums.stop()).contains(Stop.STALLED);
        assertThat(sums.done()).isEqualTo(1);
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("nothing has moved for 0 s; ")
                .endsWith("stall.txt");
        assertThat(out.resolve(".imgpipe/stall.txt"))
                .content()
                .startsWith(ProcessHandle.current().pid() + "\n")
                .contains("\"uploader-report\" WAITING", "CountDownLatch.await")
                .contains("found=1");
    }
}
