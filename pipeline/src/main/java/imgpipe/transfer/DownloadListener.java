package imgpipe.transfer;

import imgpipe.shard.Task;
import imgpipe.transfer.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Hears what becomes of downloads. Called from many threads, for each task once. */
public interface DownloadListener {
    /** What is known of a task's source, so that it need not be sent again; or null. */
    @Nullable Known known(Task task);

    /**
     * A source has arrived.
     *
     * @param task as it was asked for
     * @param file must be closed when it is not needed any more: it takes room
     */
    void arrived(Task task, SpooledFile file);

    /** A source is as it was known. */
    void unchanged(Task task);

    /** A source could not be had, after all attempts. */
    void failed(Task task, StoreException why);

    /** Bytes have come: something moves. */
    void moved();

    /**
     * What is left of the tasks is not known any more.
     *
     * @param why a sentence for people
     */
    void broken(String why);

    /** Nothing else will come. */
    void ended();
}
