package imgpipe.dispatch.process;

import imgpipe.dispatch.Recorder;
import imgpipe.dispatch.Shards;
import imgpipe.shard.Task;
import java.nio.file.Path;
import java.time.Duration;

/** A coordinator for another process to kill; says when all its workers have a picture in hand. */
public final class LonelyCoordinator {
    private LonelyCoordinator() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Recorder recorder =
                new Recorder() {
                    @Override
                    public void started(int worker, Task task) {
                        super.started(worker, task);
                        if (workers().size() == 2) {
                            System.out.println("busy");
                        }
                    }
                };
        PoolSettings settings = WorkerPoolIT.settings(2, Duration.ofSeconds(60), folder, args[1]);
        try (WorkerPool pool = new WorkerPool(settings)) {
            System.out.println("ready");
            pool.run(new Shards(folder).with("hang").with("hang").source(), recorder);
        }
    }
}
