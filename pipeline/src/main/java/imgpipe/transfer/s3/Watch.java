package imgpipe.transfer.s3;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Breaks off what is not over by its deadline. A socket's own limit does not: it bounds the silence
 * between two bytes, and a server that sends one a minute is never silent for long.
 */
final class Watch implements AutoCloseable {
    private final ScheduledThreadPoolExecutor clock;

    Watch() {
        clock =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("s3-deadlines").factory());
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Watches until it is closed. */
    Watched start(Deadline deadline, Runnable breakOff) {
        return new Watched(
                clock.schedule(breakOff, deadline.left().toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** Something that has a deadline. */
    record Watched(ScheduledFuture<?> alarm) implements AutoCloseable {
        /** Whether it was broken off. */
        boolean isOver() {
            return alarm.isDone();
        }

        @Override
        public void close() {
            alarm.cancel(false);
        }
    }
}
