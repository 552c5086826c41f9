package imgpipe.job;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Notices when nothing moves in a run any more. Everything that a run waits for is bounded by
 * something: a picture by its deadline, a worker by those for its start and its answers. What is
 * left is what nobody thought of, and what the system never gives back: a write to a disk that is
 * gone, a terminal that takes no more text.
 *
 * <p>Time is counted in steps of this thread, not read from a clock: a process that was stopped, by
 * Ctrl-Z or with its machine, has not stood still meanwhile.
 */
final class Watchdog implements AutoCloseable {
    /** How long a run may take to end when its workers are killed, or shorter if patience is. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(10);

    private final Duration step;
    private final long patience;
    private final LongSupplier moves;
    private final Remedies remedies;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What to do about it, one after the other; called on the watchdog's thread. */
    interface Remedies {
        /** Nothing moves: let people know. */
        void report();

        /** Nothing has moved for as long again: have the run end. Must not wait for anything. */
        void stop();

        /** It has not ended. */
        void giveUp();
    }

    /**
     * Begins to watch.
     *
     * @param patience how long nothing may move before there is a report, and again before the run
     *     is stopped; at least {@code step}
     * @param step how often to look
     * @param moves a number that changes with everything that happens
     */
    Watchdog(Duration patience, Duration step, LongSupplier moves, Remedies remedies) {
        this.step = step;
        this.patience = patience.dividedBy(step);
        this.moves = moves;
        this.remedies = remedies;
        Thread.ofPlatform().daemon().name("imgpipe-watchdog").start(this::watch);
    }

    private void watch() {
        long seen = moves.getAsLong();
        long still = 0;
        while (isOpenAfter(step)) {
            long now = moves.getAsLong();
            still = now == seen ? still + 1 : 0;
            seen = now;
            if (still == patience) {
                remedies.report();
            } else if (still == 2 * patience) {
                remedies.stop();
                Duration all = step.multipliedBy(patience);
                if (isOpenAfter(all.compareTo(LAST_PATIENCE) < 0 ? all : LAST_PATIENCE)) {
                    remedies.giveUp();
                }
                return;
            }
        }
    }

    private boolean isOpenAfter(Duration time) {
        try {
            return !closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** The run has come to its end. */
    @Override
    public void close() {
        closed.countDown();
    }
}
