package imgpipe.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class UploaderTest {
    @TempDir private Path folder;
    private Path out;
    private Path temporary;
    private final List<UploadListener.Upload> published =
            Collections.synchronizedList(new ArrayList<>());
    private final List<String> failed = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void makeFolders() throws IOException {
        out = Files.createDirectory(folder.resolve("out"));
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    private Uploader uploader() throws IOException {
        return new Uploader(
                new FolderDestination(out),
                temporary,
                4,
                1,
                new ByteBudget(1 << 20),
                new UploadListener() {
                    @Override
                    public void publishing(Task task, List<Published> outputs) {}

                    @Override
                    public void published(List<Upload> batch) {
                        published.addAll(batch);
                    }

                    @Override
                    public void kept(Task task) {}

                    @Override
                    public void failed(Task task, IOException cause) {
                        failed.add(task.name() + ": " + cause.getMessage());
                    }
                });
    }

    private Task task(long id, String target) {
        return new Task(
                id,
                target,
                "/in/" + target,
                1,
                1,
                List.of(new Rendition(out.resolve(target).toUri().getRawPath(), "jpeg")));
    }

    private static Outcome.Done done(long id, long bytes) {
        return new Outcome.Done(id, List.of(new Written(bytes, 77, 1, 1)), 1, List.of());
    }

    @Test
    void movesWholeFilesToTheirFinalNames() throws IOException {
        try (Uploader uploader = uploader()) {
            for (int i = 0; i < 100; i++) {
                Files.writeString(temporary.resolve(i + "-0"), "picture " + i);
                uploader.publish(
                        task(i, "a/" + i % 7 + "/" + i + ".jpg"),
                        done(i, ("picture " + i).length()));
            }
        }
        assertThat(failed).isEmpty();
        assertThat(published).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(out.resolve("a/" + i % 7 + "/" + i + ".jpg")).hasContent("picture " + i);
        }
        assertThat(temporary).isEmptyDirectory();
        assertThat(published.getFirst().outputs().getFirst().crc32c()).isEqualTo(77);
    }

    @Test
    void replacesWhatIsThere() throws IOException {
        Files.writeString(out.resolve("a.jpg"), "old");
        Files.writeString(temporary.resolve("0-0"), "new");
        try (Uploader uploader = uploader()) {
            uploader.publish(task(0, "a.jpg"), done(0, 3));
        }
        assertThat(out.resolve("a.jpg")).hasContent("new");
    }

    @Test
    void publishesNothingThatIsNotWhole() throws IOException {
        Files.writeString(temporary.resolve("0-0"), "torn");
        try (Uploader uploader = uploader()) {
            uploader.publish(task(0, "a.jpg"), done(0, 5));
        }
        assertThat(published).isEmpty();
        assertThat(failed).singleElement().asString().contains("wrote 5 bytes, its file has 4");
        assertThat(out.resolve("a.jpg")).doesNotExist();
    }

    @Test
    void doesNotTakeTheOutputOfAnEarlierRunForOneThatIsGone() throws IOException {
        Files.writeString(out.resolve("a.jpg"), "old");
        try (Uploader uploader = uploader()) {
            uploader.publish(task(0, "a.jpg"), done(0, 3));
        }
        assertThat(published).isEmpty();
        assertThat(failed).hasSize(1);
    }

    @Test
    void followsNoLinkOutOfTheOutput() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(out.resolve("link"), elsewhere);
        Files.writeString(temporary.resolve("0-0"), "x");
        try (Uploader uploader = uploader()) {
            uploader.publish(task(0, "link/a.jpg"), done(0, 1));
        }
        assertThat(failed).singleElement().asString().contains("leads out of the output");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void makesNoFolderBehindALinkOutOfTheOutput() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(out.resolve("link"), elsewhere);
        Files.writeString(temporary.resolve("0-0"), "x");
        try (Uploader uploader = uploader()) {
            uploader.publish(task(0, "link/new/a.jpg"), done(0, 1));
        }
        assertThat(failed).singleElement().asString().contains("leads out of the output");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    @Timeout(20)
    void throwsOnCloseWhatItsListenerThrew() throws IOException {
        Uploader uploader =
                new Uploader(
                        new FolderDestination(out),
                        temporary,
                        2,
                        0,
                        new ByteBudget(1 << 20),
                        new UploadListener() {
                            @Override
                            public void publishing(Task task, List<Published> outputs) {}

                            @Override
                            public void published(List<Upload> batch) {
                                throw new IllegalStateException("a defect");
                            }

                            @Override
                            public void kept(Task task) {}

                            @Override
                            public void failed(Task task, IOException cause) {}
                        });
        // More than there is room for: whoever waits for some is told too.
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 50; i++) {
                                Files.writeString(temporary.resolve(i + "-0"), "x");
                                uploader.publish(task(i, i + ".jpg"), done(i, 1));
                            }
                            uploader.close();
                        })
                .hasMessage("a defect");
        assertThatThrownBy(() -> uploader.publish(task(50, "50.jpg"), done(50, 1)))
                .hasMessage("a defect");
        assertThatThrownBy(uploader::close).hasRootCauseMessage("a defect");
    }

    @Test
    @Timeout(60)
    void anErrorOfTheListenerEndsItToo() throws IOException {
        Uploader uploader =
                new Uploader(
                        new FolderDestination(out),
                        temporary,
                        2,
                        0,
                        new ByteBudget(1 << 20),
                        new UploadListener() {
                            @Override
                            public void publishing(Task task, List<Published> outputs) {
                                throw new StackOverflowError("a deep defect");
                            }

                            @Override
                            public void published(List<Upload> batch) {}

                            @Override
                            public void kept(Task task) {}

                            @Override
                            public void failed(Task task, IOException cause) {}
                        });
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 50; i++) {
                                Files.writeString(temporary.resolve(i + "-0"), "x");
                                uploader.publish(task(i, i + ".jpg"), done(i, 1));
                            }
                            uploader.close();
                        })
                .isInstanceOf(StackOverflowError.class);
        // In a try statement this is suppressed by the one above, which must not be itself.
        assertThatThrownBy(uploader::close)
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    @Timeout(20)
    void breaksOffWhatWaitsForANetworkWhenItIsAbandoned() throws Exception {
        CountDownLatch waiting = new CountDownLatch(2);
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        Uploader uploader =
                new Uploader(
                        new SilentDestination(waiting),
                        temporary,
                        2,
                        3,
                        new ByteBudget(1 << 20),
                        new UploadListener() {
                            @Override
                            public void publishing(Task task, List<Published> outputs) {}

                            @Override
                            public void published(List<Upload> batch) {
                                heard.add("published");
                            }

                            @Override
                            public void kept(Task task) {
                                heard.add("kept");
                            }

                            @Override
                            public void failed(Task task, IOException cause) {
                                heard.add("failed " + cause);
                            }
                        });
        for (int i = 0; i < 5; i++) {
            uploader.publish(task(i, i + ".jpg"), done(i, 1));
        }
        waiting.await();
        uploader.abandon();
        uploader.publish(task(5, "5.jpg"), done(5, 1));
        uploader.close();

        assertThat(heard).isEmpty();
    }

    /** Its network answers nothing. */
    private record SilentDestination(CountDownLatch waiting) implements Destination {
        @Override
        public Publication publication(
                Task task, Outcome.Done done, TemporaryOutputs outputs, UploadListener listener) {
            return () -> {
                waiting.countDown();
                new CountDownLatch(1).await();
                return List.of();
            };
        }

        @Override
        public List<UploadListener.Upload> settle(List<UploadListener.Upload> uploads) {
            return uploads;
        }

        @Override
        public List<UploadListener.Upload> finish() {
            return List.of();
        }

        @Override
        public boolean isInterruptible() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void replacesALinkInsteadOfWritingThroughIt() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Files.createSymbolicLink(out.resolve("a.jpg"), precious);
        Files.writeString(temporary.resolve("0-0"), "new");
        try (Uploader uploader = uploader()) {
            uploader.publish(task(0, "a.jpg"), done(0, 3));
        }
        assertThat(precious).hasContent("precious");
        assertThat(out.resolve("a.jpg")).hasContent("new").isRegularFile();
    }

    @Test
    void failsWhereAFolderHasTheName() throws IOException {
        Files.createDirectories(out.resolve("a.jpg/inside"));
        Files.writeString(temporary.resolve("0-0"), "x");
        try (Uploader uploader = uploader()) {
            uploader.publish(task(0, "a.jpg"), done(0, 1));
        }
        assertThat(failed).hasSize(1);
        assertThat(out.resolve("a.jpg/inside")).isDirectory();
    }
}
