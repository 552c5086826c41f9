package imgpipe.job;

import imgpipe.ledger.LedgerEntry;
import imgpipe.ledger.LedgerEntry.State;
import imgpipe.ledger.LedgerLookup;
import imgpipe.shard.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What earlier runs have made of sources whose listing does not tell whether they have changed: for
 * those that turn out to be as they were, when they are asked for. Safe for use by several threads.
 */
final class EarlierWork implements AutoCloseable {
    private final JobSpec spec;
    private final Planner planner;
    private final LedgerLookup ledger;

    /** What a ledger, which is there, says now. */
    EarlierWork(JobSpec spec, Planner planner, Path ledgerFile) throws IOException {
        this.spec = spec;
        this.planner = planner;
        ledger = LedgerLookup.open(ledgerFile);
    }

    /**
     * The ledger's last word on a task, if nothing is left to do while its source is as it was:
     * this very work was done and its outputs are there, or it has brought down workers.
     */
    Optional<LedgerEntry> of(Task task) {
        return spec.overwrite() == Overwrite.CHANGED
                ? find(task.name())
                        .filter(entry -> entry.work().equals(planner.work(task)))
                        .filter(entry -> isDone(entry, task) || isLeft(entry))
                : Optional.empty();
    }

    private synchronized Optional<LedgerEntry> find(String name) {
        try {
            return ledger.find(name);
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger cannot be read: " + e.getMessage(), e);
        }
    }

    private boolean isDone(LedgerEntry entry, Task task) {
        List<String> wanted =
                task.renditions().stream().map(it -> planner.relative(it.target())).toList();
        List<String> made = entry.outputs().stream().map(LedgerEntry.Output::path).toList();
        return entry.state() == State.DONE
                && made.equals(wanted)
                && entry.outputs().stream().allMatch(planner::isThere);
    }

    private boolean isLeft(LedgerEntry entry) {
        return entry.state() == State.QUARANTINED && !(spec.input() instanceof Input.Unfinished);
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
