package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.dispatch.Recorder;
import imgpipe.dispatch.local.ThreadRunner;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Footprint;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class ChangedSourcesTest {
    @TempDir private Path folder;
    private final List<Long> sizes = new ArrayList<>();
    private final Recorder recorder =
            new Recorder() {
                @Override
                public void finished(int worker, Task task, Outcome outcome) {
                    super.finished(worker, task, outcome);
                    sizes.add(task.bytes());
                }
            };

    @Test
    void takesAPictureAsItIsWhenItIsTriedAgain() throws Exception {
        Task task = listed("a.jpg", "short");
        Files.writeString(folder.resolve("a.jpg"), "longer than it was");
        run(1, task);
        assertThat(recorder.outcome(task)).isInstanceOf(Outcome.Done.class);
        assertThat(sizes).containsExactly(18L);
        assertThat(recorder.starts(task)).isEqualTo(2);
        assertThat(recorder.retries()).isEqualTo(1);
    }

    @Test
    void givesUpOnAPictureThatChangesAllTheTime() throws Exception {
        Task growing = listed("growing.jpg", "x");
        Task other = listed("other.jpg", "y");
        run(2, growing, other);
        assertThat(recorder.starts(growing)).isEqualTo(4);
        assertThat(recorder.outcome(growing))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> {
                            assertThat(failed.kind()).isEqualTo(FailureKind.CHANGED);
                            assertThat(failed.sentence()).contains("4 times");
                        });
        assertThat(recorder.outcome(other)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void leavesItToTheWorkerToSayThatAFileIsGone() throws Exception {
        Task task = listed("a.jpg", "x");
        Files.delete(folder.resolve("a.jpg"));
        run(1, task);
        assertThat(recorder.outcome(task))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.READ));
    }

    /** Those who do it later begin when there are no more shards. */
    @Test
    void comesToItsEndWithoutAPictureThatIsPutOff() throws Exception {
        Task large = listed("large.jpg", "x");
        Queue<Shard> shards = new ConcurrentLinkedQueue<>();
        shards.add(new Shard(0, "/t/", Limits.DEFAULT, List.of(large)));
        ChangedSources changed = new ChangedSources(shards::poll, recorder);
        assertThat(changed.next()).isNotNull();
        changed.started(0, large);
        changed.deferred(0, large, new Footprint(1, 2));
        assertThat(changed.next()).isNull();
        assertThat(recorder.deferred()).isEqualTo(1);

        changed.started(0, large);
        changed.finished(0, large, failed(large, FailureKind.CHANGED));
        assertThat(recorder.outcome(large)).isEqualTo(failed(large, FailureKind.CHANGED));
        assertThat(recorder.retries()).isZero();
    }

    private Task listed(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return new Task(
                name.hashCode(),
                name,
                file.toUri().getRawPath(),
                content.length(),
                0,
                List.of(new Rendition("/out/" + name, "jpeg")));
    }

    private void run(int workers, Task... tasks) throws Exception {
        Queue<Shard> shards = new ConcurrentLinkedQueue<>();
        for (Task task : tasks) {
            shards.add(
                    new Shard(
                            shards.size(),
                            folder.toUri().getRawPath(),
                            Limits.DEFAULT,
                            List.of(task)));
        }
        ChangedSources changed = new ChangedSources(shards::poll, recorder);
        try (ThreadRunner runner = new ThreadRunner(workers, () -> ChangedSourcesTest::read)) {
            runner.run(changed, changed);
        }
    }

    /** Done if the file has the size that the task names. */
    private static Outcome read(Task task, Limits limits, Path temporaryFolder) {
        Path file = Path.of(task.source());
        try {
            long bytes = Files.size(file);
            if (task.name().equals("growing.jpg")) {
                Files.writeString(file, "x".repeat((int) bytes + 1));
                bytes++;
            }
            return bytes == task.bytes()
                    ? new Outcome.Done(task.id(), List.of(), 1, List.of())
                    : failed(task, FailureKind.CHANGED);
        } catch (java.nio.file.NoSuchFileException e) {
            return failed(task, FailureKind.READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome failed(Task task, FailureKind kind) {
        return new Outcome.Failed(task.id(), kind, task.name(), "as found");
    }
}
