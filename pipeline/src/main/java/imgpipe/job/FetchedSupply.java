package imgpipe.job;

import imgpipe.dispatch.ShardSource;
import imgpipe.dispatch.TaskListener;
import imgpipe.transfer.ByteBudget;
import imgpipe.transfer.Downloader;
import imgpipe.transfer.Retries;
import imgpipe.transfer.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Sources that are fetched into a spool, from where workers read them. */
final class FetchedSupply implements Supply {
    private final Path folder;
    private final Arrivals arrivals;
    private final @Nullable EarlierWork earlier;
    private final Downloader downloader;

    /**
     * Nothing is fetched yet.
     *
     * @param store of the input; not closed here
     * @param temporary folder of this run, in which the spool is made
     * @param earlier what is known of sources whose listing does not tell whether they have
     *     changed, or null; closed with this
     * @param moved is told when bytes come
     */
    FetchedSupply(
            JobSpec spec,
            Store store,
            Retries retries,
            Path temporary,
            Path temporaryFolder,
            Recorder recorder,
            @Nullable EarlierWork earlier,
            Runnable moved)
            throws IOException {
        this.earlier = earlier;
        // What others keep behind credentials is not for everybody on this machine.
        folder =
                Files.createDirectory(
                        temporary.resolve("spool"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        arrivals = new Arrivals(spec, temporaryFolder, recorder, earlier, moved);
        downloader =
                new Downloader(
                        store,
                        retries,
                        folder,
                        new ByteBudget(spec.spoolBytes()),
                        spec.network().transfers(),
                        spec.limits().maxFileBytes(),
                        arrivals);
    }

    @Override
    public Path root() {
        return folder;
    }

    @Override
    public TaskListener listener() {
        return arrivals;
    }

    @Override
    public ShardSource begin(TaskSpool spool, int workers) {
        downloader.start(spool::take);
        return arrivals;
    }

    @Override
    public void close() throws IOException {
        downloader.close();
        if (earlier != null) {
            earlier.close();
        }
    }
}
