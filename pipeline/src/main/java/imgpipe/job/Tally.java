package imgpipe.job;

import imgpipe.job.JobSummary.Failure;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts every picture in exactly one state. Safe for use by several threads. */
final class Tally {
    private final long began = System.nanoTime();
    private long found;
    private long foundBytes;
    private long ignored;
    private long done;
    private long skipped;
    private long failed;
    private long quarantined;
    private long bytesIn;
    private long bytesOut;
    private long pixels;
    private long mostFailures = Long.MAX_VALUE;
    private int workerDeaths;
    private long retries;
    private long moves;
    private final Map<Stop, String> reasons = new EnumMap<>(Stop.class);
    private final List<Failure> failures = new ArrayList<>();

    synchronized void found(long bytes) {
        moves++;
        found++;
        foundBytes += bytes;
    }

    synchronized long foundSoFar() {
        return found;
    }

    synchronized long foundBytes() {
        return foundBytes;
    }

    synchronized void ignored() {
        moves++;
        ignored++;
    }

    synchronized void skipped() {
        moves++;
        skipped++;
    }

    synchronized long skippedSoFar() {
        return skipped;
    }

    synchronized void done(Task task, Outcome.Done outcome, long out) {
        moves++;
        done++;
        bytesIn += task.bytes();
        bytesOut += out;
        pixels += outcome.pixels();
    }

    synchronized void failed(String name, FailureKind kind, String sentence) {
        moves++;
        failed++;
        list(name, kind, sentence);
    }

    synchronized void quarantined(String name, FailureKind kind, String sentence) {
        moves++;
        quarantined++;
        list(name, kind, sentence);
    }

    synchronized long quarantinedSoFar() {
        return quarantined;
    }

    /** How many may fail in this run, scan and all. */
    synchronized void allowFailures(long most) {
        mostFailures = most;
    }

    synchronized boolean tooManyFailed() {
        return failed + quarantined > mostFailures;
    }

    synchronized long notStarted() {
        return found - done - skipped - failed - quarantined;
    }

    private void list(String name, FailureKind kind, String sentence) {
        if (failures.size() < JobSummary.MOST_FAILURES) {
            failures.add(new Failure(ReadableName.decode(name), kind, sentence));
        }
    }

    /** What it is exactly that ends the run so: the first reason counts, as it has ended it. */
    synchronized void stopped(Stop stop, String why) {
        moves++;
        reasons.putIfAbsent(stop, why);
    }

    synchronized void workerDied() {
        moves++;
        workerDeaths++;
    }

    synchronized void retried(long attempts) {
        moves++;
        retries += attempts;
    }

    /** Something happened that is not counted otherwise. */
    synchronized void moved() {
        moves++;
    }

    /** How often anything happened at all. */
    synchronized long moves() {
        return moves;
    }

    /** The sums; whatever was found and came to no end was not started. */
    synchronized JobSummary summary(int workers, @Nullable Stop stop) {
        return new JobSummary(
                found,
                ignored,
                done,
                skipped,
                failed,
                quarantined,
                notStarted(),
                bytesIn,
                bytesOut,
                pixels,
                Duration.ofNanos(System.nanoTime() - began),
                workers,
                workerDeaths,
                retries,
                failures,
                Optional.ofNullable(stop),
                Optional.ofNullable(stop == null ? null : reasons.get(stop)));
    }
}
