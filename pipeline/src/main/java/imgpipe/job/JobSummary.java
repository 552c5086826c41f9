package imgpipe.job;

import imgpipe.shard.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The sums of a run. {@code found = done + skipped + failed + quarantined + notStarted}, always.
 *
 * @param found pictures in the listing, and names in it that should have been pictures
 * @param ignored files that are no candidates
 * @param skipped up to date
 * @param quarantined brought down several workers, in this run or an earlier one
 * @param notStarted left when the run was stopped
 * @param bytesIn of the pictures done
 * @param bytesOut of their outputs
 * @param pixels of the pictures done
 * @param elapsed wall time of the whole run
 * @param retries attempts beyond the first, of tasks and of I/O
 * @param failures the first {@value #MOST_FAILURES} failed and quarantined pictures
 * @param stop why the run ended early, if it did
 * @param reason what that was exactly, in a sentence, where there is more to say
 */
public record JobSummary(
        long found,
        long ignored,
        long done,
        long skipped,
        long failed,
        long quarantined,
        long notStarted,
        long bytesIn,
        long bytesOut,
        long pixels,
        Duration elapsed,
        int workers,
        int workerDeaths,
        long retries,
        List<Failure> failures,
        Optional<Stop> stop,
        Optional<String> reason) {
    /** How many failures are kept in memory; the job log has them all. */
    public static final int MOST_FAILURES = 10_000;

    /** The sums of a run that had nothing to do and was left out. */
    public static JobSummary nothing() {
        return new Tally().summary(0, null);
    }

    public JobSummary {
        failures = List.copyOf(failures);
        if (found != done + skipped + failed + quarantined + notStarted) {
            throw new IllegalStateException(
                    "the sums do not match: found "
                            + found
                            + ", done "
                            + done
                            + ", skipped "
                            + skipped
                            + ", failed "
                            + failed
                            + ", quarantined "
                            + quarantined
                            + ", not started "
                            + notStarted);
        }
    }

    /** One picture that could not be done; source is its relative name, decoded for people. */
    public record Failure(String source, FailureKind kind, String message) {}
}
