package imgpipe.transfer.s3;

import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * One file on its way to one object, in one attempt.
 *
 * <p>Amazon's own stores know CRC32C, other stores know MD5 since there is S3: {@code Content-MD5}
 * of what is sent, which the store refuses when other bytes arrive, and which is the entity tag of
 * its answer unless the store encrypts.
 *
 * @param target the object
 * @param slice the whole file
 * @param bytes its size
 * @param crc32c what the checksum of its content should be
 * @param contentType of its content
 * @param amazon whether it goes to Amazon
 * @param onlyIfNew whether the store is asked to leave an object alone that is there
 */
record Upload(
        S3Address target,
        FileSlice slice,
        long bytes,
        long crc32c,
        String contentType,
        boolean amazon,
        boolean onlyIfNew) {

    /** Sends it in one request and returns the entity tag. */
    String put(S3Client client, Deadline deadline) throws StoreException {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder()
                        .bucket(target.bucket())
                        .key(target.key())
                        .contentType(contentType)
                        .overrideConfiguration(bounded(deadline));
        if (onlyIfNew) {
            request.ifNoneMatch("*");
        }
        byte[] md5 = null;
        if (amazon) {
            request.checksumCRC32C(base64(crc32c));
        } else {
            CRC32C found = new CRC32C();
            md5 = digest(slice, found);
            requireContent(found.getValue());
            request.contentMD5(Base64.getEncoder().encodeToString(md5));
        }
        PutObjectResponse answer = client.putObject(request.build(), slice.body());
        String tag = tag(answer.eTag());
        boolean encrypted =
                answer.serverSideEncryption() != null || answer.sseCustomerAlgorithm() != null;
        if (differs(answer.checksumCRC32C(), crc32c)
                || (md5 != null && !encrypted && isOther(tag, md5))) {
            remove(client);
            throw damaged();
        }
        return tag;
    }

    /** Takes away what has arrived damaged, so that nobody takes it for whole. */
    void remove(S3Client client) {
        client.deleteObject(it -> it.bucket(target.bucket()).key(target.key()));
    }

    /**
     * The MD5 of a part of the file.
     *
     * @param others further checksums that are to go over its bytes
     */
    byte[] digest(FileSlice part, Checksum... others) throws StoreException {
        try {
            return part.md5(others);
        } catch (IOException e) {
            throw new StoreException(
                    Fault.LOCAL, "%s: the file to send cannot be read".formatted(target), e);
        }
    }

    /** That the file is as it was written. */
    void requireContent(long found) throws StoreException {
        if (found != crc32c) {
            throw new StoreException(
                    Fault.LOCAL,
                    "%s: the file to send is not as it was written".formatted(target),
                    null);
        }
    }

    /**
     * The entity tag of an answer, without its quotes. An answer that was cut off in its head looks
     * like one of fewer lines, of which the last one may not be whole.
     */
    String tag(@Nullable String said) throws StoreException {
        if (said == null || said.isEmpty() || said.chars().filter(c -> c == '"').count() == 1) {
            throw S3Faults.cut(target, null);
        }
        return S3Store.unquoted(said);
    }

    StoreException damaged() {
        return new StoreException(Fault.SHORT, "%s: it arrived damaged".formatted(target), null);
    }

    /** Whether a store that says what has arrived says something else. */
    static boolean differs(@Nullable String said, long sent) {
        return said != null && !said.equals(base64(sent));
    }

    /** Whether an entity tag is an MD5, and not this one. */
    static boolean isOther(String tag, byte[] md5) {
        return tag.matches("[0-9A-Fa-f]{32}")
                && !tag.equalsIgnoreCase(HexFormat.of().formatHex(md5));
    }

    /** As Amazon writes it: four bytes, the highest first. */
    static String base64(long crc32c) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(4).putInt((int) crc32c).array());
    }

    static AwsRequestOverrideConfiguration bounded(Deadline deadline) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(deadline.left())
                .build();
    }
}
