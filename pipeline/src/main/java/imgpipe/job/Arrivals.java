package imgpipe.job;

import imgpipe.dispatch.ShardSource;
import imgpipe.dispatch.TaskListener;
import imgpipe.ledger.LedgerEntry;
import imgpipe.ledger.LedgerEntry.State;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Footprint;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import imgpipe.transfer.DownloadListener;
import imgpipe.transfer.Known;
import imgpipe.transfer.SpooledFile;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.Validators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the downloader, the runner and the recorder: cuts shards from what has arrived, in
 * the order in which it arrives, and has the runner work on files of the spool where the recorder
 * hears of the sources that they came from.
 */
final class Arrivals implements ShardSource, TaskListener, DownloadListener {
    /** Of what is ready each worker gets this part, so that no other one has to wait for more. */
    private static final int PARTS = 2;

    /** A worker that dies gives back at most so many. */
    private static final int MOST_TASKS = 16;

    private final Recorder recorder;
    private final @Nullable EarlierWork earlier;
    private final Runnable moved;
    private final Limits limits;
    private final String temporaryFolder;
    private final int workers;
    private final long spoolBytes;
    private final Map<Long, Arrived> inHand = new ConcurrentHashMap<>();
    private final Deque<Task> ready = new ArrayDeque<>();
    private boolean ended;
    private long shards;
    private final Set<Long> deferred = new HashSet<>();
    private long deferredBytes;

    /** A source, as it turned out to be, and its file. */
    private record Arrived(Task source, SpooledFile file) {}

    /**
     * Nothing has arrived yet.
     *
     * @param earlier what spares fetching what has not changed, or null where the listing has
     *     spared it
     * @param moved is told when bytes come
     */
    Arrivals(
            JobSpec spec,
            Path temporaryFolder,
            Recorder recorder,
            @Nullable EarlierWork earlier,
            Runnable moved) {
        this.recorder = recorder;
        this.earlier = earlier;
        this.moved = moved;
        limits = spec.limits();
        this.temporaryFolder = temporaryFolder.toUri().getRawPath();
        workers = spec.workers();
        spoolBytes = spec.spoolBytes();
    }

    @Override
    public @Nullable Known known(Task task) {
        return earlier == null
                ? null
                : earlier.of(task)
                        .map(entry -> new Known(entry.bytes(), entry.validator()))
                        .orElse(null);
    }

    @Override
    public void unchanged(Task task) {
        LedgerEntry entry = earlier == null ? null : earlier.of(task).orElse(null);
        if (entry != null && entry.state() == State.QUARANTINED) {
            recorder.left(task, String.valueOf(entry.kind()));
        } else {
            recorder.upToDate(task);
        }
    }

    @Override
    public void failed(Task task, StoreException why) {
        recorder.notFetched(task, why);
    }

    @Override
    public void moved() {
        moved.run();
    }

    @Override
    public void arrived(Task task, SpooledFile file) {
        Task source =
                new Task(
                        task.id(),
                        task.name(),
                        task.source(),
                        file.bytes(),
                        Validators.stamp(file.validator()),
                        task.renditions());
        try {
            Task local = local(source, file);
            inHand.put(task.id(), new Arrived(source, file));
            if (earlier != null) {
                recorder.remember(source, file.validator());
            }
            synchronized (this) {
                ready.add(local);
                notifyAll();
            }
        } catch (IOException e) {
            file.close();
            recorder.notFetched(
                    task,
                    new StoreException(StoreException.Fault.LOCAL, "it is gone from the spool", e));
        }
    }

    private static Task local(Task source, SpooledFile file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file.path(), BasicFileAttributes.class);
        return new Task(
                source.id(),
                source.name(),
                file.path().toUri().getRawPath(),
                now.size(),
                now.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                source.renditions());
    }

    @Override
    public void broken(String why) {
        recorder.broken(why);
    }

    @Override
    public synchronized void ended() {
        ended = true;
        notifyAll();
    }

    @Override
    public synchronized @Nullable Shard next() throws InterruptedException {
        while (ready.isEmpty() && !ended) {
            wait();
        }
        if (ready.isEmpty()) {
            return null;
        }
        int size = Math.clamp(ready.size() / ((long) workers * PARTS), 1, MOST_TASKS);
        List<Task> tasks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            tasks.add(ready.remove());
        }
        return new Shard(shards++, temporaryFolder, limits, tasks);
    }

    private Task source(Task local) {
        Arrived arrived = inHand.get(local.id());
        return arrived == null ? local : arrived.source();
    }

    @Override
    public void started(int worker, Task task) {
        recorder.started(worker, source(task));
    }

    @Override
    public void finished(int worker, Task task, Outcome outcome) {
        Arrived arrived = inHand.remove(task.id());
        if (arrived == null) {
            recorder.finished(worker, task, outcome);
            return;
        }
        boolean gone = Files.notExists(arrived.file().path());
        arrived.file().close();
        recorder.finished(
                worker,
                arrived.source(),
                gone && outcome instanceof Outcome.Failed ? crowdedOut(task) : outcome);
    }

    private static Outcome crowdedOut(Task task) {
        return new Outcome.Failed(
                task.id(),
                FailureKind.MEMORY,
                task.name(),
                "it needs more memory than a worker has beside others, and the spool had no room"
                        + " to let it wait for the end; try it again with imgpipe retry, or give"
                        + " the run a larger --spool-size");
    }

    /**
     * Who waits for the end takes room from those who come before. Half of the spool is enough for
     * them, or nobody would go on.
     */
    @Override
    public void deferred(int worker, Task task, Footprint need) {
        recorder.deferred(worker, source(task), need);
        Arrived arrived = inHand.get(task.id());
        if (arrived != null && !mayWait(arrived)) {
            arrived.file().close();
        }
    }

    private synchronized boolean mayWait(Arrived arrived) {
        long bytes = arrived.file().bytes();
        // Who is put off again by fewer workers has room already.
        if (!deferred.contains(arrived.source().id())) {
            if (deferredBytes + bytes > spoolBytes / 2) {
                return false;
            }
            deferred.add(arrived.source().id());
            deferredBytes += bytes;
        }
        return true;
    }

    @Override
    public void triedAgain(int worker, Task task) {
        recorder.triedAgain(worker, source(task));
    }

    @Override
    public void workerDied(int worker, String report) {
        recorder.workerDied(worker, report);
    }
}
