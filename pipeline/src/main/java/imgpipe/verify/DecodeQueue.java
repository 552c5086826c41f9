package imgpipe.verify;

import imgpipe.dispatch.ShardSource;
import imgpipe.shard.Limits;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Pictures on their way from those who read files to the workers who decode them. */
final class DecodeQueue implements ShardSource {
    /** Pictures that wait at most: files must not be read long before they are decoded. */
    private static final int ROOM = 256;

    private static final int MOST_TASKS = 16;

    private final Limits limits;
    private final String temporaryFolder;
    private final Queue<Task> waiting = new ArrayDeque<>();
    private long shards;
    private boolean ended;

    DecodeQueue(Limits limits, String temporaryFolder) {
        this.limits = limits;
        this.temporaryFolder = temporaryFolder;
    }

    /** Waits for room. After the end it does nothing. */
    synchronized void add(Task task) throws InterruptedException {
        while (waiting.size() >= ROOM && !ended) {
            wait();
        }
        if (!ended) {
            waiting.add(task);
            notifyAll();
        }
    }

    /** Nothing more comes; what waits is still taken. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public synchronized @Nullable Shard next() throws InterruptedException {
        while (waiting.isEmpty() && !ended) {
            wait();
        }
        List<Task> tasks = new ArrayList<>();
        while (tasks.size() < MOST_TASKS && !waiting.isEmpty()) {
            tasks.add(waiting.remove());
        }
        notifyAll();
        return tasks.isEmpty() ? null : new Shard(shards++, temporaryFolder, limits, tasks);
    }
}
