package imgpipe.dispatch.process;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The time by which a worker has to say something, if it is its turn. */
final class Deadline {
    private static final Duration STEP = Duration.ofSeconds(1);

    private final ScheduledExecutorService clock;
    private final Consumer<KillReason> missed;
    private @Nullable ScheduledFuture<?> alarm;
    private long turn;

    /**
     * None yet.
     *
     * @param missed called with the reason given when the time is over
     */
    Deadline(ScheduledExecutorService clock, Consumer<KillReason> missed) {
        this.clock = clock;
        this.missed = missed;
    }

    /** From now on the worker has this long, until this or {@link #relax()} is called again. */
    synchronized void expectWithin(Duration limit, KillReason reason) {
        relax();
        await(turn, limit, reason);
    }

    /**
     * Waits in short steps, as the clock goes on while nothing else does: whoever stops all
     * processes by Ctrl-Z, or freezes their cgroup, takes from the worker's time one step at most.
     */
    private void await(long mine, Duration left, KillReason reason) {
        Duration step = left.compareTo(STEP) < 0 ? left : STEP;
        alarm =
                clock.schedule(
                        () -> pass(mine, left.minus(step), reason),
                        step.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    /** From now on it is our turn. */
    synchronized void relax() {
        turn++;
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    private synchronized void pass(long mine, Duration left, KillReason reason) {
        // An alarm that went off while its turn ended means nothing.
        if (mine != turn) {
            return;
        }
        if (left.isPositive()) {
            await(mine, left, reason);
        } else {
            missed.accept(reason);
        }
    }
}
