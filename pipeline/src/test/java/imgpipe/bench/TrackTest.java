package imgpipe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import imgpipe.dispatch.RunFailedException;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class TrackTest {
    private static final Task FIRST = task(0);
    private static final Task SECOND = task(1);
    private static final Shard SHARD =
            new Shard(0, "/unused/", Limits.DEFAULT, List.of(FIRST, SECOND));

    @TempDir private Path folder;

    private static Task task(long id) {
        return new Task(id, id + ".jpg", "/in/" + id, 1, 1, List.of(new Rendition("/out", "jpeg")));
    }

    @Test
    void countsWhatCameOfTheTasks() throws Exception {
        Track track = new Track(folder);
        track.handOut(List.of(SHARD));

        assertThat(track.next()).isEqualTo(SHARD);
        track.finished(0, FIRST, new Outcome.Done(0, List.of(), 12, List.of()));
        track.finished(
                0, SECOND, new Outcome.Failed(1, FailureKind.CORRUPT, "1.jpg", "it is damaged"));
        Track.Arrival arrival = track.await();

        assertThat(arrival.done()).isEqualTo(1);
        assertThat(arrival.pixels()).isEqualTo(12);
        assertThat(arrival.failures())
                .containsExactly(new Track.Failure(SECOND, "CORRUPT: it is damaged"));
    }

    @Test
    void deletesOutputsAsTheyCome() throws Exception {
        Path output = Files.createFile(folder.resolve(FIRST.temporaryName(0)));
        Track track = new Track(folder);
        track.handOut(List.of(SHARD));

        track.finished(0, FIRST, new Outcome.Done(0, List.of(), 12, List.of()));

        assertThat(output).doesNotExist();
    }

    @Test
    void begetsNoFiguresWhenAWorkerDied() {
        Track track = new Track(folder);
        track.handOut(List.of(SHARD));

        track.workerDied(0, "killed by signal 9");

        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(track::await)
                .withMessageContaining("killed by signal 9");
    }

    @Test
    void tellsTheRunnerOfTheEnd() throws Exception {
        Track track = new Track(folder);

        track.close();

        assertThat(track.next()).isNull();
    }
}
