package imgpipe.dispatch.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many processes the system has ended for want of memory: the line {@code oom_kill} of {@code
 * /proc/vmstat}, since Linux 4.13. It counts those of all cgroups. Whoever compares two counts can
 * tell the system's SIGKILL from that of a person.
 */
final class OutOfMemoryKills {
    /** Where nobody counts. */
    static final long UNKNOWN = -1;

    private static final Path COUNTERS = Path.of("/proc/vmstat");
    private static final String NAME = "oom_kill ";

    private OutOfMemoryKills() {}

    /** The number so far, or {@link #UNKNOWN}. */
    static long count() {
        return count(COUNTERS);
    }

    static long count(Path counters) {
        try {
            for (String line : Files.readAllLines(counters, StandardCharsets.US_ASCII)) {
                if (line.startsWith(NAME)) {
                    return Long.parseLong(line.substring(NAME.length()).strip());
                }
            }
        } catch (IOException | NumberFormatException e) {
            return UNKNOWN;
        }
        return UNKNOWN;
    }
}
