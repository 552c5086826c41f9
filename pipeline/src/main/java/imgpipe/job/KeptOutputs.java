package imgpipe.job;

import imgpipe.ledger.LedgerEntry;
import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerLookup;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Outputs that a run was not to overwrite. A line about those beside them names them too, if the
 * ledger knew them: it would forget them otherwise. Safe for use by several threads.
 */
final class KeptOutputs implements AutoCloseable {
    private final Planner planner;
    private final LedgerLookup ledger;

    /** What a ledger, which is there, says now. */
    KeptOutputs(Planner planner, Path ledgerFile) throws IOException {
        this.planner = planner;
        ledger = LedgerLookup.open(ledgerFile);
    }

    /**
     * The entry with the outputs that were kept. It is called all of the work only if the same work
     * has made all of them.
     *
     * @param task whose renditions are those that were made
     */
    LedgerEntry complete(LedgerEntry made, Task task) {
        Task whole = planner.whole(task);
        Optional<LedgerEntry> earlier = earlier(made, task, whole);
        if (earlier.isEmpty()) {
            return made;
        }
        List<Output> outputs = new ArrayList<>();
        for (Rendition rendition : whole.renditions()) {
            String path = planner.relative(rendition.target());
            find(made, path)
                    .or(() -> find(earlier.get(), path).filter(known -> isThere(known, rendition)))
                    .ifPresent(outputs::add);
        }
        String work = planner.work(whole);
        boolean isAll =
                outputs.size() == whole.renditions().size()
                        && earlier.get().work().equals(work)
                        && earlier.get().bytes() == task.bytes()
                        && earlier.get().modified() == task.modified();
        return new LedgerEntry(
                made.name(),
                made.bytes(),
                made.modified(),
                isAll ? work : made.work(),
                made.state(),
                outputs,
                made.kind(),
                made.message(),
                made.validator());
    }

    private synchronized Optional<LedgerEntry> earlier(LedgerEntry made, Task task, Task whole) {
        if (made.outputs().isEmpty() || task.renditions().size() == whole.renditions().size()) {
            return Optional.empty();
        }
        try {
            return ledger.find(task.name());
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<Output> find(LedgerEntry entry, String path) {
        return entry.outputs().stream().filter(output -> output.path().equals(path)).findFirst();
    }

    private boolean isThere(Output known, Rendition rendition) {
        Output now = planner.output(rendition.target());
        return now.bytes() == known.bytes() && now.modified() == known.modified();
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
