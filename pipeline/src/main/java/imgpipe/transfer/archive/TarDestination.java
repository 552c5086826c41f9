package imgpipe.transfer.archive;

import imgpipe.shard.FileFault;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import imgpipe.transfer.Destination;
import imgpipe.transfer.Publication;
import imgpipe.transfer.Published;
import imgpipe.transfer.TemporaryOutputs;
import imgpipe.transfer.UnsyncedException;
import imgpipe.transfer.UploadListener;
import imgpipe.transfer.UploadListener.Upload;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Numbered tars in a folder, see {@link TarShards}: outputs are appended one after the other as
 * they come, and are settled when their tar is.
 */
public final class TarDestination implements Destination {
    private static final int ATTEMPTS = 4;

    private final String root;
    private final TarShards shards;

    /** For {@link #shards} and {@link #appended}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition sealed = lock.newCondition();

    /** How many tasks have their outputs in the tar in the making. */
    private int appended;

    /** Those of them that have been told to {@link #settle}, which alone uses this. */
    private final List<Upload> unsettled = new ArrayList<>();

    /**
     * Publishes into tars.
     *
     * @param folder for the tars, existing
     * @param root what targets begin with, and names of samples do not
     * @param temporaryFolder for the tar in the making
     * @param samples in each tar, at least 1; more where the outputs of one task go beyond it
     */
    public TarDestination(Path folder, String root, Path temporaryFolder, int samples)
            throws IOException {
        this.root = root;
        shards = new TarShards(folder, temporaryFolder, samples);
    }

    @Override
    public Publication publication(
            Task task, Outcome.Done done, TemporaryOutputs outputs, UploadListener listener) {
        return () -> publish(task, done, outputs, listener);
    }

    private List<Published> publish(
            Task task, Outcome.Done done, TemporaryOutputs outputs, UploadListener listener)
            throws IOException, InterruptedException {
        List<Sample> samples = new ArrayList<>();
        List<Published> published = new ArrayList<>();
        for (int i = 0; i < task.renditions().size(); i++) {
            String target = task.renditions().get(i).target();
            if (SampleKey.stem(target).length() == target.length()) {
                throw new StoreException(
                        Fault.LOCAL,
                        "a sample in a tar needs a name with an extension; give it one in the"
                                + " list, in a --name-column",
                        null);
            }
            Written written = done.written().get(i);
            samples.add(
                    new Sample(
                            target.substring(root.length()),
                            task.name(),
                            task.bytes(),
                            outputs.whole(i),
                            written.bytes(),
                            written.crc32c(),
                            written.width(),
                            written.height()));
            published.add(
                    new Published(
                            target,
                            written.bytes(),
                            TarShards.MODIFIED,
                            written.crc32c(),
                            written.width(),
                            written.height()));
        }
        lock.lockInterruptibly();
        try {
            while (shards.isFull()) {
                sealed.await();
            }
            listener.publishing(task, published);
            shards.append(samples);
            appended++;
        } finally {
            lock.unlock();
        }
        outputs.discard();
        return published;
    }

    @Override
    public List<Upload> settle(List<Upload> uploads) throws IOException {
        unsettled.addAll(uploads);
        lock.lock();
        try {
            // Whoever has appended tells of it soon, so nobody waits for long.
            return shards.isFull() && unsettled.size() == appended ? seal() : List.of();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Upload> finish() throws IOException {
        lock.lock();
        try {
            return seal();
        } finally {
            lock.unlock();
        }
    }

    private List<Upload> seal() throws IOException {
        List<Upload> settled = List.copyOf(unsettled);
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    shards.seal();
                    return settled;
                } catch (IOException e) {
                    if (attempt == ATTEMPTS
                            || e instanceof UnsyncedException
                            || FileFault.isDiskFull(e)) {
                        shards.abandon();
                        throw e;
                    }
                }
            }
        } finally {
            unsettled.clear();
            appended = 0;
            sealed.signalAll();
        }
    }

    @Override
    public void close() {
        try {
            shards.close();
        } catch (IOException e) {
            // The end of the run, or the next one, clears the folder.
        }
    }
}
