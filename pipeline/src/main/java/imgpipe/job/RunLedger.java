package imgpipe.job;

import imgpipe.ledger.Ledger;
import imgpipe.ledger.LedgerEntry;
import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerEntry.State;
import imgpipe.ledger.Restatement;
import imgpipe.shard.FailureKind;
import imgpipe.shard.FileFault;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import imgpipe.transfer.Published;
import imgpipe.transfer.UploadListener.Upload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one run adds to the ledger: puts what has become of a task into a line, and stops the run
 * where the ledger takes none. Safe for use by several threads.
 */
final class RunLedger implements AutoCloseable {
    private final Planner planner;
    private final Path file;
    private final Ledger ledger;
    private final @Nullable KeptOutputs kept;
    private final JobListener listener;
    private final Consumer<Stop> stopper;
    private final AtomicBoolean complained = new AtomicBoolean();

    /** Of tasks in hand whose listing does not tell whether the source has changed. */
    private final Map<Long, String> validators = new ConcurrentHashMap<>();

    /**
     * Opens a ledger to add to it.
     *
     * @param listener is warned, once, when it cannot be written
     * @param stopper called whenever it cannot
     */
    RunLedger(
            JobSpec spec, Planner planner, Path file, JobListener listener, Consumer<Stop> stopper)
            throws IOException {
        this.planner = planner;
        this.file = file;
        this.listener = listener;
        this.stopper = stopper;
        ledger = Ledger.open(file);
        kept = spec.overwrite() == Overwrite.NEVER ? new KeptOutputs(planner, file) : null;
    }

    /** What will be kept of a task's source beside its size and time. */
    void remember(Task task, String validator) {
        if (!validator.isEmpty()) {
            validators.put(task.id(), validator);
        }
    }

    /** There will be no line on this task. */
    void forget(Task task) {
        validators.remove(task.id());
    }

    /**
     * These outputs are about to get their final names.
     *
     * @throws IOException when the ledger does not have it; the run is not stopped
     */
    void intended(Task task, List<Published> outputs) throws IOException {
        ledger.append(List.of(entry(task, State.INTENDED, outputs, null, null)));
    }

    /**
     * These outputs are there.
     *
     * @return whether the ledger has them
     */
    boolean done(List<Upload> batch) {
        List<LedgerEntry> entries = new ArrayList<>();
        for (Upload upload : batch) {
            entries.add(entry(upload.task(), State.DONE, upload.outputs(), null, null));
        }
        boolean recorded = append(entries);
        batch.forEach(upload -> forget(upload.task()));
        return recorded;
    }

    /**
     * A task has come to an end without outputs.
     *
     * @return whether the ledger has it
     */
    boolean ended(Task task, State state, FailureKind kind, String sentence) {
        boolean recorded = append(List.of(entry(task, state, List.of(), kind.name(), sentence)));
        forget(task);
        return recorded;
    }

    private LedgerEntry entry(
            Task task,
            State state,
            List<Published> published,
            @Nullable String kind,
            @Nullable String message) {
        List<Output> outputs = new ArrayList<>();
        long bytes = task.bytes();
        long modified = task.modified();
        for (int i = 0; i < published.size(); i++) {
            Rendition rendition = task.renditions().get(i);
            Published output = published.get(i);
            outputs.add(
                    new Output(
                            planner.relative(rendition.target()),
                            output.bytes(),
                            output.modified(),
                            output.crc32c(),
                            output.width(),
                            output.height()));
            if (rendition.target().equals(task.source())) {
                // In place: the next run finds this file as the source, and has nothing to do with
                // it.
                bytes = output.bytes();
                modified = output.modified();
            }
        }
        LedgerEntry entry =
                new LedgerEntry(
                        task.name(),
                        bytes,
                        modified,
                        planner.work(task),
                        state,
                        outputs,
                        kind,
                        message,
                        validators.getOrDefault(task.id(), ""));
        return kept == null ? entry : kept.complete(entry, task);
    }

    /** What the ledger has not does not count, and the next run does it again. */
    private boolean append(List<LedgerEntry> entries) {
        try {
            ledger.append(entries);
            return true;
        } catch (IOException e) {
            if (!complained.getAndSet(true)) {
                listener.warning(file + " cannot be written: " + FileFault.reason(e));
            }
            stopper.accept(FileFault.isDiskFull(e) ? Stop.DISK_FULL : Stop.IO_ERROR);
            return false;
        }
    }

    /** Adds what the ledger's last words do not say. */
    void say(Restatement restatement) throws IOException {
        restatement.append(file, ledger);
    }

    @Override
    public void close() throws IOException {
        try (ledger;
                kept) {}
    }
}
