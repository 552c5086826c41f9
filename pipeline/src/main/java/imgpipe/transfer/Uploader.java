package imgpipe.transfer;

import imgpipe.shard.FileFault;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.transfer.UploadListener.Upload;
import imgpipe.transfer.UploadReporter.Result;
import imgpipe.transfer.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes outputs on threads of its own, so that no worker waits for a disk. Forcing files goes
 * on in parallel; what has arrived is settled and told by one further thread.
 */
public final class Uploader implements AutoCloseable {
    /**
     * Outputs that may wait for a thread, for each thread: a disk that cannot follow slows the
     * workers down.
     */
    private static final int WAITING = 8;

    /** More than there are threads to wait for room. */
    private static final int MANY = 1 << 20;

    private final Destination destination;
    private final Path temporaryFolder;
    private final int retries;
    private final UploadListener listener;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final UploadReporter reporter;
    private final Thread reporting;
    private final Semaphore room;
    private final ByteBudget bytes;
    private final BlockingQueue<Work> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong retried = new AtomicLong();

    private volatile @Nullable Throwable defect;
    private volatile boolean told;
    private volatile boolean abandoned;

    private sealed interface Work {
        record Publish(
                Task task, Outcome.Done done, TemporaryOutputs outputs, ByteBudget.Share share)
                implements Work {}

        record End() implements Work {}
    }

    /**
     * Starts the threads.
     *
     * @param destination where outputs go; closed with the uploader
     * @param temporaryFolder where {@link Task#temporaryName} files lie
     * @param transfers how many outputs are published at the same time
     * @param retries further attempts for an output that could not be published
     * @param bytes how many of them may wait
     */
    public Uploader(
            Destination destination,
            Path temporaryFolder,
            int transfers,
            int retries,
            ByteBudget bytes,
            UploadListener listener) {
        this.destination = destination;
        this.bytes = bytes;
        this.temporaryFolder = temporaryFolder;
        this.retries = retries;
        this.listener = listener;
        room = new Semaphore(transfers * WAITING);
        reporter = new UploadReporter(destination, listener, this::fail);
        reporting = Thread.ofPlatform().daemon().name("uploader-report").start(reporter);
        for (int i = 0; i < transfers; i++) {
            // A platform thread that waits for a server cannot be interrupted.
            Thread.Builder builder =
                    destination.isInterruptible()
                            ? Thread.ofVirtual()
                            : Thread.ofPlatform().daemon();
            threads.add(builder.name("uploader-" + i).start(this::publishAll));
        }
    }

    /**
     * Takes over the temporary files of a task. Waits while too many others wait.
     *
     * @throws RuntimeException what a thread of the uploader or the listener threw, or an {@link
     *     Error}: nothing is reported any more
     */
    public void publish(Task task, Outcome.Done done) {
        room.acquireUninterruptibly();
        TemporaryOutputs outputs = new TemporaryOutputs(temporaryFolder, task, done);
        ByteBudget.Share share = bytes.takeUninterruptibly(outputs.bytes());
        Throwable thrown = defect;
        told |= thrown != null;
        rethrow(thrown);
        waiting.add(new Work.Publish(task, done, outputs, share));
    }

    /** Attempts beyond the first, so far. */
    public long retried() {
        return retried.get();
    }

    /**
     * Breaks off what waits for a network, for a run that has no time left: it is not reported. A
     * store is told to forget the parts that it has got. May be called from any thread; {@link
     * #close} still returns when the threads have ended.
     */
    public void abandon() {
        if (destination.isInterruptible()) {
            abandoned = true;
            room.release(MANY);
            bytes.close();
            threads.forEach(Thread::interrupt);
        }
    }

    /**
     * Returns when everything taken over has been reported, or abandoned, and the threads have
     * ended.
     *
     * @throws RuntimeException what the listener threw, or an {@link Error} of a thread; the
     *     listener was not told of anything else; if {@link #publish} has thrown it already, it is
     *     the cause of what is thrown here, as nothing can be suppressed by itself
     */
    @Override
    public void close() {
        threads.forEach(thread -> waiting.add(new Work.End()));
        threads.forEach(Uploader::join);
        reporter.end();
        join(reporting);
        destination.close();
        Throwable thrown = defect;
        if (thrown != null && told) {
            throw new IllegalStateException("not all outputs are published", thrown);
        }
        told |= thrown != null;
        rethrow(thrown);
    }

    private static void rethrow(@Nullable Throwable thrown) {
        switch (thrown) {
            case null -> {}
            case Error e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }

    /** Ends the run: whoever waits for room, or asks for it later, hears of it. */
    private void fail(Throwable thrown) {
        defect = thrown;
        room.release(MANY);
        bytes.close();
        // One may wait for others whose outputs nobody settles now.
        threads.forEach(Thread::interrupt);
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                // What has been made is published all the same.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void publishAll() {
        try {
            while (waiting.take() instanceof Work.Publish work) {
                Result result = publish(work);
                if (!abandoned || result instanceof Result.Success) {
                    reporter.add(result);
                }
                work.share().close();
                room.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Error e) {
            fail(e);
        }
    }

    private Result publish(Work.Publish work) throws InterruptedException {
        Publication publication =
                destination.publication(work.task(), work.done(), work.outputs(), listener);
        Result result = publishWithRetries(work, publication);
        if (!(result instanceof Result.Success)) {
            work.outputs().discard();
        }
        return result;
    }

    private Result publishWithRetries(Work.Publish work, Publication publication)
            throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                List<Published> outputs = publication.publish();
                return outputs.isEmpty()
                        ? new Result.Kept(work.task())
                        : new Result.Success(new Upload(work.task(), work.done(), outputs));
            } catch (IOException e) {
                if (attempt == retries || isFinal(e)) {
                    return new Result.Failure(work.task(), e);
                }
                retried.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(
                        (long) (Math.random() * (100L << Math.min(attempt, 6))));
            } catch (RuntimeException e) {
                return new Result.Failure(
                        work.task(), new IOException("imgpipe itself failed to publish: " + e, e));
            }
        }
    }

    /** No attempt mends these. */
    private static boolean isFinal(IOException e) {
        return FileFault.isDiskFull(e)
                || e instanceof UnsyncedException
                // A store has had all its attempts.
                || e instanceof StoreException
                || e instanceof Folders.OutsideException;
    }
}
