package imgpipe.dispatch.process;

import imgpipe.dispatch.process.CrashReport.Cause;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A picture that a worker died on, and the evidence against it.
 *
 * <p>A SIGKILL that imgpipe did not send is hardly any: the victim the system chooses when memory
 * is short is often innocent, so a picture is tried up to {@value #MOST_SYSTEM_KILLS} times if that
 * happens. A person's SIGKILL is none at all; a bound of {@value #MOST_TRIES} only sees to an end.
 * Any other death, and it is only tried until the second.
 */
final class Suspect {
    /** More than this is a rule of somebody's, not an accident. */
    private static final int MOST_TRIES = 30;

    private static final int MOST_SYSTEM_KILLS = 5;
    private static final int MOST_DEATHS = 2;

    private static final List<String> NUMBERS =
            List.of(
                    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
                    "ten");

    private final Task task;
    private final Shard alone;
    private final List<CrashReport> reports = new ArrayList<>();

    /** The task, to be tried again as the shard it came in was, but alone. */
    Suspect(Task task, Shard shard) {
        this.task = task;
        String temporaryFolder = shard.temporaryFolder();
        Limits limits = shard.limits();
        alone = new Shard(shard.id(), temporaryFolder, limits, List.of(task));
    }

    Task task() {
        return task;
    }

    /** A shard of this task and no other. */
    Shard alone() {
        return alone;
    }

    void add(CrashReport report) {
        reports.add(report);
    }

    /** Whether there is enough evidence for a {@link #verdict}. */
    boolean isProven() {
        return against().size() >= MOST_DEATHS
                || count(Cause.SYSTEM_KILL) >= MOST_SYSTEM_KILLS
                || reports.size() >= MOST_TRIES;
    }

    private long count(Cause cause) {
        return reports.stream().filter(report -> report.cause() == cause).count();
    }

    private List<CrashReport> against() {
        return reports.stream()
                .filter(
                        report ->
                                report.cause() != Cause.FOREIGN_KILL
                                        && report.cause() != Cause.SYSTEM_KILL)
                .toList();
    }

    /**
     * The outcome once it {@link #isProven}.
     *
     * @param logFolder where the evidence is kept
     */
    Outcome.Quarantined verdict(Path logFolder) {
        List<CrashReport> cited = against().isEmpty() ? reports : against();
        FailureKind kind =
                switch (cited.getLast().cause()) {
                    case DEADLINE -> FailureKind.TIMEOUT;
                    case MEMORY -> FailureKind.MEMORY;
                    case SYSTEM_KILL, FOREIGN_KILL, OTHER -> FailureKind.CRASH;
                };
        Path evidence = Evidence.keep(logFolder, task, reports);
        return new Outcome.Quarantined(
                task.id(),
                kind,
                task.name(),
                reports.size()
                        + " workers ended with it in hand: "
                        + endings()
                        + (kind == FailureKind.TIMEOUT ? "; a longer --timeout may do" : "")
                        + (evidence == null ? "" : "; what they left is in " + evidence));
    }

    private static String number(int count) {
        return count < NUMBERS.size() ? NUMBERS.get(count) : Integer.toString(count);
    }

    /** What became of how many, in the order in which that was first seen. */
    private String endings() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        reports.forEach(report -> counts.merge(report.ending(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(
                        each ->
                                each.getValue() == 1
                                        ? "one " + each.getKey()
                                        : number(each.getValue())
                                                + " "
                                                + CrashReport.plural(each.getKey()))
                .collect(Collectors.joining(", "));
    }
}
