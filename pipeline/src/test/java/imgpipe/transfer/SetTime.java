package imgpipe.transfer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves when somebody sleeps or sets it, and at once. */
final class SetTime implements Time {
    private final AtomicLong now = new AtomicLong();
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        sleeps.add(duration);
        pass(duration);
    }

    void pass(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    /** In their order. */
    List<Duration> sleeps() {
        return sleeps;
    }
}
