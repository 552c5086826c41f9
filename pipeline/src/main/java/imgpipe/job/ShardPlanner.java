package imgpipe.job;

import imgpipe.shard.Limits;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the planned tasks into shards: many, about equal in bytes, and smaller near the end, so that
 * all workers end at about the same time (guided self-scheduling; Polychronopoulos and Kuck, IEEE
 * Transactions on Computers, 1987).
 */
final class ShardPlanner {
    /** A worker gets this part of its fair share of what is left. */
    private static final int PARTS = 8;

    /**
     * A worker that dies gives back at most so many; and a shard fits into a frame of the protocol.
     */
    private static final int MOST_TASKS = 64;

    /** Paths may be long; this many characters of text are well below the largest frame. */
    private static final int MOST_TEXT = 1 << 17;

    private final int workers;
    private final Limits limits;
    private final String temporaryFolder;
    private final TaskSpool tasks;
    private @Nullable Task ahead;
    private long bytesLeft;
    private long shards;

    ShardPlanner(int workers, Limits limits, String temporaryFolder, TaskSpool tasks) {
        this.workers = workers;
        this.limits = limits;
        this.temporaryFolder = temporaryFolder;
        this.tasks = tasks;
        bytesLeft = tasks.bytes();
    }

    /** The next shard, or null behind the last. */
    @Nullable Shard next() {
        try {
            return cut();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the list of tasks cannot be read back: " + e.getMessage(), e);
        }
    }

    private @Nullable Shard cut() throws IOException {
        long fair = bytesLeft / ((long) workers * PARTS);
        List<Task> shard = new ArrayList<>();
        long bytes = 0;
        int text = 0;
        while (shard.size() < MOST_TASKS && text < MOST_TEXT) {
            Task task = ahead != null ? ahead : tasks.take();
            ahead = null;
            if (task == null) {
                break;
            }
            if (!shard.isEmpty() && bytes + task.bytes() > fair) {
                ahead = task;
                break;
            }
            shard.add(task);
            bytes += task.bytes();
            text += text(task);
        }
        bytesLeft -= bytes;
        return shard.isEmpty() ? null : new Shard(shards++, temporaryFolder, limits, shard);
    }

    private static int text(Task task) {
        int length = task.name().length() + task.source().length();
        for (var rendition : task.renditions()) {
            length += rendition.target().length() + rendition.recipe().length();
        }
        return length;
    }
}
