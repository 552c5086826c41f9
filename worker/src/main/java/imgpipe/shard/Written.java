package imgpipe.shard;

/**
 * One rendition that lies complete in its temporary file.
 *
 * @param bytes size of the file
 * @param crc32c checksum of its content (RFC 3720, appendix B.4), in 0 to 2^32 - 1
 * @param width pixels
 * @param height pixels
 */
public record Written(long bytes, long crc32c, int width, int height) {}
