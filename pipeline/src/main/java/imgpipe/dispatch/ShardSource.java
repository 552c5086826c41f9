package imgpipe.dispatch;

import imgpipe.shard.Shard;
import org.jspecify.annotations.Nullable;

/** Where shards come from. Safe for use by several threads. */
public interface ShardSource {
    /**
     * The next shard, or null when there is none and none will come. Waits while one may still
     * come.
     *
     * @throws InterruptedException when the waiting thread is interrupted
     */
    @Nullable Shard next() throws InterruptedException;
}
