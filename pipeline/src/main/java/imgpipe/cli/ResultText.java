package imgpipe.cli;

import imgpipe.job.JobSummary;
import imgpipe.job.ReadableName;
import imgpipe.job.Stop;
import imgpipe.report.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The result of a run in words. */
final class ResultText {
    private static final int MOST_FAILURES = 20;

    private ResultText() {}

    /**
     * The line for standard output, for instance {@code done 312, skipped 0, failed 2 of 314
     * pictures in 9.1 s (34.3/s, 412 MP/s); 1.2 GB in, 21 MB out}.
     */
    static String summary(JobSummary summary) {
        return "done "
                + Units.count(summary.done())
                + rest(summary, part(", not started ", summary.notStarted()));
    }

    /** The same of a dry run: {@code 312 would be written, skipped 2, failed 0 of 314 pictures}. */
    static String rehearsal(JobSummary summary) {
        return Units.count(summary.notStarted()) + " would be written" + rest(summary, "");
    }

    private static String rest(JobSummary summary, String notStarted) {
        StringBuilder text = new StringBuilder();
        text.append(", skipped ").append(Units.count(summary.skipped()));
        text.append(", failed ").append(Units.count(summary.failed()));
        text.append(part(", quarantined ", summary.quarantined()));
        text.append(notStarted);
        text.append(" of ").append(Units.counted(summary.found(), "picture"));
        text.append(" in ").append(Units.time(summary.elapsed()));
        if (summary.done() > 0) {
            text.append(" (");
            text.append(Units.number(Units.rate((double) summary.done(), summary.elapsed())));
            text.append("/s, ");
            text.append(Units.number(Units.rate(summary.pixels() / 1e6, summary.elapsed())));
            text.append(" MP/s); ");
            text.append(Units.bytes(summary.bytesIn())).append(" in, ");
            text.append(Units.bytes(summary.bytesOut())).append(" out");
        }
        return text.append('\n').toString();
    }

    private static String part(String name, long count) {
        return count == 0 ? "" : name + Units.count(count);
    }

    /** The lines for standard error: failures, and why the run ended early. */
    static List<String> problems(JobSummary summary, Path jobLog) {
        List<String> lines = new ArrayList<>();
        for (JobSummary.Failure failure :
                summary.failures().subList(0, Math.min(MOST_FAILURES, summary.failures().size()))) {
            lines.add(
                    ReadableName.oneLine(
                            failure.source() + ": " + failure.kind() + ": " + failure.message()));
        }
        long more = summary.failed() + summary.quarantined() - lines.size();
        if (more > 0) {
            lines.add(
                    "and "
                            + Units.count(more)
                            + " more, see "
                            + ReadableName.oneLine(jobLog.toString()));
        }
        summary.stop()
                .map(stop -> stopped(stop, summary.reason().map(ReadableName::oneLine)))
                .ifPresent(lines::add);
        return lines;
    }

    /** The line for a run without pictures, which is hardly what was meant. */
    static String nothingFound(JobSummary summary) {
        return "imgpipe: no picture found"
                + (summary.ignored() == 0
                        ? ""
                        : " among "
                                + Units.counted(summary.ignored(), "file")
                                + "; --all-files tries them all");
    }

    private static String stopped(Stop stop, Optional<String> details) {
        String reason =
                switch (stop) {
                    case INTERRUPTED -> "interrupted";
                    case TERMINATED -> "terminated";
                    case DISK_FULL ->
                            details.map(
                                            what ->
                                                    "stopped as there is "
                                                            + what
                                                            + "; make some, or keep it smaller with"
                                                            + " "
                                                            + Opt.SPOOL_SIZE)
                                    .orElse(
                                            "stopped as there is no room left for outputs; make"
                                                    + " some");
                    case IO_ERROR -> "stopped as a file of its own failed, see the warning";
                    case WORKERS -> "stopped as workers die before they have begun; see the log";
                    case FAILURES -> "stopped as more pictures failed than --max-failures allows";
                    case DURATION -> "stopped as the time that --max-duration allows is over";
                    case OUTPUT_REFUSED ->
                            "stopped as OUT takes no pictures ("
                                    + details.orElse("it said no more")
                                    + "); see to its address, the network and your rights there";
                    case STALLED -> "stopped as nothing moved any more; see stall.txt";
                };
        return "imgpipe: " + reason + "; the same command goes on where this run ended";
    }
}
