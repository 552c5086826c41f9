package imgpipe.transfer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import imgpipe.net.S3Server;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.TransferSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Checksums, as the server of the tests knows them: both those of Amazon and those of others. */
@Timeout(60)
class UploadsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir Path files;

    private final S3Server server = S3Server.shared();
    private final S3Client client =
            S3Clients.of(
                    new TransferSettings(8, 8, 0, TIMEOUT, true, Set.of(), server.endpoint(), true),
                    new Credentials(Stores.credentials(server.accessKey(), server.secretKey())));
    private final S3Faults faults = new S3Faults(server.endpoint());
    private final Uploads uploads = new Uploads(client, faults, true, TIMEOUT);

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void sendsAmazonsChecksum() throws Exception {
        for (int bytes : new int[] {1_000, 20_000_000}) {
            byte[] content = new byte[bytes];
            new Random(bytes).nextBytes(content);
            Path file = Stores.file(files, content);
            S3Address target = new S3Address(S3Server.BUCKET, "amazon/" + bytes);

            String tag = uploads.put(target, file, bytes, Stores.crc32c(file), true);

            assertThat(tag).isNotEmpty();
            assertThat(
                            client.getObject(it -> it.bucket(target.bucket()).key(target.key()))
                                    .readAllBytes())
                    .isEqualTo(content);
            assertThat(uploads.put(target, file, bytes, Stores.crc32c(file), true)).isNull();
        }
    }

    /** The checksum is that of the worker, which knew the content best. */
    @Test
    void haveTheStoreRefuseOtherContent() throws Exception {
        for (int bytes : new int[] {1_000, 10_000_000}) {
            Path file = Stores.file(files, new byte[bytes]);
            S3Address target = new S3Address(S3Server.BUCKET, "other/" + bytes);
            StoreException fault =
                    Objects.requireNonNull(
                            catchThrowableOfType(
                                    StoreException.class,
                                    () -> uploads.put(target, file, bytes, 1, false)));

            assertThat(fault.fault()).as(fault.sentence()).isIn(Fault.SHORT, Fault.LOCAL);
        }
        assertThat(server.objects().blobExists(S3Server.BUCKET, "other/1000")).isFalse();
        assertThat(server.objects().blobExists(S3Server.BUCKET, "other/10000000")).isFalse();
        assertThat(server.objects().listMultipartUploads(S3Server.BUCKET))
                .noneMatch(upload -> upload.key().startsWith("other/"));
    }

    @Test
    void rightlyRelyOnContentMd5() throws Exception {
        S3Exception refused =
                Objects.requireNonNull(
                        catchThrowableOfType(
                                S3Exception.class,
                                () ->
                                        client.putObject(
                                                it ->
                                                        it.bucket(S3Server.BUCKET)
                                                                .key("md5")
                                                                .contentMD5(
                                                                        "AAAAAAAAAAAAAAAAAAAAAA=="),
                                                RequestBody.fromString("content"))));

        assertThat(
                        faults.of(refused, new S3Address(S3Server.BUCKET, "md5"), "s3:PutObject")
                                .fault())
                .isEqualTo(Fault.SHORT);
        assertThat(server.objects().blobExists(S3Server.BUCKET, "md5")).isFalse();
    }

    @Test
    void sayThatTheFileIsGone() throws Exception {
        Path file = Stores.file(files, "content");
        Files.delete(file);
        for (boolean amazon : new boolean[] {true, false}) {
            StoreException fault =
                    Objects.requireNonNull(
                            catchThrowableOfType(
                                    StoreException.class,
                                    () ->
                                            new Uploads(client, faults, amazon, TIMEOUT)
                                                    .put(
                                                            new S3Address(S3Server.BUCKET, "gone"),
                                                            file,
                                                            7,
                                                            1,
                                                            false)));

            assertThat(fault.fault()).as(fault.sentence()).isEqualTo(Fault.LOCAL);
        }
    }
}
