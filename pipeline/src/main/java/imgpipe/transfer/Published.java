package imgpipe.transfer;

import java.nio.file.Path;

/**
 * An output under its final name.
 *
 * @param target the file
 * @param bytes size
 * @param modified modification time, nanoseconds since 1970
 * @param crc32c checksum of its content
 * @param width pixels
 * @param height pixels
 */
public record Published(
        Path target, long bytes, long modified, long crc32c, int width, int height) {}
