package imgpipe.transfer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A clock, and a way to wait. */
interface Time {
    /** The time since some moment. */
    long nanos();

    /** Waits. */
    void sleep(Duration duration) throws InterruptedException;

    /** That of this machine. */
    static Time system() {
        return new Time() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            }
        };
    }
}
