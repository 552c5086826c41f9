package imgpipe.transfer.http;

import imgpipe.transfer.store.StoreException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * Ends an attempt that takes too long, whatever it is waiting for: a server that sends one byte now
 * and then satisfies every timeout of a socket. The clock stands still {@link #without during} what
 * is no fault of the server.
 */
final class Countdown implements AutoCloseable {
    /** How late it may come at most, so that a paused attempt is not looked at all the time. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ScheduledExecutorService scheduler;
    private final long begun = System.nanoTime();
    private final long allowed;
    private long paused;
    private long pausedSince;
    private boolean standing;
    private boolean expired;
    private boolean closed;
    private @Nullable Cancellable current;
    private @Nullable Future<?> look;

    /**
     * Starts the clock.
     *
     * @param scheduler its tasks take no time
     */
    Countdown(ScheduledExecutorService scheduler, Duration allowed) {
        this.scheduler = scheduler;
        this.allowed = allowed.toNanos();
        lookIn(this.allowed);
    }

    /** What is cancelled when time is over: at once if it is already. */
    synchronized void watch(Cancellable request) {
        current = request;
        if (expired) {
            request.cancel();
        }
    }

    /** What takes its time while the clock stands still. */
    @FunctionalInterface
    interface Wait {
        /** Takes it. */
        boolean take() throws StoreException, InterruptedException;
    }

    /** Does something while the clock stands still. */
    boolean without(Wait wait) throws StoreException, InterruptedException {
        pause();
        try {
            return wait.take();
        } finally {
            resume();
        }
    }

    private synchronized void pause() {
        standing = true;
        pausedSince = System.nanoTime();
    }

    private synchronized void resume() {
        standing = false;
        paused += System.nanoTime() - pausedSince;
    }

    /** Whether time was over, and the request was cancelled therefore. */
    synchronized boolean isExpired() {
        return expired;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (look != null) {
            look.cancel(false);
        }
    }

    private void lookIn(long nanos) {
        look = scheduler.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        long now = System.nanoTime();
        long outside = paused + (standing ? now - pausedSince : 0);
        long left = allowed - (now - begun - outside);
        if (left > 0 || standing) {
            lookIn(Math.max(left, STEP_NANOS));
            return;
        }
        expired = true;
        Cancellable request = current;
        if (request != null) {
            // Closing a connection may wait for a lock; the scheduler has other attempts to end.
            Thread.ofVirtual().start(request::cancel);
        }
    }
}
