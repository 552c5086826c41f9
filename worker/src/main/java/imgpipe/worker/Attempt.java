package imgpipe.worker;

import imgpipe.engine.TaskEngine;
import imgpipe.shard.Answer;
import imgpipe.shard.Deferred;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.MemoryBudget;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;

/**
 * One task, done, put off or not: whatever the engine throws has become an outcome.
 *
 * @param answer short enough for a message
 * @param last whether this process must not do another task, because an {@link Error} leaves it in
 *     a state that nobody knows
 */
record Attempt(Answer answer, boolean last) {
    private static final System.Logger LOG = System.getLogger(Attempt.class.getName());
    private static final int MOST_CHARACTERS = 2_000;
    private static final int MOST_WARNINGS = 20;

    static Attempt of(
            TaskEngine engine,
            Task task,
            Limits limits,
            Path temporaryFolder,
            MemoryBudget budget) {
        try {
            return new Attempt(
                    switch (engine.run(task, limits, temporaryFolder, budget)) {
                        case Outcome outcome -> shortened(outcome);
                        case Deferred deferred -> deferred;
                    },
                    false);
        } catch (OutOfMemoryError e) {
            return failed(task, FailureKind.MEMORY, "there is not enough memory for it", e, true);
        } catch (StackOverflowError e) {
            return failed(task, FailureKind.INTERNAL, "its structure is too deep", e, true);
        } catch (Error e) {
            return failed(task, FailureKind.INTERNAL, "imgpipe has a defect", e, true);
        } catch (RuntimeException e) {
            return failed(task, FailureKind.INTERNAL, "imgpipe has a defect", e, false);
        }
    }

    private static Attempt failed(
            Task task, FailureKind kind, String sentence, Throwable thrown, boolean last) {
        LOG.log(Level.WARNING, task.name(), thrown);
        return new Attempt(
                new Outcome.Failed(
                        task.id(), kind, task.name(), shortened(sentence + " (" + thrown + ")")),
                last);
    }

    private static Outcome shortened(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(long task, var written, long pixels, List<String> warnings) ->
                    new Outcome.Done(
                            task,
                            written,
                            pixels,
                            warnings.stream()
                                    .limit(MOST_WARNINGS)
                                    .map(Attempt::shortened)
                                    .toList());
            case Outcome.Failed(long task, var kind, String culprit, String sentence) ->
                    new Outcome.Failed(task, kind, culprit, shortened(sentence));
            case Outcome.Quarantined(long task, var kind, String culprit, String sentence) ->
                    new Outcome.Quarantined(task, kind, culprit, shortened(sentence));
        };
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }
}
