package imgpipe.transfer.s3;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.net.Disturbance;
import imgpipe.net.Disturbance.Kind;
import imgpipe.net.FaultyProxy;
import imgpipe.net.S3Server;
import imgpipe.transfer.Outages;
import imgpipe.transfer.Retries;
import imgpipe.transfer.store.Collected;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.TransferSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * A network that disturbs a tenth of all requests: each object is whole, here and there, or not.
 */
@Timeout(120)
class FlakyBucketTest {
    private static final int OBJECTS = 60;
    private static final int LARGE = 9_000_000;

    @TempDir Path files;

    private final S3Server server = S3Server.shared();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void bringsAndTakesTheSameBytes(long seed) throws Exception {
        Disturbance tenth =
                Disturbance.none()
                        .faults(0.1, seed, Kind.CLOSE, Kind.RESET, Kind.LIMIT, Kind.STALL);
        TransferSettings settings = settings();
        Retries retries = new Retries(settings, new Outages("from", _ -> {}));
        String folder = "flaky/" + seed + "/";
        try (FaultyProxy proxy = new FaultyProxy(URI.create(server.endpoint()).getPort(), tenth);
                S3Store store =
                        Stores.of(
                                "s3://" + S3Server.BUCKET + "/" + folder,
                                proxy.address().replaceFirst("/$", ""),
                                settings.timeout(),
                                3,
                                Stores.credentials(server.accessKey(), server.secretKey()));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Semaphore transfers = new Semaphore(16);
            List<Future<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < OBJECTS; i++) {
                int number = i;
                calls.add(
                        threads.submit(
                                () -> {
                                    transfers.acquire();
                                    try {
                                        return isThereAndBack(retries, store, folder, number);
                                    } finally {
                                        transfers.release();
                                    }
                                }));
            }
            int failed = 0;
            for (Future<Boolean> call : calls) {
                failed += call.get() ? 0 : 1;
            }

            System.out.printf(
                    "seed %d: %d requests, %d disturbed, %d tried again, %d failed%n",
                    seed, proxy.requests(), proxy.faults(), retries.retried(), failed);
            assertThat(failed).isLessThan(4);
            assertThat(proxy.faults()).isGreaterThan(OBJECTS / 20);
        }
        assertThat(partsOf(folder)).isEmpty();
    }

    /** An upload whose very number got lost is there, but holds nothing. */
    private List<Part> partsOf(String folder) {
        List<Part> parts = new ArrayList<>();
        try (S3Client client =
                S3Clients.of(
                        settings(),
                        new Credentials(
                                Stores.credentials(server.accessKey(), server.secretKey())))) {
            for (MultipartUpload upload : server.objects().listMultipartUploads(S3Server.BUCKET)) {
                if (upload.key().startsWith(folder)) {
                    parts.addAll(
                            client.listParts(
                                            it ->
                                                    it.bucket(S3Server.BUCKET)
                                                            .key(upload.key())
                                                            .uploadId(upload.uploadId()))
                                    .parts());
                }
            }
        }
        return parts;
    }

    private TransferSettings settings() {
        return new TransferSettings(
                16, 16, 3, Duration.ofSeconds(3), true, Set.of(), server.endpoint(), true);
    }

    /**
     * Whether it came and went; if not, for a reason that may pass, and with nothing half there.
     */
    private boolean isThereAndBack(Retries retries, S3Store store, String folder, int number)
            throws Exception {
        byte[] content = new byte[number % 30 == 0 ? LARGE : 5_000];
        new Random(number).nextBytes(content);
        Path file = Stores.file(files, content);
        long crc32c = Stores.crc32c(file);
        String name = number + ".jpg";
        Collected taken = new Collected();
        try {
            retries.call("proxy", () -> store.put(name, file, crc32c, false) != null);
            assertThat(stored(folder + name)).isEqualTo(content);
            retries.call(
                    "proxy",
                    () -> store.fetch("s3://" + S3Server.BUCKET + "/" + folder + name, "", taken));
            assertThat(taken.isWhole()).isTrue();
            assertThat(taken.bytes()).isEqualTo(content);
            return true;
        } catch (StoreException e) {
            assertThat(e.fault().isPassing()).as(e.sentence()).isTrue();
            if (server.objects().blobExists(S3Server.BUCKET, folder + name)) {
                assertThat(stored(folder + name)).isEqualTo(content);
            }
            return false;
        }
    }

    private byte[] stored(String key) throws Exception {
        try (var content = server.objects().getBlob(S3Server.BUCKET, key)) {
            return content.readAllBytes();
        }
    }
}
