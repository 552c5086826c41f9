package imgpipe.verify;

import imgpipe.job.Stop;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a verification came to. {@code outputs} are those intact, those not checked, and those with
 * a fault other than {@link Fault#FOREIGN}.
 *
 * @param outputs files that the ledger names
 * @param intact of them
 * @param notChecked left when it was stopped
 * @param bytes that were read
 * @param faults how many files have each
 * @param damagedLines of the ledger; nobody knows what they named
 * @param stop why it ended early, if it did
 */
public record Verdict(
        long outputs,
        long intact,
        long notChecked,
        long bytes,
        Map<Fault, Long> faults,
        long damagedLines,
        Duration elapsed,
        Optional<Stop> stop) {
    public Verdict {
        faults = Map.copyOf(faults);
        long faulty = 0;
        for (Map.Entry<Fault, Long> each : faults.entrySet()) {
            faulty += each.getKey() == Fault.FOREIGN ? 0 : each.getValue();
        }
        if (notChecked < 0 || outputs != intact + notChecked + faulty) {
            throw new IllegalStateException(
                    "the sums do not match: %d outputs, %d intact, %d not checked, %s"
                            .formatted(outputs, intact, notChecked, faults));
        }
    }

    /** How many files have this fault. */
    public long count(Fault fault) {
        return faults.getOrDefault(fault, 0L);
    }
}
