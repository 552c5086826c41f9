package imgpipe.dispatch;

import imgpipe.shard.Limits;
import imgpipe.shard.Rendition;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Shards of tasks whose names say what their engine is to do. */
public final class Shards {
    private final Path folder;
    private final Queue<Shard> shards = new ConcurrentLinkedQueue<>();
    private final List<Task> tasks = new ArrayList<>();

    public Shards(Path folder) {
        this.folder = folder;
    }

    /** One more shard. */
    public Shards with(String... names) {
        List<Task> mine = new ArrayList<>();
        for (String name : names) {
            mine.add(
                    new Task(
                            tasks.size() + mine.size(),
                            name,
                            "/in/" + name,
                            1,
                            1,
                            List.of(new Rendition("/out/" + name, "jpeg"))));
        }
        tasks.addAll(mine);
        shards.add(new Shard(shards.size(), folder.toUri().getRawPath(), Limits.DEFAULT, mine));
        return this;
    }

    /** Many shards of tasks that are simply done. */
    public Shards withGood(int count, int size) {
        String[] names = new String[size];
        Arrays.fill(names, "ok");
        for (int i = 0; i < count; i++) {
            with(names);
        }
        return this;
    }

    public List<Task> tasks() {
        return List.copyOf(tasks);
    }

    public ShardSource source() {
        return shards::poll;
    }
}
