package imgpipe.job;

import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.Intake;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoredObject;
import imgpipe.transfer.store.TransferSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Addresses of any kind, each of which is fetched from the store that is meant. */
final class AddressStore implements Store {
    private final TransferSettings settings;

    /** One for the whole web, and one for each bucket. */
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
        return store(address).fetch(address, validator, intake);
    }

    private Store store(String address) throws StoreException {
        String root =
                Addresses.scheme(address).orElse("").equals("s3")
                        ? "s3://" + Addresses.host(address) + "/"
                        : "";
        Store known = stores.get(root);
        if (known != null) {
            return known;
        }
        synchronized (stores) {
            Store made = stores.get(root);
            if (made == null) {
                made = Stores.of(root, settings);
                stores.put(root, made);
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
