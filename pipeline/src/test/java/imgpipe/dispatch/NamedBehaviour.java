package imgpipe.dispatch;

import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An engine that does what a task's name says. */
public final class NamedBehaviour {
    private NamedBehaviour() {}

    public static Outcome run(Task task, Limits limits, Path temporaryFolder) {
        return switch (task.name()) {
            case "fail" -> new Outcome.Failed(task.id(), FailureKind.CORRUPT, task.name(), "bad");
            case "exception" -> throw new IllegalStateException("a defect");
            case "overflow" -> throw new StackOverflowError();
            case "slow" -> {
                waitFor(100);
                yield done(task);
            }
            case "hang" -> {
                waitFor(Long.MAX_VALUE);
                yield done(task);
            }
            default -> done(task);
        };
    }

    private static Outcome done(Task task) {
        return new Outcome.Done(task.id(), List.of(), 1, List.of());
    }

    private static void waitFor(long milliseconds) {
        try {
            boolean _ = new CountDownLatch(1).await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted with a picture in hand", e);
        }
    }
}
