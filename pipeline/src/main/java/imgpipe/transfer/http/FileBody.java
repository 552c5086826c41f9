package imgpipe.transfer.http;

import imgpipe.transfer.store.ContentTypes;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A file as the body of a request. Read twice: its checksum goes before it. */
final class FileBody extends AbstractHttpEntity {
    private static final int PIECE = 64 << 10;

    private final Path file;
    private final long length;
    private final String digest;

    /**
     * Reads the file for its checksum.
     *
     * @param name whose extension tells the type
     * @param crc32c what the file is known to hold
     * @throws StoreException if it cannot be read, or holds something else
     */
    FileBody(String name, Path file, long crc32c) throws StoreException {
        super(ContentType.parse(ContentTypes.of(name)), null);
        this.file = file;
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            CRC32C crc = new CRC32C();
            byte[] piece = new byte[PIECE];
            long bytes = 0;
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                sha256.update(piece, 0, n);
                crc.update(piece, 0, n);
                bytes += n;
            }
            if (crc.getValue() != crc32c) {
                throw new StoreException(
                        Fault.LOCAL, file + " is not what was written there", null);
            }
            length = bytes;
            digest = "sha-256=:" + Base64.getEncoder().encodeToString(sha256.digest()) + ":";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** For the field {@code Content-Digest} of RFC 9530. */
    String digest() {
        return digest;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public InputStream getContent() throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        try (InputStream in = open()) {
            for (int n = read(in, piece); n >= 0; n = read(in, piece)) {
                out.write(piece, 0, n);
            }
        }
        out.flush();
    }

    @Override
    public void close() {}

    private InputStream open() throws StoreException {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    // A fault of this disk must not look like one of the network, which is tried again.
    private int read(InputStream in, byte[] piece) throws StoreException {
        try {
            return in.read(piece);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private StoreException unreadable(IOException e) {
        return new StoreException(Fault.LOCAL, "cannot read " + file + ": " + e.getMessage(), e);
    }
}
