package imgpipe.transfer;

import imgpipe.shard.Task;
import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Fetches sources from a store into a spool folder, each on a virtual thread of its own, as many at
 * the same time as there may be transfers and as fit into the spool. What has arrived is told at
 * once, in whatever order. While one address waits for a host in trouble, others go on.
 */
public final class Downloader implements AutoCloseable {
    /** Threads for each transfer: most of them wait for their turn, a pause or a host. */
    private static final int WAITING = 16;

    /** What a source of unknown size gets at first. Most pictures are smaller. */
    private static final long FIRST_ROOM = 4 << 20;

    private final Store store;
    private final Retries retries;
    private final Path folder;
    private final ByteBudget room;
    private final int transfers;
    private final long most;
    private final DownloadListener listener;
    private final Semaphore turns;
    private final Semaphore threads;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

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
        this.transfers = Math.min(transfers, store.parallelism());
        this.most = Math.min(most, room.limit());
        this.listener = listener;
        turns = new Semaphore(this.transfers, true);
        threads = new Semaphore(this.transfers == 1 ? 1 : this.transfers * WAITING);
    }

    /** Begins with the first task. Returns at once. */
    public void start(Tasks tasks) {
        start("downloads", () -> begin(tasks));
    }

    private void start(String name, Interruptible work) {
        Thread thread =
                Thread.ofVirtual()
                        .name(name)
                        .unstarted(
                                () -> {
                                    try {
                                        work.run();
                                    } catch (InterruptedException e) {
                                        // Closed.
                                    } finally {
                                        running.remove(Thread.currentThread());
                                    }
                                });
        running.add(thread);
        thread.start();
        if (closed) {
            thread.interrupt();
        }
    }

    @FunctionalInterface
    private interface Interruptible {
        void run() throws InterruptedException;
    }

    private void begin(Tasks tasks) throws InterruptedException {
        try {
            for (Task task = next(tasks); task != null && !closed; task = next(tasks)) {
                Task begun = task;
                threads.acquire();
                start(
                        "download-" + task.id(),
                        () -> {
                            try {
                                fetch(begun);
                            } finally {
                                threads.release();
                            }
                        });
            }
            // All of them are back when none is out.
            threads.acquire(this.transfers == 1 ? 1 : transfers * WAITING);
        } finally {
            listener.ended();
        }
    }

    private static @Nullable Task next(Tasks tasks) {
        try {
            return tasks.next();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(
                    "the list of tasks cannot be read back: " + e.getMessage(), e);
        }
    }

    private void fetch(Task task) throws InterruptedException {
        try {
            Known known = listener.known(task);
            retries.call(Addresses.host(task.source()), () -> attempt(task, known))
                    .ifPresentOrElse(
                            file -> listener.arrived(task, file), () -> listener.unchanged(task));
        } catch (StoreException e) {
            listener.failed(task, e);
        } catch (RuntimeException e) {
            listener.failed(
                    task, new StoreException(Fault.REFUSED, "imgpipe itself failed: " + e, e));
        }
    }

    /** Nothing if the source is as it was known. */
    private Optional<SpooledFile> attempt(Task task, @Nullable Known known)
            throws StoreException, InterruptedException {
        long wanted = task.bytes() > 0 ? task.bytes() : Math.min(FIRST_ROOM, room.limit());
        while (true) {
            // Room comes first: whoever waits for it must not keep a connection open meanwhile.
            ByteBudget.Share share = room.take(wanted);
            boolean arrived = false;
            try {
                turns.acquire();
                try (SpoolIntake intake = intake(task, known, share)) {
                    Optional<SpooledFile> file = attempt(task, known, intake);
                    arrived = file.isPresent();
                    return file;
                } catch (NoRoomException e) {
                    wanted = e.wanted();
                } finally {
                    turns.release();
                }
            } finally {
                if (!arrived) {
                    discard(task);
                    share.close();
                }
            }
        }
    }

    private SpoolIntake intake(Task task, @Nullable Known known, ByteBudget.Share share) {
        return new SpoolIntake(file(task), share, most, known, listener::moved);
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
        running.forEach(Thread::interrupt);
        for (Thread thread : running) {
            join(thread);
        }
        room.close();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
