package imgpipe.job;

/**
 * A file that is to be read as a picture.
 *
 * @param name see {@link imgpipe.shard.Task#name()}
 * @param source see {@link imgpipe.shard.Task#source()}
 * @param bytes size
 * @param modified modification time, nanoseconds since 1970
 */
record Candidate(String name, String source, long bytes, long modified) {}
