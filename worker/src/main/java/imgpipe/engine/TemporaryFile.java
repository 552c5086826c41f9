package imgpipe.engine;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Writes an encoded picture to where it waits for being published. */
final class TemporaryFile {
    private TemporaryFile() {}

    /**
     * Writes all bytes. They are not yet forced to the disk: whoever publishes the file does that,
     * on a thread that may wait.
     *
     * @return CRC32C of the bytes
     * @throws IOException when not all of them could be written; what was is deleted by whoever
     *     clears the folder
     */
    static long write(Path path, MemorySegment bytes) throws IOException {
        ByteBuffer buffer = bytes.asByteBuffer();
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate());
        try (FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            // Near a full disk one write takes a part and returns normally; the next one tells.
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (channel.size() != bytes.byteSize()) {
                throw new IOException(
                        "wrote " + bytes.byteSize() + " bytes, but the file has " + channel.size());
            }
        }
        return crc.getValue();
    }
}
