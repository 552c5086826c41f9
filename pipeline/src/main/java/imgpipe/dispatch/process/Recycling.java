package imgpipe.dispatch.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * When a worker that did nothing wrong is replaced all the same, between two shards: native
 * libraries leak, heaps fragment, and a new process has neither.
 *
 * @param pictures so many are done by one process, or few more; at least 1
 * @param bytes its resident memory must not exceed this between shards, positive; {@link
 *     Long#MAX_VALUE} for no such limit. Known where there is a {@code /proc} as Linux has it
 */
public record Recycling(long pictures, long bytes) {
    /**
     * A new JVM costs about a second of CPU until it runs as fast as the one before. The smallest
     * pictures take 5 ms: with these it is a hundredth of what the process did, with a camera's a
     * thousandth. A library that leaks 10 KB a picture has leaked 200 MB by then.
     */
    public static final long PICTURES = 20_000;

    public Recycling {
        if (pictures < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "a worker cannot be replaced after %d pictures or at %d bytes"
                            .formatted(pictures, bytes));
        }
    }

    /** Whether a process has done its part. */
    boolean isDue(long done, long pid) {
        return done >= pictures || (done > 0 && bytes < Long.MAX_VALUE && resident(pid) > bytes);
    }

    /**
     * Memory of a process that is in RAM, from the line {@code VmRSS: 123456 kB} of its status file
     * (proc_pid_status(5)).
     *
     * @return bytes, or 0 if that is not known
     */
    static long resident(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            // Its name may hold any bytes.
            return Files.readString(status, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
