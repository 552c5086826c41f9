package imgpipe.cli;

import imgpipe.job.JobListener;
import imgpipe.job.ReadableName;
import imgpipe.report.Units;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Footprint;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** Writes what happens to the log. Warnings are worth a look, the rest is for those who ask. */
final class LogListener implements JobListener {
    private static final Pattern NUMBER = Pattern.compile("0x[0-9a-f]+|\\d+");

    private final Logger log;
    private final String doubt;
    private String lastWords = "";

    /** The log of a run that reads from a folder. */
    LogListener(Logger log) {
        this(log, "is it mounted?");
    }

    /**
     * The same of any run.
     *
     * @param doubt what to ask where an input has no picture any more
     */
    LogListener(Logger log, String doubt) {
        this.log = log;
        this.doubt = doubt;
    }

    @Override
    public void planned(long tasks, long bytes, long skipped) {
        log.info(
                "{} to do, {}; {} up to date",
                Units.counted(tasks, "picture"),
                Units.bytes(bytes),
                Units.count(skipped));
    }

    @Override
    public void started(int worker, Task task) {
        if (log.isDebugEnabled()) {
            log.debug("worker {} begins {}", worker, readable(task.name()));
        }
    }

    @Override
    public void deferred(Task task, Footprint need) {
        log.info(
                "{} waits for more memory: it takes about {}",
                readable(task.name()),
                Units.bytes(need.total()));
    }

    @Override
    public void recorded(Task task, Outcome outcome, long bytesOut) {
        switch (outcome) {
            case Outcome.Done done -> {
                if (log.isDebugEnabled()) {
                    log.debug("done {}, {}", readable(task.name()), Units.bytes(bytesOut));
                }
            }
            case Outcome.Failed failed ->
                    log.info(
                            "failed {}: {}: {}",
                            readable(task.name()),
                            failed.kind(),
                            ReadableName.oneLine(failed.sentence()));
            case Outcome.Quarantined quarantined ->
                    log.info(
                            "quarantined {}: {}: {}",
                            readable(task.name()),
                            quarantined.kind(),
                            ReadableName.oneLine(quarantined.sentence()));
        }
    }

    @Override
    public void failed(String name, FailureKind kind, String sentence) {
        log.info("failed {}: {}: {}", readable(name), kind, ReadableName.oneLine(sentence));
    }

    @Override
    public void left(String name, FailureKind kind, String sentence) {
        log.info("quarantined {}: {}: {}", readable(name), kind, ReadableName.oneLine(sentence));
    }

    @Override
    public synchronized void workerDied(int worker, String report) {
        List<String> lines = report.lines().toList();
        // They differ in process ids, addresses and times at least.
        String words =
                NUMBER.matcher(String.join("\n", lines.subList(1, lines.size()))).replaceAll("#");
        boolean same = !words.isEmpty() && words.equals(lastWords);
        lastWords = words;
        log.warn(
                "worker {} died\n{}",
                worker,
                (same ? Stream.of(lines.getFirst() + " the same again") : lines.stream())
                        .map(line -> "    " + ReadableName.oneLine(line))
                        .collect(Collectors.joining("\n")));
    }

    @Override
    public void warning(String sentence) {
        log.warn("{}", ReadableName.oneLine(sentence));
    }

    @Override
    public void emptied(long known) {
        // Of level ERROR, as it is to be seen with -q too: jobs of the night run with that.
        log.error(
                "IN has no picture now, though the ledger of OUT has {} made from it or tried"
                        + " before; {}",
                Units.counted(known, "picture"),
                doubt);
    }

    private static String readable(String encoded) {
        return ReadableName.oneLine(ReadableName.decode(encoded));
    }
}
