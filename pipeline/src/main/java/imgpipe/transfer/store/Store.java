package imgpipe.transfer.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where pictures lie or go to: one small interface for all kinds. Each call is one attempt, is
 * bounded in time and may be repeated: whoever calls decides about retries. Safe for use by several
 * threads, and made for virtual ones.
 */
public interface Store extends AutoCloseable {
    /**
     * Tells of every object, one after the other, in an order that is the same as long as nothing
     * changes. Memory does not grow with the number of objects.
     *
     * @param after key of the object behind which to begin, as a listing that was cut off told it;
     *     empty for the first
     * @throws StoreException when they cannot be listed, or not to the end; some may have been told
     * @throws UnsupportedOperationException in a store that has no listing
     */
    void list(String after, Listing listing) throws StoreException, InterruptedException;

    /**
     * Reads one object.
     *
     * @param address of the object: that of a listing, or one that a user gave
     * @param validator what {@link Intake#begin} was told of the object when it was read last, so
     *     that an unchanged one need not be sent again; empty for none
     * @param intake takes it
     * @return false if the object is as the validator says, or the intake does not want it
     * @throws StoreException when it cannot be read, or not to its end; what the intake throws too
     */
    boolean fetch(String address, String validator, Intake intake)
            throws StoreException, InterruptedException;

    /**
     * Writes one object, which appears whole or not at all.
     *
     * @param name below the root of the store, percent-encoded, with {@code /} between folders
     * @param file what it is to hold; regular and not empty
     * @param crc32c checksum of the file's content, which the store compares where it can
     * @param onlyIfNew whether an object that is there already stays as it is
     * @return how the object looks in a listing now, or null if it was there and stays
     * @throws StoreException when it is not there whole
     */
    @Nullable StoredObject put(String name, Path file, long crc32c, boolean onlyIfNew)
            throws StoreException, InterruptedException;

    /** How many objects can be read at the same time; 1 also asks for the order of the listing. */
    default int parallelism() {
        return Integer.MAX_VALUE;
    }

    /** Ends connections. */
    @Override
    void close();

    /** Hears of the objects in a store. */
    interface Listing {
        /** The next object; false when no more are wanted. */
        boolean accept(StoredObject object);
    }
}
