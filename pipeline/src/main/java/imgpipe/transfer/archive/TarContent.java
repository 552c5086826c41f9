package imgpipe.transfer.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of a tar, in which one can go forward to an offset; also backward, for which a
 * compressed one is read again from its beginning.
 */
final class TarContent extends InputStream {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final boolean gzip;
    private InputStream in;
    private long position;
    private long limit = Long.MAX_VALUE;

    TarContent(Path file, boolean gzip) throws IOException {
        this.file = file;
        this.gzip = gzip;
        in = open();
    }

    private InputStream open() throws IOException {
        InputStream raw = Files.newInputStream(file);
        if (!gzip) {
            return raw;
        }
        try {
            return new GZIPInputStream(raw, BUFFER);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** How many bytes of the tar lie before the next one. */
    long position() {
        return position;
    }

    /**
     * Goes to an offset.
     *
     * @throws EOFException if the tar ends before it
     */
    void seek(long offset) throws IOException {
        limit = Long.MAX_VALUE;
        if (offset < position) {
            in.close();
            in = open();
            position = 0;
        }
        while (position < offset) {
            // A plain file is not read for it.
            long skipped = in.skip(offset - position);
            if (skipped <= 0) {
                if (in.read() < 0) {
                    throw new EOFException();
                }
                skipped = 1;
            }
            position += skipped;
        }
    }

    /** Lets no more than so many bytes be read before the next call of this or of seek. */
    void limit(long bytes) {
        limit = bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (limit <= 0) {
            throw new ArchiveLimitException(
                    "has a member of which name and attributes take more than a million bytes");
        }
        int read = in.read(bytes, offset, (int) Math.min(length, limit));
        if (read > 0) {
            position += read;
            limit -= read;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
