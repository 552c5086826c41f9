package imgpipe.cli;

import imgpipe.job.JobListener;
import imgpipe.report.Units;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.transfer.store.Addresses;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Counts what {@code retry} can try again, and says how. Names that failed in the scan are not
 * among it: no ledger has them, and every run looks at them again.
 */
final class RetryHint implements JobListener {
    private final SortedMap<String, Long> kinds = new TreeMap<>();

    /** Those that pictures were too large for, as their failures name them. */
    private final Set<Opt> limits = EnumSet.noneOf(Opt.class);

    @Override
    public synchronized void recorded(Task task, Outcome outcome, long bytesOut) {
        switch (outcome) {
            case Outcome.Done _ -> {}
            case Outcome.Failed failed -> {
                kinds.merge(failed.kind().name(), 1L, Long::sum);
                if (failed.kind() == FailureKind.LIMIT) {
                    limits.addAll(named(failed.sentence()));
                }
            }
            case Outcome.Quarantined bad -> kinds.merge(bad.kind().name(), 1L, Long::sum);
        }
    }

    @Override
    public synchronized void left(String name, FailureKind kind, String sentence) {
        kinds.merge(kind.name(), 1L, Long::sum);
    }

    /** The line for people; empty if there is nothing to retry. */
    synchronized Optional<String> line(Arguments arguments) {
        return kinds.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "imgpipe: "
                                + counts(kinds)
                                + "; to try them again"
                                + larger()
                                + ": "
                                + command(arguments, kinds.keySet()));
    }

    /** Without that they would fail again. */
    private String larger() {
        return limits.isEmpty()
                ? ""
                : ", those of LIMIT with a larger "
                        + limits.stream().map(Opt::toString).collect(Collectors.joining(", "));
    }

    /** The options in a sentence. */
    private static Set<Opt> named(String sentence) {
        List<String> words = List.of(sentence.split("[^-a-z]+"));
        return Arrays.stream(Opt.values())
                .filter(option -> words.contains(option.toString()))
                .collect(Collectors.toSet());
    }

    /** For instance {@code 2 CORRUPT, 1 TIMEOUT}. */
    static String counts(Map<String, Long> kinds) {
        return kinds.entrySet().stream()
                .map(kind -> Units.count(kind.getValue()) + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    /** What to type. */
    static String command(Arguments arguments, Collection<String> kinds) {
        StringBuilder places = new StringBuilder();
        for (Opt option : new Opt[] {Opt.JOB_DIR, Opt.S3_ENDPOINT}) {
            arguments
                    .value(option)
                    .ifPresent(value -> places.append(" " + option + " " + quoted(value)));
        }
        return "imgpipe retry "
                + quoted(Addresses.readable(arguments.operands().getLast()))
                + places
                + " "
                + Opt.KIND
                + " "
                + String.join(",", List.copyOf(kinds));
    }

    private static String quoted(String name) {
        return name.matches("[\\w./,:+@%=][-\\w./,:+@%=]*")
                ? name
                : "'" + name.replace("'", "'\\''") + "'";
    }
}
