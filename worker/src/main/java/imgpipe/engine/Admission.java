package imgpipe.engine;

import imgpipe.shard.Answer;
import imgpipe.shard.Deferred;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Footprint;
import imgpipe.shard.MemoryBudget;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.util.Locale;
import java.util.Optional;

/** Lets a picture in if there is memory for it, and says what is to be done with it otherwise. */
final class Admission {
    private final MemoryBudget budget;
    private Footprint need = new Footprint(0, 0);

    Admission(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Whether so many bytes of each kind are nothing to worry about, whatever they are for. */
    boolean hasPlenty(long bytes) {
        return bytes < budget.own().heap() && bytes < budget.own().offHeap();
    }

    /**
     * What to say instead of doing the task; empty if it can be done.
     *
     * @param estimate of the memory that it takes
     */
    Optional<Answer> refuse(Task task, Footprint estimate) {
        need = estimate;
        return estimate.fitsInto(budget.own()) ? Optional.empty() : Optional.of(refusal(task));
    }

    /** What to say of a task that was let in and then wanted this much beside the heap. */
    Answer tooLarge(Task task, long offHeap) {
        need = new Footprint(need.heap(), Math.max(need.offHeap(), offHeap));
        return refusal(task);
    }

    private Answer refusal(Task task) {
        return need.fitsInto(budget.alone())
                ? new Deferred(task.id(), need)
                : new Outcome.Failed(
                        task.id(),
                        FailureKind.MEMORY,
                        task.name(),
                        "it takes about "
                                + text(need)
                                + "; a worker that is alone has "
                                + text(budget.alone())
                                + "; give it more with --worker-memory, on a machine that has it");
    }

    private static String text(Footprint memory) {
        return String.format(
                Locale.ROOT,
                "%.0f MB of Java heap and %.0f MB beside it",
                memory.heap() / 1e6,
                memory.offHeap() / 1e6);
    }
}
