package imgpipe.transfer;

import imgpipe.shard.Task;
import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fetches sources from a store into a spool folder, each on a virtual thread of its own, as many at
 * the same time as there may be transfers and as fit into the spool. What has arrived is told at
 * once, in whatever order. While one address waits for a host in trouble, others go on.
 */
public final class Downloader implements AutoCloseable {
    /** Threads for each transfer: most of them wait for their turn, a pause or a host. */
    private static final int WAITING = 16;

    /** More than wait to begin. */
    private static final int MANY = 1 << 20;

    /** What the first sources of unknown size get. Most pictures are smaller. */
    private static final long FIRST_ROOM = 4 << 20;

    /** By this part what a source of unknown size gets shrinks with each smaller one. */
    private static final int SHRINKING = 16;

    private final Store store;
    private final Retries retries;
    private final Path folder;
    private final ByteBudget room;
    private final SourceLimit limit;
    private final long most;
    private final DownloadListener listener;
    private final Semaphore turns;
    private final int mostThreads;
    private final Semaphore threads;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    /** Those that are not telling of anything. Guarded by itself. */
    private final Set<Thread> interruptible = new HashSet<>();

    private volatile boolean closed;

    /**
     * What a source of unknown size gets: about as much as the largest of the last ones had. One
     * that gets too little while the spool is full must be asked for twice. Two threads that change
     * it at once do no harm.
     */
    private volatile long guess;

    /** Where tasks come from, in the order in which they are begun. Asked by one thread. */
    @FunctionalInterface
    public interface Tasks {
        /** The next one, or null behind the last. */
        @Nullable Task next() throws IOException;
    }

    /**
     * A downloader that has not begun.
     *
     * @param store not closed here
     * @param folder the spool; existing, and nobody else's
     * @param room bytes that the spool may hold
     * @param transfers at the same time, at least 1
     * @param most bytes that one source may have
     */
    public Downloader(
            Store store,
            Retries retries,
            Path folder,
            ByteBudget room,
            int transfers,
            long most,
            DownloadListener listener) {
        this.store = store;
        this.retries = retries;
        this.folder = folder;
        this.room = room;
        int atOnce = Math.min(transfers, store.parallelism());
        limit = SourceLimit.of(most, room.limit());
        this.most = limit.bytes();
        guess = Math.min(FIRST_ROOM, this.most);
        this.listener = listener;
        turns = new Semaphore(atOnce, true);
        // What is read forwards is asked for in the order in which it lies.
        mostThreads = atOnce == 1 ? 1 : atOnce * WAITING;
        threads = new Semaphore(mostThreads);
    }

    /** Begins with the first task. Returns at once. */
    public void start(Tasks tasks) {
        start("downloads", () -> begin(tasks));
    }

    private void start(String name, Runnable work) {
        Thread thread =
                Thread.ofVirtual()
                        .name(name)
                        .unstarted(
                                () -> {
                                    try {
                                        work.run();
                                    } finally {
                                        running.remove(Thread.currentThread());
                                    }
                                });
        running.add(thread);
        thread.start();
    }

    private void begin(Tasks tasks) {
        try {
            for (Task task = tasks.next(); task != null; task = tasks.next()) {
                Task begun = task;
                threads.acquireUninterruptibly();
                if (closed) {
                    break;
                }
                start(
                        "download-" + task.id(),
                        () -> {
                            try {
                                tell(begun);
                            } finally {
                                threads.release();
                            }
                        });
            }
        } catch (IOException e) {
            listener.broken("the list of tasks cannot be read back: " + e.getMessage());
        } finally {
            // All of them are back when none is out.
            threads.acquireUninterruptibly(mostThreads);
            listener.ended();
        }
    }

    /** Whoever tells is not interrupted: it may be writing what others write too. */
    private void tell(Task task) {
        Runnable news = fetch(task);
        if (!closed) {
            try {
                news.run();
            } catch (RuntimeException e) {
                listener.broken("imgpipe itself failed on " + task.name() + ": " + e);
            }
        }
    }

    /** What there is to tell of a source, when it is here or will not come. */
    private Runnable fetch(Task task) {
        try {
            interruptible(true);
            Known known = listener.known(task);
            Optional<SpooledFile> file =
                    retries.call(Addresses.host(task.source()), () -> attempt(task, known));
            return file.<Runnable>map(it -> () -> listener.arrived(task, it))
                    .orElse(() -> listener.unchanged(task));
        } catch (StoreException e) {
            return () -> listener.failed(task, e);
        } catch (InterruptedException e) {
            // Closed.
            return () -> {};
        } catch (RuntimeException | Error e) {
            return () ->
                    listener.failed(
                            task,
                            new StoreException(Fault.REFUSED, "imgpipe itself failed: " + e, e));
        } finally {
            interruptible(false);
        }
    }

    private void interruptible(boolean from) {
        synchronized (interruptible) {
            if (from) {
                interruptible.add(Thread.currentThread());
            } else {
                interruptible.remove(Thread.currentThread());
                boolean _ = Thread.interrupted();
            }
        }
    }

    /** Nothing if the source is as it was known. */
    private Optional<SpooledFile> attempt(Task task, @Nullable Known known)
            throws StoreException, InterruptedException {
        boolean told = task.bytes() > 0;
        long wanted = Math.min(most, told ? task.bytes() : guess);
        while (true) {
            // Room comes first: whoever waits for it must not keep a connection open meanwhile.
            ByteBudget.Share share = room.take(wanted);
            Optional<SpooledFile> file = Optional.empty();
            try {
                turns.acquire();
                try {
                    if (closed) {
                        // It had its turn from one that was cut short.
                        throw new InterruptedException();
                    }
                    file = fetched(task, known, share);
                    if (!told) {
                        file.ifPresent(it -> guess = guessed(it.bytes()));
                    }
                    return file;
                } catch (NoRoomException e) {
                    wanted = e.wanted();
                } finally {
                    turns.release();
                }
            } finally {
                if (file.isEmpty()) {
                    discard(task);
                    share.close();
                }
            }
        }
    }

    private long guessed(long bytes) {
        return Math.clamp(Math.max(bytes, guess - guess / SHRINKING), 1, most);
    }

    private Optional<SpooledFile> fetched(Task task, @Nullable Known known, ByteBudget.Share share)
            throws StoreException, InterruptedException, NoRoomException {
        try (SpoolIntake intake =
                new SpoolIntake(file(task), share, limit, known, listener::moved)) {
            return attempt(task, known, intake);
        }
    }

    private Optional<SpooledFile> attempt(Task task, @Nullable Known known, SpoolIntake intake)
            throws StoreException, InterruptedException, NoRoomException {
        try {
            String validator = known == null ? "" : known.validator();
            return store.fetch(task.source(), validator, intake)
                    ? Optional.of(intake.file())
                    : Optional.empty();
        } catch (StoreException e) {
            if (intake.wanted() > 0) {
                throw new NoRoomException(intake.wanted());
            }
            throw e;
        }
    }

    /** The spool is too full for what came; with so much room from the start it will not be. */
    private static final class NoRoomException extends Exception {
        private static final long serialVersionUID = 1L;
        private final long wanted;

        NoRoomException(long wanted) {
            this.wanted = wanted;
        }

        long wanted() {
            return wanted;
        }
    }

    private Path file(Task task) {
        return folder.resolve(Long.toString(task.id()));
    }

    private void discard(Task task) {
        try {
            Files.deleteIfExists(file(task));
        } catch (IOException e) {
            // The end of the run clears the folder.
        }
    }

    /** Ends what is under way; of what was not told by then nothing is told any more. */
    @Override
    public void close() {
        closed = true;
        room.close();
        threads.release(MANY);
        while (!running.isEmpty()) {
            synchronized (interruptible) {
                interruptible.forEach(Thread::interrupt);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
