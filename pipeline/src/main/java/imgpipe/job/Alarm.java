package imgpipe.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Does something once when its time has come, unless it is closed before. */
final class Alarm implements AutoCloseable {
    private final @Nullable Thread thread;

    /**
     * Sets it.
     *
     * @param time from now, or null for never
     */
    Alarm(@Nullable Duration time, Runnable action) {
        thread =
                time == null
                        ? null
                        : Thread.ofPlatform()
                                .daemon()
                                .name("imgpipe-alarm")
                                .start(() -> ring(time, action));
    }

    private static void ring(Duration time, Runnable action) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            // Closed.
            return;
        }
        action.run();
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
