package imgpipe.transfer;

import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoredObject;
import java.util.concurrent.atomic.AtomicLong;

/** A store's listing to its end, however many of its pages have to be asked for again. */
public final class StoreListing implements Store.Listing {
    private final Store.Listing listing;
    private final AtomicLong told = new AtomicLong();
    private String last = "";

    private StoreListing(Store.Listing listing) {
        this.listing = listing;
    }

    /**
     * Tells of every object once, in the order of the store.
     *
     * @param host of the store, see {@link Retries#call}
     * @throws StoreException when it cannot be listed to its end; some may have been told
     * @throws UnsupportedOperationException in a store that has no listing
     */
    public static void read(Store store, String host, Retries retries, Store.Listing listing)
            throws StoreException, InterruptedException {
        StoreListing through = new StoreListing(listing);
        retries.call(
                host,
                () -> {
                    // Another attempt goes on where the one before was cut off.
                    store.list(through.last, through);
                    return true;
                },
                through.told::get);
    }

    @Override
    public boolean accept(StoredObject object) {
        last = object.key();
        told.incrementAndGet();
        return listing.accept(object);
    }
}
