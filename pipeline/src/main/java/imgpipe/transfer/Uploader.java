package imgpipe.transfer;

import imgpipe.shard.FileFault;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import imgpipe.transfer.UploadListener.Upload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes outputs on threads of its own, so that no worker waits for a disk. Forcing files goes
 * on in parallel; folders are forced by one further thread, once for all files that have arrived
 * meanwhile, which then reports them.
 */
public final class Uploader implements AutoCloseable {
    /**
     * Outputs that may wait for a thread, for each thread: a disk that cannot follow slows the
     * workers down.
     */
    private static final int WAITING = 8;

    private final Path root;
    private final Path temporaryFolder;
    private final int retries;
    private final UploadListener listener;
    private final List<Thread> threads = new ArrayList<>();
    private final Thread reporter;
    private final Semaphore room;
    private final BlockingQueue<Work> waiting = new LinkedBlockingQueue<>();
    private final BlockingQueue<Result> finished = new LinkedBlockingQueue<>();
    private final Set<Path> folders = ConcurrentHashMap.newKeySet();
    private final AtomicLong retried = new AtomicLong();
    private volatile @Nullable RuntimeException defect;

    private sealed interface Work {
        record Publish(Task task, Outcome.Done done) implements Work {}

        record End() implements Work {}
    }

    private sealed interface Result {
        record Success(Upload upload) implements Result {}

        record Failure(Task task, IOException cause) implements Result {}

        record End() implements Result {}
    }

    /**
     * Starts the threads.
     *
     * @param root the output folder, existing; nothing is published outside it
     * @param temporaryFolder where {@link Task#temporaryName} files lie
     * @param transfers how many outputs are forced to the disk at the same time
     * @param retries further attempts for an output that could not be published
     */
    public Uploader(
            Path root, Path temporaryFolder, int transfers, int retries, UploadListener listener)
            throws IOException {
        this.root = root.toRealPath();
        this.temporaryFolder = temporaryFolder;
        this.retries = retries;
        this.listener = listener;
        room = new Semaphore(transfers * WAITING);
        for (int i = 0; i < transfers; i++) {
            threads.add(Thread.ofPlatform().daemon().name("uploader-" + i).start(this::publishAll));
        }
        reporter = Thread.ofPlatform().daemon().name("uploader-report").start(this::reportAll);
    }

    /** Takes over the temporary files of a task. Waits while too many others wait. */
    public void publish(Task task, Outcome.Done done) {
        room.acquireUninterruptibly();
        waiting.add(new Work.Publish(task, done));
    }

    /** Attempts beyond the first, so far. */
    public long retried() {
        return retried.get();
    }

    /**
     * Returns when everything taken over has been reported, and the threads have ended.
     *
     * @throws RuntimeException the first that the listener threw; it was not told of anything else
     */
    @Override
    public void close() {
        threads.forEach(thread -> waiting.add(new Work.End()));
        threads.forEach(Uploader::join);
        finished.add(new Result.End());
        join(reporter);
        RuntimeException thrown = defect;
        if (thrown != null) {
            throw thrown;
        }
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
                finished.add(publishWithRetries(work));
                room.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Result publishWithRetries(Work.Publish work) throws InterruptedException {
        Set<Path> moved = new HashSet<>();
        for (int attempt = 0; ; attempt++) {
            try {
                return new Result.Success(
                        new Upload(work.task(), work.done(), publishOnce(work, moved)));
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

    /**
     * No attempt mends these. After a failed fsync the system may have dropped the pages and call
     * the next fsync good, so what is in the file is not believed any more: the picture has to be
     * made again.
     */
    private static boolean isFinal(IOException e) {
        String message = String.valueOf(e.getMessage());
        return FileFault.isDiskFull(e)
                || message.contains("Input/output error")
                || e instanceof OutsideException;
    }

    private List<Published> publishOnce(Work.Publish work, Set<Path> moved) throws IOException {
        Task task = work.task();
        List<Published> outputs = new ArrayList<>();
        for (int i = 0; i < task.renditions().size(); i++) {
            Rendition rendition = task.renditions().get(i);
            Written written = work.done().written().get(i);
            Path file = temporaryFolder.resolve(task.temporaryName(i));
            Path target = Path.of(URI.create("file://" + rendition.target()));
            // An earlier attempt may have come as far as this.
            if (!moved.contains(target)) {
                long bytes = Files.size(file);
                if (bytes != written.bytes()) {
                    throw new IOException(
                            "the worker wrote "
                                    + written.bytes()
                                    + " bytes, its file has "
                                    + bytes);
                }
                prepareFolder(target);
                DurableFiles.publish(file, target);
                moved.add(target);
            }
            BasicFileAttributes now =
                    Files.readAttributes(
                            target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            outputs.add(
                    new Published(
                            target,
                            now.size(),
                            now.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                            written.crc32c(),
                            written.width(),
                            written.height()));
        }
        return outputs;
    }

    /** Makes the target's folder, and refuses one that a link has put somewhere else. */
    private void prepareFolder(Path target) throws IOException {
        Path folder = folderOf(target);
        if (folders.contains(folder)) {
            return;
        }
        Path there = folder;
        while (Files.notExists(there)) {
            there = folderOf(there);
        }
        // Before anything is made below it.
        if (!there.toRealPath().startsWith(root)) {
            throw new OutsideException(there + " is a link that leads out of the output folder");
        }
        DurableFiles.createFolders(folder);
        folders.add(folder);
    }

    private static Path folderOf(Path target) {
        Path folder = target.getParent();
        if (folder == null) {
            throw new IllegalArgumentException(target + " has no folder");
        }
        return folder;
    }

    private static final class OutsideException extends IOException {
        private static final long serialVersionUID = 1L;

        OutsideException(String sentence) {
            super(sentence);
        }
    }

    private void reportAll() {
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
        } catch (RuntimeException e) {
            defect = e;
        }
    }

    private void report(List<Result> results) {
        Set<Path> touched = new LinkedHashSet<>();
        for (Result result : results) {
            if (result instanceof Result.Success success) {
                success.upload()
                        .outputs()
                        .forEach(output -> touched.add(folderOf(output.target())));
            }
        }
        IOException fault = forceFolders(touched);
        List<Upload> published = new ArrayList<>();
        for (Result result : results) {
            switch (result) {
                case Result.Success success -> {
                    if (fault == null) {
                        published.add(success.upload());
                    } else {
                        listener.failed(success.upload().task(), fault);
                    }
                }
                case Result.Failure failure -> listener.failed(failure.task(), failure.cause());
                case Result.End end -> {}
            }
        }
        if (!published.isEmpty()) {
            listener.published(published);
        }
    }

    private static @Nullable IOException forceFolders(Set<Path> folders) {
        try {
            for (Path folder : folders) {
                DurableFiles.forceFolder(folder);
            }
            return null;
        } catch (IOException e) {
            return e;
        }
    }
}
