package imgpipe.transfer.s3;

import imgpipe.transfer.store.ContentTypes;
import imgpipe.transfer.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Writes objects, whole or not at all. */
final class Uploads {
    private final S3Client client;
    private final S3Faults faults;
    private final boolean amazon;
    private final Duration timeout;
    private final long most;

    /** Whether the store has refused to decide itself whether an object is new. */
    private volatile boolean unconditional;

    Uploads(S3Client client, S3Faults faults, boolean amazon, Duration timeout) {
        this(client, faults, amazon, timeout, MultipartUpload.PART);
    }

    /**
     * The same with another limit.
     *
     * @param most bytes that go in one request; larger files go in parts
     */
    Uploads(S3Client client, S3Faults faults, boolean amazon, Duration timeout, long most) {
        this.client = client;
        this.faults = faults;
        this.amazon = amazon;
        this.timeout = timeout;
        this.most = most;
    }

    /**
     * Sends a file.
     *
     * @return the entity tag of the object, or null if there was one that stays
     */
    @Nullable String put(S3Address target, Path file, long bytes, long crc32c, boolean onlyIfNew)
            throws StoreException, InterruptedException {
        Deadline deadline = new Deadline(timeout);
        try {
            // Other stores than Amazon's may not know the condition below, and pass over it in
            // silence; and a large file should not be sent for nothing.
            if (onlyIfNew && (!amazon || bytes > most) && isThere(target, deadline)) {
                return null;
            }
            return send(target, file, bytes, crc32c, onlyIfNew, deadline);
        } catch (RuntimeException e) {
            throw faults.of(e, target, "s3:PutObject");
        }
    }

    private @Nullable String send(
            S3Address target,
            Path file,
            long bytes,
            long crc32c,
            boolean onlyIfNew,
            Deadline deadline)
            throws StoreException {
        try (FileSlice slice = new FileSlice(file, 0, bytes)) {
            Upload upload =
                    new Upload(
                            target,
                            slice,
                            bytes,
                            crc32c,
                            ContentTypes.of(target.key()),
                            amazon,
                            onlyIfNew && !unconditional);
            return bytes <= most
                    ? upload.put(client, deadline)
                    : MultipartUpload.send(client, upload, file, deadline);
        } catch (S3Exception e) {
            if (onlyIfNew && S3Faults.isTaken(e)) {
                return null;
            }
            if (onlyIfNew && !unconditional && !amazon && e.statusCode() == 501) {
                unconditional = true;
                return send(target, file, bytes, crc32c, true, deadline);
            }
            throw e;
        }
    }

    private boolean isThere(S3Address target, Deadline deadline) {
        try {
            client.headObject(
                    it ->
                            it.bucket(target.bucket())
                                    .key(target.key())
                                    .overrideConfiguration(Upload.bounded(deadline)));
            return true;
        } catch (S3Exception e) {
            // Who may write but not read is told no more than this.
            if (e.statusCode() == 404 || e.statusCode() == 403) {
                return false;
            }
            throw e;
        }
    }
}
