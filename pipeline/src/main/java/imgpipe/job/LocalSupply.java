package imgpipe.job;

import imgpipe.dispatch.ShardSource;
import imgpipe.dispatch.TaskListener;
import imgpipe.shard.Limits;
import imgpipe.transfer.Prefetcher;
import java.nio.file.Path;

/** Sources that are files already: they are only read ahead. */
final class LocalSupply implements Supply {
    private final Path root;
    private final Limits limits;
    private final String temporaryFolder;
    private final TaskListener listener;
    private final Prefetcher prefetcher;

    /**
     * Nothing is read yet.
     *
     * @param root folder of the sources, without links
     * @param temporaryFolder for what workers write
     */
    LocalSupply(JobSpec spec, Path root, Path temporaryFolder, TaskListener listener) {
        this.root = root;
        limits = spec.limits();
        this.temporaryFolder = temporaryFolder.toUri().getRawPath();
        this.listener = listener;
        prefetcher = new Prefetcher(spec.network().transfers());
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public TaskListener listener() {
        return listener;
    }

    @Override
    public ShardSource begin(TaskSpool spool, int workers) {
        return new ReadAhead(
                new ShardPlanner(workers, limits, temporaryFolder, spool), prefetcher, workers);
    }

    @Override
    public void close() {
        prefetcher.close();
    }
}
