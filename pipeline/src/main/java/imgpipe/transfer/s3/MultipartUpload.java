package imgpipe.transfer.s3;

import imgpipe.transfer.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * A file sent in parts, which become an object all at once. A broken connection costs one attempt,
 * and what had arrived is thrown away: it would be stored, and paid for, unseen.
 */
final class MultipartUpload {
    /** From this size on, in bytes; and the size of a part. */
    static final long PART = 8L << 20;

    /** No store takes more. */
    private static final int MOST_PARTS = 10_000;

    private static final Duration ABORT = Duration.ofSeconds(10);
    private static final int ABORTS = 3;

    private final S3Client client;
    private final Upload upload;
    private final Path file;
    private final Deadline deadline;
    private final String id;

    private MultipartUpload(S3Client client, Upload upload, Path file, Deadline deadline)
            throws StoreException {
        this.client = client;
        this.upload = upload;
        this.file = file;
        this.deadline = deadline;
        CreateMultipartUploadRequest.Builder request =
                CreateMultipartUploadRequest.builder()
                        .bucket(upload.target().bucket())
                        .key(upload.target().key())
                        .contentType(upload.contentType())
                        .overrideConfiguration(Upload.bounded(deadline));
        if (upload.amazon()) {
            request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                    .checksumType(ChecksumType.FULL_OBJECT);
        }
        String said = client.createMultipartUpload(request.build()).uploadId();
        if (said == null || said.isEmpty()) {
            throw S3Faults.cut(upload.target(), null);
        }
        id = said;
    }

    /** Sends it, and returns the entity tag of the object. */
    static String send(S3Client client, Upload upload, Path file, Deadline deadline)
            throws StoreException {
        MultipartUpload parts = new MultipartUpload(client, upload, file, deadline);
        boolean whole = false;
        try {
            String tag = parts.complete(parts.sendAll());
            whole = true;
            return tag;
        } finally {
            if (!whole) {
                parts.abort();
            }
        }
    }

    private List<CompletedPart> sendAll() throws StoreException {
        long size = Math.max(PART, upload.bytes() / MOST_PARTS + 1);
        CRC32C content = new CRC32C();
        List<CompletedPart> sent = new ArrayList<>();
        for (long at = 0; at < upload.bytes(); at += size) {
            long length = Math.min(size, upload.bytes() - at);
            try (FileSlice slice = new FileSlice(file, at, length)) {
                sent.add(send(slice, sent.size() + 1, content));
            }
        }
        upload.requireContent(content.getValue());
        return sent;
    }

    private CompletedPart send(FileSlice slice, int number, CRC32C content) throws StoreException {
        UploadPartRequest.Builder request =
                UploadPartRequest.builder()
                        .bucket(upload.target().bucket())
                        .key(upload.target().key())
                        .uploadId(id)
                        .partNumber(number);
        CRC32C crc32c = new CRC32C();
        byte[] md5 = upload.digest(slice, crc32c, content);
        if (upload.amazon()) {
            request.checksumCRC32C(Upload.base64(crc32c.getValue()));
        } else {
            request.contentMD5(Base64.getEncoder().encodeToString(md5));
        }
        request.overrideConfiguration(Upload.bounded(deadline));
        UploadPartResponse answer = client.uploadPart(request.build(), slice.body());
        String tag = upload.tag(answer.eTag());
        boolean encrypted =
                answer.serverSideEncryption() != null || answer.sseCustomerAlgorithm() != null;
        if (upload.amazon()
                ? Upload.differs(answer.checksumCRC32C(), crc32c.getValue())
                : !encrypted && Upload.isOther(tag, md5)) {
            throw upload.damaged();
        }
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(answer.eTag())
                .checksumCRC32C(upload.amazon() ? Upload.base64(crc32c.getValue()) : null)
                .build();
    }

    /** The store puts together what has the tags that it gave for the parts, or refuses. */
    private String complete(List<CompletedPart> sent) throws StoreException {
        CompleteMultipartUploadRequest.Builder request =
                CompleteMultipartUploadRequest.builder()
                        .bucket(upload.target().bucket())
                        .key(upload.target().key())
                        .uploadId(id)
                        .multipartUpload(parts -> parts.parts(sent))
                        .overrideConfiguration(Upload.bounded(deadline));
        if (upload.onlyIfNew()) {
            request.ifNoneMatch("*");
        }
        if (upload.amazon()) {
            request.checksumCRC32C(Upload.base64(upload.crc32c()))
                    .checksumType(ChecksumType.FULL_OBJECT);
        }
        CompleteMultipartUploadResponse answer = client.completeMultipartUpload(request.build());
        // It may have come about: whoever tries again finds the object, or puts it there anew.
        String tag = upload.tag(answer.eTag());
        if (isOfOtherParts(tag, sent.size())) {
            upload.remove(client);
            throw upload.damaged();
        }
        return tag;
    }

    /**
     * Whether it is a tag as Amazon makes them, with the number of parts at its end, and not ours.
     */
    private static boolean isOfOtherParts(String tag, int parts) {
        return tag.matches("[0-9A-Fa-f]{32}-[0-9]+") && !tag.endsWith("-" + parts);
    }

    private void abort() {
        boolean interrupted = false;
        boolean aborted = false;
        try {
            // Then they are left to the bucket's own rules; what was wrong before is being told.
            for (int attempt = 0; attempt < ABORTS && !aborted; attempt++) {
                // Not to be told again that this thread is to end, which may also happen during an
                // attempt: the store keeps the parts for ever.
                interrupted |= Thread.interrupted();
                aborted = isAborted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isAborted() {
        try {
            client.abortMultipartUpload(
                    it ->
                            it.bucket(upload.target().bucket())
                                    .key(upload.target().key())
                                    .uploadId(id)
                                    .overrideConfiguration(Upload.bounded(new Deadline(ABORT))));
            return true;
        } catch (S3Exception e) {
            return e.statusCode() < 500;
        } catch (SdkException e) {
            return false;
        }
    }
}
