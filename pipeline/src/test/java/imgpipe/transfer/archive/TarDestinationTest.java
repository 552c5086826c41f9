package imgpipe.transfer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import imgpipe.transfer.ByteBudget;
import imgpipe.transfer.Published;
import imgpipe.transfer.UploadListener;
import imgpipe.transfer.Uploader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TarDestinationTest {
    private static final String ROOT = "/out/";

    @TempDir private Path folder;
    private Path out = Path.of("out");
    private Path temporary = Path.of("tmp");
    private final Heard heard = new Heard();

    private final class Heard implements UploadListener {
        private final Set<Long> announced = Collections.synchronizedSet(new TreeSet<>());
        private final List<Long> published = new ArrayList<>();
        private final List<Long> failed = new ArrayList<>();
        private final List<Integer> batches = new ArrayList<>();
        private boolean defective;

        @Override
        public void publishing(Task task, List<Published> outputs) {
            announced.add(task.id());
        }

        @Override
        public void published(List<Upload> batch) {
            if (defective) {
                throw new IllegalStateException("as asked for");
            }
            batches.add(batch.size());
            // What is told to be published is there, whole, at once.
            Set<String> there = members();
            for (Upload upload : batch) {
                published.add(upload.task().id());
                for (Published output : upload.outputs()) {
                    assertThat(there)
                            .contains(
                                    output.target().substring(ROOT.length())
                                            + " "
                                            + output.bytes());
                }
            }
        }

        @Override
        public void kept(Task task) {
            failed.add(task.id());
        }

        @Override
        public void failed(Task task, IOException cause) {
            failed.add(task.id());
        }
    }

    @BeforeEach
    void makeFolders() throws IOException {
        out = Files.createDirectory(folder.resolve("out"));
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    private Set<String> members() {
        Set<String> members = new TreeSet<>();
        try {
            TarShards.members(out, (tar, name, bytes) -> members.add(name + " " + bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return members;
    }

    private Uploader uploader(int samples) throws IOException {
        return new Uploader(
                new TarDestination(out, ROOT, temporary, samples),
                temporary,
                4,
                1,
                new ByteBudget(1 << 20),
                heard);
    }

    private void publish(Uploader uploader, long id, boolean whole, String... targets)
            throws IOException {
        List<Rendition> renditions = new ArrayList<>();
        List<Written> written = new ArrayList<>();
        for (String target : targets) {
            renditions.add(new Rendition(ROOT + target, "jpeg"));
            written.add(new Written(10 + id, 0, 4, 3));
        }
        Task task = new Task(id, "p" + id + ".png", "/in/p", 5, 0, renditions);
        for (int i = 0; i < targets.length; i++) {
            Files.write(
                    temporary.resolve(task.temporaryName(i)),
                    new byte[(int) (whole ? 10 + id : id)]);
        }
        uploader.publish(task, new Outcome.Done(id, written, 12, List.of()));
    }

    @Test
    void settlesOutputsWithTheirTar() throws Exception {
        try (Uploader uploader = uploader(7)) {
            for (long id = 0; id < 100; id++) {
                publish(uploader, id, id != 50, "p" + id + ".jpg");
            }
        }
        assertThat(heard.failed).containsExactly(50L);
        assertThat(heard.published).hasSize(99).doesNotHaveDuplicates();
        assertThat(heard.announced).containsAll(heard.published);
        assertThat(heard.batches).hasSize(15).endsWith(1);
        assertThat(heard.batches.subList(0, 14)).containsOnly(7);
        assertThat(out.resolve("00014.tar")).exists();
        assertThat(members()).hasSize(198);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void keepsTheOutputsOfOneTaskInOneTar() throws Exception {
        try (Uploader uploader = uploader(3)) {
            for (long id = 0; id < 4; id++) {
                publish(uploader, id, true, "p" + id + "-a.jpg", "p" + id + "-b.jpg");
            }
        }
        assertThat(heard.batches).containsExactly(2, 2);
        assertThat(members()).hasSize(16);
    }

    @Test
    void failsAllOfATarThatCannotBeSealed() throws Exception {
        Path aside = folder.resolve("aside");
        try (Uploader uploader = uploader(5)) {
            Files.move(out, aside);
            for (long id = 0; id < 10; id++) {
                publish(uploader, id, true, "p" + id + ".jpg");
            }
        }
        assertThat(heard.published).isEmpty();
        assertThat(heard.failed).hasSize(10).doesNotHaveDuplicates();
        assertThat(aside).isEmptyDirectory();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void waitsForNobodyWhenTheListenerIsDefective() throws Exception {
        heard.defective = true;
        Uploader uploader = uploader(2);
        assertThatThrownBy(
                        () -> {
                            try (uploader) {
                                for (long id = 0; id < 50; id++) {
                                    publish(uploader, id, true, "p" + id + ".jpg");
                                }
                            }
                        })
                .isInstanceOf(IllegalStateException.class);
    }
}
