package imgpipe.job;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * What a job does when nothing moves in it: writes down each thread's stack and where the parts
 * stand, later stops, and at last says that it cannot end.
 */
final class Standstill implements Watchdog.Remedies {
    private final JobSpec spec;
    private final Duration patience;
    private final JobListener listener;
    private final Tally tally;
    private final Job job;

    Standstill(JobSpec spec, Duration patience, JobListener listener, Tally tally, Job job) {
        this.spec = spec;
        this.patience = patience;
        this.listener = listener;
        this.tally = tally;
        this.job = job;
    }

    @Override
    public void report() {
        Path file = spec.jobFolder().resolve("stall.txt");
        String where = "where everything stands is in " + file;
        try {
            dumpThreads(file);
            // Only now, as the answer may need a lock that is held.
            Files.writeString(
                    file,
                    "\n" + job.state() + tally.summary(spec.workers(), null) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            where = file + " cannot be written: " + e.getMessage();
        }
        listener.warning("nothing has moved for " + patience.toSeconds() + " s; " + where);
    }

    /** The JVM's own dump, which has virtual threads too, as transfers are, and who has a lock. */
    private static void dumpThreads(Path file) throws IOException {
        Files.deleteIfExists(file);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(
                        file.toAbsolutePath().toString(),
                        HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
    }

    @Override
    public void stop() {
        // On a thread of its own, as it may wait for whatever does not move.
        Thread.ofPlatform()
                .daemon()
                .name("imgpipe-stop")
                .start(
                        () -> {
                            job.stop(Stop.STALLED);
                            job.abandon();
                        });
    }

    @Override
    public void giveUp() {
        listener.stuck(tally.summary(spec.workers(), Stop.STALLED));
    }
}
