package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class DeadlineTest {
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
    private final BlockingQueue<KillReason> missed = new LinkedBlockingQueue<>();
    private final Deadline deadline = new Deadline(clock, missed::add);

    @AfterEach
    void end() {
        clock.shutdownNow();
    }

    @Test
    void isMissedByWhoeverSaysNothing() throws Exception {
        deadline.expectWithin(Duration.ofMillis(1100), KillReason.DEADLINE);

        assertThat(missed.poll(10, TimeUnit.SECONDS)).isEqualTo(KillReason.DEADLINE);
    }

    @Test
    void isNoneWhileItIsOurTurn() throws Exception {
        // On the clock's own thread: however slow this one is, no time passes in between.
        clock.submit(
                        () -> {
                            deadline.expectWithin(Duration.ofMillis(200), KillReason.DEADLINE);
                            deadline.relax();
                        })
                .get();

        assertThat(missed.poll(600, TimeUnit.MILLISECONDS)).isNull();
    }

    /** As Ctrl-Z does: the time goes on, the clock's thread and the worker do not. */
    @Test
    void doesNotCountTimeInWhichNothingRan() throws Exception {
        deadline.expectWithin(Duration.ofSeconds(3), KillReason.DEADLINE);
        clock.submit(() -> sleep(4000)).get();

        assertThat(missed.poll(1, TimeUnit.SECONDS)).isNull();
        assertThat(missed.poll(10, TimeUnit.SECONDS)).isEqualTo(KillReason.DEADLINE);
    }

    private static void sleep(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
