package imgpipe.transfer.store;

/**
 * Takes one object while it is read: decides whether it is wanted, and refuses what is too large,
 * no picture, or not of the announced length. All stores leave these decisions to it.
 */
public interface Intake {
    /**
     * The object is about to come.
     *
     * @param bytes how many the store announces, or -1
     * @param validator see {@link StoredObject#validator()}
     * @return false if it is not wanted; nothing else is called then
     * @throws StoreException when it is refused
     */
    boolean begin(long bytes, String validator) throws StoreException, InterruptedException;

    /**
     * The next bytes, which the store may write over afterwards.
     *
     * @throws StoreException when no more are wanted, or they cannot be kept
     */
    void write(byte[] bytes, int offset, int length) throws StoreException, InterruptedException;

    /**
     * The store says that this was all.
     *
     * @throws StoreException when it was not, by what was announced
     */
    void end() throws StoreException;
}
