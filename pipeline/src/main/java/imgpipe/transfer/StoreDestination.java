package imgpipe.transfer;

import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import imgpipe.transfer.UploadListener.Upload;
import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoredObject;
import imgpipe.transfer.store.Validators;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store beyond the network: what it calls written is there whole, and lasts. */
public final class StoreDestination implements Destination {
    private final Store store;
    private final String root;
    private final boolean onlyIfNew;
    private final Retries retries;

    /**
     * Publishes into a store.
     *
     * @param store closed with this
     * @param root what targets begin with, and names in the store do not
     * @param onlyIfNew whether objects that are there stay
     */
    public StoreDestination(Store store, String root, boolean onlyIfNew, Retries retries) {
        this.store = store;
        this.root = root;
        this.onlyIfNew = onlyIfNew;
        this.retries = retries;
    }

    @Override
    public Publication publication(
            Task task, Outcome.Done done, TemporaryOutputs outputs, UploadListener listener) {
        return new StorePublication(task, done, outputs);
    }

    /** Goes on with the next output where an earlier attempt has come as far. */
    private final class StorePublication implements Publication {
        private final Task task;
        private final Outcome.Done done;
        private final TemporaryOutputs outputs;
        private final List<Published> published = new ArrayList<>();
        private int next;

        StorePublication(Task task, Outcome.Done done, TemporaryOutputs outputs) {
            this.task = task;
            this.done = done;
            this.outputs = outputs;
        }

        @Override
        public List<Published> publish() throws IOException, InterruptedException {
            for (; next < task.renditions().size(); next++) {
                String target = task.renditions().get(next).target();
                Written written = done.written().get(next);
                Path file = outputs.whole(next);
                put(target, file, written.crc32c())
                        .ifPresent(object -> published.add(described(target, object, written)));
            }
            outputs.discard();
            boolean all = published.size() == task.renditions().size();
            return all ? List.copyOf(published) : List.of();
        }
    }

    private static Published described(String target, StoredObject object, Written written) {
        return new Published(
                target,
                written.bytes(),
                Validators.stamp(object.validator()),
                written.crc32c(),
                written.width(),
                written.height());
    }

    /** Nothing if an object is there and stays. */
    private Optional<StoredObject> put(String target, Path file, long crc32c)
            throws IOException, InterruptedException {
        String name = target.substring(root.length());
        return retries.call(
                Addresses.host(root),
                () -> Optional.ofNullable(store.put(name, file, crc32c, onlyIfNew)));
    }

    @Override
    public List<Upload> settle(List<Upload> uploads) {
        return uploads;
    }

    @Override
    public List<Upload> finish() {
        return List.of();
    }

    @Override
    public boolean isInterruptible() {
        return true;
    }

    @Override
    public void close() {
        store.close();
    }
}
