package imgpipe.report;

import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import java.util.List;

/** Tasks and outcomes to listen to. */
final class Tasks {
    private Tasks() {}

    static Task task(long id, String name, long bytes) {
        return new Task(
                id,
                name,
                "/in/" + name,
                bytes,
                0,
                List.of(new Rendition("/out/" + name, "resize 80x60 | jpeg q=80")));
    }

    static Outcome done(long id, String... warnings) {
        return new Outcome.Done(id, List.of(new Written(7, 0, 80, 60)), 4800, List.of(warnings));
    }
}
