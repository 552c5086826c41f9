package imgpipe.bench;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What work costs besides wall time: the CPU time of this JVM, all its threads, and of worker
 * processes, to the hundredth of a second that the system counts in; and the time that this JVM
 * stood still for garbage collection.
 */
final class Meter {
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");

    private final Collection<ProcessHandle> processes;
    private final double cpu;
    private final double gc;

    /** Begins to measure. */
    Meter(Collection<ProcessHandle> processes) {
        this.processes = processes;
        double theirs = cpuOf(processes);
        gc = gcOfThisJvm();
        cpu = theirs + cpuOfThisJvm();
    }

    /** CPU seconds so far; NaN where the system does not tell. */
    double cpuSeconds() {
        return cpuOfThisJvm() + cpuOf(processes) - cpu;
    }

    /** Seconds of garbage collection so far. */
    double gcSeconds() {
        return gcOfThisJvm() - gc;
    }

    /** The most memory that a process ever had resident, as Linux tells. */
    static OptionalLong peakBytes(ProcessHandle process) {
        try {
            Matcher peak =
                    PEAK.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
            return peak.find()
                    ? OptionalLong.of(Long.parseLong(peak.group(1)) * 1024)
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static double cpuOfThisJvm() {
        return cpu(ProcessHandle.current());
    }

    private static double cpuOf(Collection<ProcessHandle> processes) {
        return processes.stream().mapToDouble(Meter::cpu).sum();
    }

    private static double cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Meter::seconds).orElse(Double.NaN);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static double gcOfThisJvm() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum()
                / 1e3;
    }
}
