package imgpipe.transfer.s3;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

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
        AtomicBoolean over = new AtomicBoolean();
        Runnable alarm =
                () -> {
                    // First: whoever is broken off asks at once why.
                    over.set(true);
                    breakOff.run();
                };
        return new Watched(
                clock.schedule(alarm, deadline.left().toNanos(), TimeUnit.NANOSECONDS), over);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** Something that has a deadline. */
    record Watched(ScheduledFuture<?> alarm, AtomicBoolean over) implements AutoCloseable {
        /** Whether it was broken off. */
        boolean isOver() {
            return over.get();
        }

        @Override
        public void close() {
            alarm.cancel(false);
        }
    }
}
