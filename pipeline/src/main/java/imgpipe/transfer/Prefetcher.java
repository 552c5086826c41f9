package imgpipe.transfer;

import imgpipe.shard.Task;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Brings sources near before a worker asks for them, on threads that may wait for a disk, so that
 * no core does. A local file needs no copy: it is enough that the system has it in its page cache.
 * Whatever goes wrong here goes wrong again, and is reported, where the picture is read.
 */
public final class Prefetcher implements AutoCloseable {
    private final BlockingQueue<Task> waiting = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Starts so many threads. */
    public Prefetcher(int transfers) {
        for (int i = 0; i < transfers; i++) {
            threads.add(Thread.ofPlatform().daemon().name("prefetcher-" + i).start(this::fetchAll));
        }
    }

    /** Asks for the sources of these tasks, in this order. Returns at once. */
    public void fetch(List<Task> tasks) {
        waiting.addAll(tasks);
    }

    private void fetchAll() {
        try {
            while (true) {
                fetch(waiting.take());
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private static void fetch(Task task) {
        if (task.bytes() == 0) {
            return;
        }
        try (FileChannel channel =
                        FileChannel.open(
                                Path.of(URI.create("file://" + task.source())),
                                StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            // Touches each page instead of copying it: a tenth of a millisecond for a camera's
            // picture. The arena takes the mapping away at once, not at the next collection.
            long bytes = Math.min(task.bytes(), channel.size());
            channel.map(MapMode.READ_ONLY, 0, bytes, arena).load();
        } catch (IOException | InternalError e) {
            // A file that became shorter faults as an InternalError. The worker meets the same and
            // says so.
        }
    }

    /** Ends the threads; what was asked for and not begun is left. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
