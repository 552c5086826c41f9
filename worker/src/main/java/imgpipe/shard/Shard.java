package imgpipe.shard;

import java.util.List;

/**
 * Tasks that one worker does one after the other.
 *
 * @param id unique within the run
 * @param temporaryFolder existing folder for the outputs until they are published, as the
 *     percent-encoded path of {@link java.nio.file.Path#toUri()}, ending in {@code /}
 * @param limits for every task
 * @param tasks in this order; at least one
 */
public record Shard(long id, String temporaryFolder, Limits limits, List<Task> tasks) {
    public Shard {
        tasks = List.copyOf(tasks);
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("shard " + id + " is empty");
        }
    }

    /** Bytes of all sources together. */
    public long bytes() {
        return tasks.stream().mapToLong(Task::bytes).sum();
    }
}
