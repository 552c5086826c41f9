package imgpipe.job;

import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.Intake;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.StoredObject;
import imgpipe.transfer.store.TransferSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Addresses of any kind, each of which is fetched from the store that is meant. */
final class AddressStore implements Store {
    private final TransferSettings settings;

    /** One for the whole web, and one for all buckets. */
    private final Map<String, Store> stores = new ConcurrentHashMap<>();

    AddressStore(TransferSettings settings) {
        this.settings = settings;
    }

    @Override
    public void list(String after, Listing listing) {
        throw new UnsupportedOperationException("addresses are listed by whoever knows them");
    }

    @Override
    public boolean fetch(String address, String validator, Intake intake)
            throws StoreException, InterruptedException {
        try {
            return store(address).fetch(address, validator, intake);
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    Fault.REFUSED, Addresses.readable(address) + ": " + e.getMessage(), e);
        }
    }

    private Store store(String address) throws StoreException {
        boolean bucket = Addresses.scheme(address).orElse("").equals("s3");
        String kind = bucket ? "s3" : "http";
        Store known = stores.get(kind);
        if (known != null) {
            return known;
        }
        synchronized (stores) {
            Store made = stores.get(kind);
            if (made == null) {
                made = Stores.of(bucket ? Stores.folder(address) : "", settings);
                stores.put(kind, made);
            }
            return made;
        }
    }

    @Override
    public @Nullable StoredObject put(String name, Path file, long crc32c, boolean onlyIfNew) {
        throw new UnsupportedOperationException("names do not tell of addresses");
    }

    @Override
    public void close() {
        stores.values().forEach(Store::close);
    }
}
