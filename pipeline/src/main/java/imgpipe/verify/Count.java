package imgpipe.verify;

import imgpipe.job.Stop;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts what a verification finds. Safe for use by several threads. */
final class Count {
    private final long began = System.nanoTime();
    private final Consumer<Finding> findings;
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private long intact;
    private long bytes;

    Count(Consumer<Finding> findings) {
        this.findings = findings;
    }

    synchronized void found(Finding finding) {
        faults.merge(finding.fault(), 1L, Long::sum);
        findings.accept(finding);
    }

    synchronized void intact() {
        intact++;
    }

    synchronized void read(long more) {
        bytes += more;
    }

    synchronized Verdict verdict(long outputs, long damagedLines, @Nullable Stop stop) {
        long faulty = 0;
        for (Map.Entry<Fault, Long> each : faults.entrySet()) {
            faulty += each.getKey() == Fault.FOREIGN ? 0 : each.getValue();
        }
        return new Verdict(
                outputs,
                intact,
                outputs - intact - faulty,
                bytes,
                faults,
                damagedLines,
                Duration.ofNanos(System.nanoTime() - began),
                Optional.ofNullable(stop));
    }
}
