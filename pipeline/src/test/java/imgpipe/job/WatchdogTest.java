package imgpipe.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchdogTest {
    private static final Duration STEP = Duration.ofMillis(5);
    private final List<String> called = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Watchdog.Remedies remedies =
            new Watchdog.Remedies() {
                @Override
                public void report() {
                    called.add("report");
                }

                @Override
                public void stop() {
                    called.add("stop");
                    stopped.countDown();
                }

                @Override
                public void giveUp() {
                    called.add("give up");
                }
            };

    @Test
    void reportsBeforeItStopsAndDoesNotGiveUpOnWhatEnds() throws Exception {
        try (Watchdog _ = new Watchdog(STEP.multipliedBy(3), STEP, () -> 7, remedies)) {
            stopped.await();
        }
        assertThat(called).containsExactly("report", "stop");
    }

    @Test
    void leavesARunAloneThatMoves() throws Exception {
        AtomicLong moves = new AtomicLong();
        CountDownLatch looked = new CountDownLatch(20);
        try (Watchdog _ =
                new Watchdog(
                        STEP.multipliedBy(2),
                        STEP,
                        () -> {
                            looked.countDown();
                            return moves.incrementAndGet();
                        },
                        remedies)) {
            looked.await();
        }
        assertThat(called).isEmpty();
    }
}
