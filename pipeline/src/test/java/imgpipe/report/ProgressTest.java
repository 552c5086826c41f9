package imgpipe.report;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.shard.FailureKind;
import imgpipe.shard.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProgressTest {
    private final SetClock clock = new SetClock();
    private final List<String> lines = new ArrayList<>();

    @Test
    void followsARun() {
        Progress progress = new Progress(2, null, lines::add, clock);
        progress.scanning(5, 500);
        progress.writeLine();
        progress.planned(4, 400, 1);
        progress.started(0, Tasks.task(0, "a.jpg", 100));
        progress.started(1, Tasks.task(1, "b.jpg", 100));
        clock.pass(2000);
        progress.idle(0);
        progress.recorded(Tasks.task(0, "a.jpg", 100), Tasks.done(0), 7);
        progress.recorded(
                Tasks.task(1, "b.jpg", 100),
                new Outcome.Failed(1, FailureKind.CORRUPT, "b.jpg", "damaged"),
                0);
        progress.failed("none.jpg", FailureKind.READ, "not there");

        assertThat(progress.state())
                .isEqualTo(
                        new ProgressState(
                                true,
                                4,
                                400,
                                2,
                                200,
                                2,
                                Duration.ofSeconds(2),
                                List.of(Optional.empty(), Optional.of(Duration.ofSeconds(2)))));
        progress.writeLine();
        assertThat(lines)
                .containsExactly(
                        "scanning, 5 pictures", "2/4 50%, 200 B, 1.0/s, 3 s left, 2 failed");
    }

    @Test
    void freesTheCellOfAWorkerThatDied() {
        Progress progress = new Progress(1, null, lines::add, clock);
        progress.started(0, Tasks.task(0, "a.jpg", 100));
        progress.workerDied(0, "killed");

        assertThat(progress.state().workers()).containsExactly(Optional.empty());
    }

    @Test
    @Timeout(10)
    void drawsWhileItRunsAndTakesTheBarAwayInTheEnd() throws InterruptedException {
        RecordedLine bar = new RecordedLine();
        try (Progress progress = new Progress(1, bar, lines::add, clock)) {
            progress.planned(1, 100, 0);
            progress.start();
            bar.awaitFrame();
        }
        assertThat(bar.frames.getFirst()).isEqualTo("[·]  0/1 0%  0 B");
        assertThat(bar.frames.getLast()).isEmpty();
    }

    private static final class RecordedLine implements StatusLine {
        private final List<String> frames = new ArrayList<>();

        @Override
        public synchronized void show(String line) {
            frames.add(line);
            notifyAll();
        }

        @Override
        public synchronized void clear() {
            frames.add("");
        }

        synchronized void awaitFrame() throws InterruptedException {
            while (frames.isEmpty()) {
                wait();
            }
        }

        @Override
        public int columns() {
            return 80;
        }

        @Override
        public boolean unicode() {
            return true;
        }

        @Override
        public boolean colored() {
            return false;
        }
    }
}
