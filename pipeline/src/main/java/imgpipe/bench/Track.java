package imgpipe.bench;

import imgpipe.dispatch.RunFailedException;
import imgpipe.dispatch.ShardSource;
import imgpipe.dispatch.TaskListener;
import imgpipe.shard.Footprint;
import imgpipe.shard.Outcome;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Between a runner that is kept up and whoever measures it: hands out shards when told to, lets the
 * runner wait in between, and notes when the last outcome came. Outputs are deleted as they come.
 */
final class Track implements ShardSource, TaskListener {
    private final Path temporaryFolder;
    private final Deque<Shard> shards = new ArrayDeque<>();
    private List<Failure> failures = new ArrayList<>();
    private int left;
    private int done;
    private long pixels;
    private long lastEnd;
    private long firstEnd;
    private boolean closed;
    private @Nullable String trouble;

    /**
     * A task that did not succeed.
     *
     * @param sentence why
     */
    record Failure(Task task, String sentence) {}

    /**
     * What became of the tasks handed out.
     *
     * @param done tasks that succeeded
     * @param pixels of their sources
     * @param end of the last one, as {@link System#nanoTime()}
     * @param failures of the others
     */
    record Arrival(int done, long pixels, long end, List<Failure> failures) {}

    Track(Path temporaryFolder) {
        this.temporaryFolder = temporaryFolder;
    }

    /** Lets the runner have shards. All of the ones before have been awaited. */
    synchronized void handOut(List<Shard> more) {
        failures = new ArrayList<>();
        done = 0;
        pixels = 0;
        left = more.stream().mapToInt(shard -> shard.tasks().size()).sum();
        shards.addAll(more);
        notifyAll();
    }

    /**
     * Waits for the outcomes of all that was handed out.
     *
     * @throws RunFailedException when they will never come, or came in spite of trouble
     */
    synchronized Arrival await() throws RunFailedException, InterruptedException {
        while (left > 0 && trouble == null) {
            wait();
        }
        if (trouble != null) {
            throw new RunFailedException(trouble);
        }
        return new Arrival(done, pixels, lastEnd, List.copyOf(failures));
    }

    /** When the very first outcome came, as {@link System#nanoTime()}. */
    synchronized long firstEnd() {
        return firstEnd;
    }

    /** What comes from now on cannot be believed. */
    synchronized void fail(String sentence) {
        if (trouble == null && !closed) {
            trouble = sentence;
        }
        notifyAll();
    }

    /** Nothing more will be handed out. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    @Override
    public synchronized @Nullable Shard next() throws InterruptedException {
        while (shards.isEmpty() && !closed) {
            wait();
        }
        return closed ? null : shards.removeFirst();
    }

    @Override
    public void started(int worker, Task task) {}

    @Override
    public void finished(int worker, Task task, Outcome outcome) {
        long now = System.nanoTime();
        try {
            for (int i = 0; i < task.renditions().size(); i++) {
                Files.deleteIfExists(temporaryFolder.resolve(task.temporaryName(i)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        count(now, task, outcome);
    }

    /** It would be done after all others, by fewer workers than are measured. */
    @Override
    public void deferred(int worker, Task task, Footprint need) {
        fail(
                task.name()
                        + " takes more memory than each of these workers has; measure fewer workers"
                        + " (-j), or give them more with --worker-memory");
    }

    private synchronized void count(long now, Task task, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done(var _, var _, long size, var _) -> {
                done++;
                pixels += size;
            }
            case Outcome.Failed(var _, var kind, var _, String sentence) ->
                    failures.add(new Failure(task, kind + ": " + sentence));
            case Outcome.Quarantined(var _, var kind, var _, String sentence) ->
                    failures.add(new Failure(task, kind + ": " + sentence));
        }
        firstEnd = firstEnd == 0 ? now : firstEnd;
        lastEnd = Math.max(lastEnd, now);
        left--;
        notifyAll();
    }

    /** A death costs so much time that nothing measured beside it is worth anything. */
    @Override
    public void workerDied(int worker, String report) {
        fail("a worker died, so nothing can be measured: " + report);
    }
}
