package imgpipe.transfer.s3;

import imgpipe.net.S3Server;
import imgpipe.transfer.store.Collected;
import imgpipe.transfer.store.TransferSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.zip.CRC32C;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Stores at servers of this machine, and what goes through them. */
final class Stores {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private Stores() {}

    /** At the shared server. */
    static S3Store of(String root) {
        S3Server server = S3Server.shared();
        return of(root, server.endpoint(), server.accessKey(), server.secretKey());
    }

    static S3Store of(String root, String endpoint, String accessKey, String secretKey) {
        return of(root, endpoint, TIMEOUT, 0, credentials(accessKey, secretKey));
    }

    static S3Store of(
            String root,
            String endpoint,
            Duration timeout,
            int retries,
            AwsCredentialsProvider credentials) {
        return new S3Store(
                root,
                new TransferSettings(8, 8, retries, timeout, true, Set.of(), endpoint, true),
                credentials);
    }

    static AwsCredentialsProvider credentials(String accessKey, String secretKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
    }

    static Path file(Path folder, byte[] content) throws IOException {
        return Files.write(Files.createTempFile(folder, "content", ""), content);
    }

    static Path file(Path folder, String content) throws IOException {
        return file(folder, content.getBytes(StandardCharsets.UTF_8));
    }

    static long crc32c(Path file) throws IOException {
        CRC32C crc32c = new CRC32C();
        crc32c.update(Files.readAllBytes(file));
        return crc32c.getValue();
    }

    static String text(Collected taken) {
        return new String(taken.bytes(), StandardCharsets.UTF_8);
    }
}
