package imgpipe.job;

import imgpipe.dispatch.ShardSource;
import imgpipe.shard.Shard;
import imgpipe.transfer.Prefetcher;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Cuts some shards before workers ask for them, and has their sources fetched meanwhile. */
final class ReadAhead implements ShardSource {
    private final ShardPlanner planner;
    private final Prefetcher prefetcher;
    private final int ahead;
    private final Queue<Shard> ready = new ArrayDeque<>();

    /**
     * Nothing is fetched before the first shard is asked for.
     *
     * @param ahead how many shards wait at the most, at least 1
     */
    ReadAhead(ShardPlanner planner, Prefetcher prefetcher, int ahead) {
        this.planner = planner;
        this.prefetcher = prefetcher;
        this.ahead = ahead;
    }

    @Override
    public synchronized @Nullable Shard next() {
        while (ready.size() <= ahead) {
            Shard shard = planner.next();
            if (shard == null) {
                break;
            }
            prefetcher.fetch(shard.tasks());
            ready.add(shard);
        }
        return ready.poll();
    }
}
