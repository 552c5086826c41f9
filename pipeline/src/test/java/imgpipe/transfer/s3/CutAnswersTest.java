package imgpipe.transfer.s3;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.net.Disturbance;
import imgpipe.net.FaultyProxy;
import imgpipe.net.S3Server;
import imgpipe.transfer.store.Collected;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.TransferSettings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Answers of a real server that end too early, wherever that is: a head that is cut off looks like
 * one of fewer lines, and the answer like one without a body.
 */
@Timeout(60)
class CutAnswersTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Every such byte of an answer, to the end of its head and into what follows. */
    private static final int STEP = 11;

    private static final int REACH = 400;

    /** Bytes that go in one request. */
    private static final int MOST = 1_000;

    @TempDir Path files;

    private final S3Server server = S3Server.shared();
    private final TransferSettings settings;
    private final FaultyProxy proxy;
    private final S3Store store;
    private final S3Client client;

    CutAnswersTest() throws Exception {
        proxy = new FaultyProxy(URI.create(server.endpoint()).getPort(), Disturbance.none());
        String endpoint = proxy.address().replaceFirst("/$", "");
        settings = new TransferSettings(8, 8, 0, TIMEOUT, true, Set.of(), endpoint, true);
        store =
                Stores.of(
                        "s3://" + S3Server.BUCKET + "/cut/list/",
                        endpoint,
                        server.accessKey(),
                        server.secretKey());
        client =
                S3Clients.of(
                        settings,
                        new Credentials(
                                Stores.credentials(server.accessKey(), server.secretKey())));
    }

    @FunctionalInterface
    private interface Attempt {
        void make() throws Exception;
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        store.close();
        proxy.close();
    }

    @ParameterizedTest
    @CsvSource({"cut/list/, 3", "cut/list/b.jpg, 1"})
    void loseNothingOfAListing(String root, int expected) throws Exception {
        List<String> keys = List.of("b.jpg", "b.jpg.bak", "c.jpg").subList(0, expected);
        for (String key : List.of("b.jpg", "b.jpg.bak", "c.jpg")) {
            seed("list/" + key, new byte[1]);
        }
        S3Address address = new S3Address(S3Server.BUCKET, root);
        Pages pages = new Pages(client, new S3Faults(server.endpoint()), 2);
        int answers = expected == 1 ? 1 : 2;
        for (int answer = 1; answer <= answers; answer++) {
            for (int bytes = 0; bytes < REACH; bytes += STEP) {
                proxy.cut(answer, bytes);
                List<String> listed = new ArrayList<>();
                passing(
                        () ->
                                pages.list(
                                        address,
                                        listed.isEmpty() ? "" : listed.getLast(),
                                        object -> listed.add(object.key())));

                assertThat(listed)
                        .as("answer %d, cut at byte %d", answer, bytes)
                        .containsExactlyElementsOf(keys);
            }
        }
        assertThat(proxy.faults()).isEqualTo(answers * cuts());
    }

    @Test
    void bringWholeObjects() throws Exception {
        byte[] content = random(5_000);
        seed("whole.jpg", content);
        for (int bytes = 0; bytes < REACH; bytes += STEP) {
            proxy.cut(1, bytes);
            Collected taken = new Collected();
            passing(() -> store.fetch("s3://" + S3Server.BUCKET + "/cut/whole.jpg", "", taken));

            assertThat(taken.bytes()).as("cut at byte %d", bytes).isEqualTo(content);
            assertThat(taken.isWhole()).isTrue();
            assertThat(taken.validator()).isEqualTo(md5(content));
        }
        assertThat(proxy.faults()).isEqualTo(cuts());
    }

    @ParameterizedTest
    @CsvSource({"500, true", "2500, false"})
    void takeWholeObjects(int size, boolean onlyIfNew) throws Exception {
        byte[] content = random(size);
        Path file = Stores.file(files, content);
        long crc32c = Stores.crc32c(file);
        Uploads uploads =
                new Uploads(client, new S3Faults(server.endpoint()), false, TIMEOUT, MOST);
        S3Address target = new S3Address(S3Server.BUCKET, "cut/" + size + onlyIfNew);
        long before = proxy.requests();
        String tag = uploads.put(target, file, size, crc32c, onlyIfNew);
        long requests = proxy.requests() - before;
        // Parts make six requests of each.
        int step = size > MOST ? 2 * STEP : STEP;

        for (int answer = 1; answer <= requests; answer++) {
            for (int bytes = 0; bytes < REACH; bytes += step) {
                server.objects().removeBlob(target.bucket(), target.key());
                proxy.cut(answer, bytes);
                AtomicReference<@Nullable String> told = new AtomicReference<>();
                passing(() -> told.set(uploads.put(target, file, size, crc32c, onlyIfNew)));

                String cut = "answer %d, cut at byte %d".formatted(answer, bytes);
                assertThat(stored(target)).as(cut).isEqualTo(content);
                // Whoever finds an object is not told that it is his own.
                assertThat(told.get()).as(cut).isIn(tag, onlyIfNew ? null : tag);
            }
        }
    }

    /** As whoever tries again does it, without the pauses. */
    private static void passing(Attempt attempt) throws Exception {
        for (int made = 1; ; made++) {
            try {
                attempt.make();
                return;
            } catch (StoreException e) {
                assertThat(e.fault().isPassing()).as(e.sentence()).isTrue();
                assertThat(made).as(e.sentence()).isLessThan(3);
            }
        }
    }

    private static long cuts() {
        return (REACH + STEP - 1) / STEP;
    }

    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private static String md5(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    }

    private byte[] stored(S3Address object) throws Exception {
        try (InputStream content = server.objects().getBlob(object.bucket(), object.key())) {
            return content.readAllBytes();
        }
    }

    /** Past the network. */
    private void seed(String key, byte[] content) {
        server.objects()
                .putBlob(
                        PutObjectRequest.builder()
                                .bucket(S3Server.BUCKET)
                                .key("cut/" + key)
                                .contentLength((long) content.length)
                                .build(),
                        new ByteArrayInputStream(content));
    }
}
