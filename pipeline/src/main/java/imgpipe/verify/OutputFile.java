package imgpipe.verify;

import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.shard.FileFault;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/** A file that the ledger names, as it is there now. */
final class OutputFile {
    private static final int BUFFER = 1 << 18;

    private static final ThreadLocal<ByteBuffer> BUFFERS =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER));

    /**
     * A file that was read through.
     *
     * @param modified its modification time, nanoseconds since 1970, or 0 if it could not be told
     */
    record Seen(Optional<Finding> finding, long modified) {}

    private OutputFile() {}

    /** The file of a percent-encoded path below a folder. */
    static Path path(Path root, String encoded) {
        String uri = root.toUri().toString();
        return Path.of(URI.create((uri.endsWith("/") ? uri : uri + "/") + encoded)).normalize();
    }

    /** Reads it through, unless its size tells enough. */
    static Seen check(Path root, Output output) {
        Path file = path(root, output.path());
        try {
            if (!file.startsWith(root)) {
                return found(Fault.UNREADABLE, output, "it lies outside of the output folder");
            }
            BasicFileAttributes now =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!now.isRegularFile()) {
                return found(Fault.CHANGED, output, "it is no regular file");
            }
            if (now.size() != output.bytes()) {
                return found(
                        Fault.TORN,
                        output,
                        String.format(
                                Locale.ROOT, "%,d bytes, not %,d", now.size(), output.bytes()));
            }
            long modified = now.lastModifiedTime().to(TimeUnit.NANOSECONDS);
            return checksum(file) == output.crc32c()
                    ? new Seen(Optional.empty(), modified)
                    : found(Fault.CHANGED, output, "another checksum");
        } catch (NoSuchFileException e) {
            return found(Fault.MISSING, output, "");
        } catch (IOException e) {
            return found(Fault.UNREADABLE, output, FileFault.reason(e));
        }
    }

    private static Seen found(Fault fault, Output output, String sentence) {
        return new Seen(Optional.of(new Finding(fault, output.path(), sentence)), 0);
    }

    private static long checksum(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = BUFFERS.get();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(buffer.clear()) >= 0) {
                crc.update(buffer.flip());
            }
        }
        return crc.getValue();
    }
}
