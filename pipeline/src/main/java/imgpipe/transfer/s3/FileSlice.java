package imgpipe.transfer.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A part of a file, as what a request sends: read from the file each time, to be signed, checked
 * and sent, and never held in memory.
 */
final class FileSlice implements ContentStreamProvider, AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final Path file;
    private final long offset;
    private final long length;

    /** The SDK does not close all that it asks for. */
    private @Nullable InputStream last;

    FileSlice(Path file, long offset, long length) {
        this.file = file;
        this.offset = offset;
        this.length = length;
    }

    RequestBody body() {
        return RequestBody.fromContentProvider(this, length, "application/octet-stream");
    }

    /**
     * The MD5 of the slice.
     *
     * @param others further checksums that are to go over its bytes
     * @throws IOException when the file cannot be read, or is shorter
     */
    byte[] md5(Checksum... others) throws IOException {
        MessageDigest md5 = md5();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long at = 0; at < length; ) {
                buffer.clear().limit((int) Math.min(BUFFER, length - at));
                int read = channel.read(buffer, offset + at);
                if (read < 0) {
                    throw new IOException("the file became shorter");
                }
                for (Checksum other : others) {
                    other.update(buffer.array(), 0, read);
                }
                md5.update(buffer.array(), 0, read);
                at += read;
            }
        }
        return md5.digest();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    @Override
    public InputStream newStream() {
        close();
        try {
            InputStream stream =
                    new Reading(FileChannel.open(file, StandardOpenOption.READ), offset, length);
            last = stream;
            return stream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        InputStream open = last;
        last = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It was only read.
            }
        }
    }

    /** Reads a slice once. */
    private static final class Reading extends InputStream {
        private final FileChannel channel;
        private final long end;
        private long at;

        Reading(FileChannel channel, long offset, long length) {
            this.channel = channel;
            this.at = offset;
            this.end = offset + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            int wanted = (int) Math.min(count, end - at);
            int read = wanted == 0 ? -1 : channel.read(ByteBuffer.wrap(bytes, from, wanted), at);
            if (read > 0) {
                at += read;
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
