package imgpipe.job;

import imgpipe.dispatch.RunFailedException;
import imgpipe.dispatch.ShardRunner;
import imgpipe.dispatch.ShardSource;
import imgpipe.dispatch.TaskListener;
import imgpipe.shard.Shard;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A runner that is at work before its first shard is known: a worker's JVM starts while the folder
 * is still being scanned.
 */
final class Dispatch implements AutoCloseable {
    private final ShardRunner runner;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("imgpipe-dispatch").factory());
    private final CountDownLatch known = new CountDownLatch(1);
    private volatile @Nullable ShardSource source;
    private final Future<?> run;

    /** Has the runner start its workers. Returns at once. */
    Dispatch(ShardRunner runner, TaskListener listener) {
        this.runner = runner;
        ChangedSources changed = new ChangedSources(this::next, listener);
        run =
                thread.submit(
                        () -> {
                            runner.run(changed, changed);
                            return runner;
                        });
    }

    private @Nullable Shard next() throws InterruptedException {
        known.await();
        return Objects.requireNonNull(source).next();
    }

    /**
     * Gives the runner its shards and returns when it has done them.
     *
     * @throws RunFailedException when workers cannot be started or die before they have begun
     */
    void run(ShardSource shards) throws RunFailedException, InterruptedException {
        source = shards;
        known.countDown();
        try {
            run.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RunFailedException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Asks for an early end: pictures in hand are finished. May be called from any thread. */
    void stop() {
        runner.stop();
    }

    /** Where the runner stands, for people. */
    String state() {
        return runner.state();
    }

    /** Ends the workers with what they have in hand. May be called from any thread. */
    void abandon() {
        runner.close();
    }

    /** Ends the workers, if they still run, and returns when they are gone. */
    @Override
    public void close() {
        abandon();
        thread.close();
    }
}
