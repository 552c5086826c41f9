package imgpipe.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What ends a run before its last picture, so that it can go on another time.
 *
 * @param maxFailures how many pictures may fail, 0 or more; one more ends the run
 * @param maxFailedPercent how many of the pictures found may fail, 0 to 100
 * @param maxDuration time after which no picture is begun any more, or null for no bound
 */
public record Bounds(long maxFailures, double maxFailedPercent, @Nullable Duration maxDuration) {
    /** A run that goes on to its end. */
    public static final Bounds NONE = new Bounds(Long.MAX_VALUE, 100, null);

    public Bounds {
        if (maxFailures < 0 || maxFailedPercent < 0 || maxFailedPercent > 100) {
            throw new IllegalArgumentException(maxFailures + ", " + maxFailedPercent + " %");
        }
    }

    /** How many of so many pictures may fail. */
    long failuresAllowed(long found) {
        // What is a whole number but for the rounding of binary fractions stays that number.
        return Math.min(maxFailures, (long) Math.floor(found * maxFailedPercent / 100 + 1e-6));
    }
}
