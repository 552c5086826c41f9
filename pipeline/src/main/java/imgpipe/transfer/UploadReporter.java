package imgpipe.transfer;

import imgpipe.shard.Task;
import imgpipe.transfer.UploadListener.Upload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Tells what has become of outputs, on one thread and in the order in which it came about: whoever
 * counts failures in a row must hear of a success between them. Those that are published are told
 * once they last: folders are forced once for all that have arrived meanwhile and up to a failure.
 */
final class UploadReporter implements Runnable {
    private final Destination destination;
    private final UploadListener listener;
    private final Consumer<Throwable> defect;
    private final BlockingQueue<Result> finished = new LinkedBlockingQueue<>();

    /** Published and not yet sure to last. Used by the reporting thread alone. */
    private final Set<Upload> unsettled = new LinkedHashSet<>();

    /** What a thread that publishes has come to. */
    sealed interface Result {
        record Success(Upload upload) implements Result {}

        record Kept(Task task) implements Result {}

        record Failure(Task task, IOException cause) implements Result {}

        record End() implements Result {}
    }

    /**
     * Tells nothing until it runs.
     *
     * @param defect hears what the listener has thrown, after which nothing is told any more
     */
    UploadReporter(Destination destination, UploadListener listener, Consumer<Throwable> defect) {
        this.destination = destination;
        this.listener = listener;
        this.defect = defect;
    }

    /** Has this told. May be called from any thread. */
    void add(Result result) {
        finished.add(result);
    }

    /** Nothing more comes: what is left is settled and told, and {@link #run} returns. */
    void end() {
        finished.add(new Result.End());
    }

    @Override
    public void run() {
        try {
            boolean more = true;
            while (more) {
                List<Result> results = new ArrayList<>();
                results.add(finished.take());
                finished.drainTo(results);
                more = !(results.getLast() instanceof Result.End);
                report(results);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            defect.accept(e);
        }
    }

    private void report(List<Result> results) {
        List<Upload> arrived = new ArrayList<>();
        boolean end = false;
        for (Result result : results) {
            switch (result) {
                case Result.Success success -> arrived.add(success.upload());
                case Result.Kept kept -> listener.kept(kept.task());
                case Result.Failure failure -> {
                    if (!arrived.isEmpty()) {
                        settle(arrived);
                        arrived = new ArrayList<>();
                    }
                    listener.failed(failure.task(), failure.cause());
                }
                case Result.End _ -> end = true;
            }
        }
        // Also when none has: a place may be full by one that failed.
        settle(arrived);
        if (end) {
            finish();
        }
    }

    private void settle(List<Upload> arrived) {
        unsettled.addAll(arrived);
        try {
            settled(destination.settle(arrived));
        } catch (IOException e) {
            unsettled.forEach(upload -> listener.failed(upload.task(), e));
            unsettled.clear();
        }
    }

    private void finish() {
        try {
            settled(destination.finish());
        } catch (IOException e) {
            unsettled.forEach(upload -> listener.failed(upload.task(), e));
            unsettled.clear();
        }
    }

    private void settled(List<Upload> durable) {
        durable.forEach(unsettled::remove);
        if (!durable.isEmpty()) {
            listener.published(durable);
        }
    }
}
