package imgpipe.transfer;

/**
 * What an earlier run knew of an object, and is still of use.
 *
 * @param bytes size that it had
 * @param validator see {@link imgpipe.transfer.store.StoredObject#validator()}; may be empty
 */
public record Known(long bytes, String validator) {
    /**
     * Whether an object that looks like this is the same one: by its validator or, from a server
     * that gives none, by its size.
     *
     * @param bytes size, or -1 if that is not told
     * @param validator may be empty
     */
    boolean isStill(long bytes, String validator) {
        return this.validator.equals(validator)
                && (bytes == this.bytes || (bytes < 0 && !validator.isEmpty()));
    }
}
