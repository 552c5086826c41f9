package imgpipe.transfer.s3;

import java.time.Duration;

/** A moment by which an attempt is over. */
final class Deadline {
    private static final Duration LEAST = Duration.ofMillis(1);

    private final long end;

    /** So long from now. */
    Deadline(Duration time) {
        end = System.nanoTime() + time.toNanos();
    }

    /** What is left, never nothing: the SDK takes no time for no bound. */
    Duration left() {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }
}
