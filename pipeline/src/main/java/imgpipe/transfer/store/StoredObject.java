package imgpipe.transfer.store;

/**
 * An object as a listing shows it.
 *
 * @param key its name below the root of the listing, as the store has it: any text, also one that
 *     no file can have
 * @param address what {@link Store#fetch} wants
 * @param bytes size, or -1 if the listing does not tell
 * @param validator changes when the content does: an entity tag, or a time of modification; empty
 *     if the store tells neither
 */
public record StoredObject(String key, String address, long bytes, String validator) {}
