package imgpipe.job;

/**
 * A file that is to be read as a picture.
 *
 * @param name see {@link imgpipe.shard.Task#name()}
 * @param source see {@link imgpipe.shard.Task#source()}; where the picture must be fetched first,
 *     the address that the store wants
 * @param bytes size, or -1 if the listing does not tell
 * @param modified modification time, nanoseconds since 1970; of an object in a store what {@link
 *     imgpipe.transfer.store.Validators#stamp} makes of its validator
 */
record Candidate(String name, String source, long bytes, long modified) {}
