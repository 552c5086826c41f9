package imgpipe.transfer;

/**
 * An output under its final name.
 *
 * @param target see {@link imgpipe.shard.Rendition#target()}
 * @param bytes size
 * @param modified modification time, nanoseconds since 1970; of an object in a store what {@link
 *     imgpipe.transfer.store.Validators#stamp} makes of its validator
 * @param crc32c checksum of its content
 * @param width pixels
 * @param height pixels
 */
public record Published(
        String target, long bytes, long modified, long crc32c, int width, int height) {}
