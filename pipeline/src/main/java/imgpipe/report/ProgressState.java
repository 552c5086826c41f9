package imgpipe.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far a run is at one moment.
 *
 * @param planned whether the scan is over
 * @param total pictures to do: found so far while scanning, then all
 * @param totalBytes of them
 * @param finished pictures done or failed
 * @param finishedBytes of them
 * @param failed pictures failed, and names that cannot become pictures
 * @param elapsed since the first picture was begun
 * @param workers how long each has had its picture in hand; empty if it has none
 */
public record ProgressState(
        boolean planned,
        long total,
        long totalBytes,
        long finished,
        long finishedBytes,
        long failed,
        Duration elapsed,
        List<Optional<Duration>> workers) {
    public ProgressState {
        workers = List.copyOf(workers);
    }

    /** The share that is finished, by bytes where they are known, in 0 to 1. */
    public double share() {
        double share =
                totalBytes > 0
                        ? (double) finishedBytes / totalBytes
                        : total > 0 ? (double) finished / total : 0;
        return Math.min(1, share);
    }

    /** The time that is left at the pace so far; empty as long as nothing can be said. */
    public Optional<Duration> left() {
        double share = share();
        // Workers that are still starting say nothing of the pace.
        if (!planned || share <= 0 || elapsed.toMillis() < 1000) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(Math.round(elapsed.toMillis() * (1 - share) / share)));
    }
}
