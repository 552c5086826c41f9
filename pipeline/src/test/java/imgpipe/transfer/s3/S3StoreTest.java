package imgpipe.transfer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import imgpipe.net.S3Server;
import imgpipe.transfer.store.Collected;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Against a real S3 server, which keeps its objects in memory; each test has a folder in it. */
@Timeout(60)
class S3StoreTest {
    private static final AtomicInteger FOLDERS = new AtomicInteger();

    @TempDir Path files;

    private final S3Server server = S3Server.shared();
    private final String folder = "test " + FOLDERS.incrementAndGet() + "/";
    private final String root = "s3://" + S3Server.BUCKET + "/" + S3Address.encode(folder);

    @Test
    void listsAllPages() throws Exception {
        List<String> keys =
                IntStream.range(0, 2_500).mapToObj("pictures/%04d.jpg"::formatted).toList();
        keys.forEach(key -> seed(key, key));

        List<StoredObject> listed = listed(root);

        assertThat(listed).extracting(StoredObject::key).containsExactlyElementsOf(keys);
        assertThat(listed).extracting(StoredObject::bytes).containsOnly(17L);
        assertThat(listed.get(7).address()).isEqualTo(root + "pictures/0007.jpg");
    }

    @Test
    void listsNoMoreThanIsWanted() throws Exception {
        IntStream.range(0, 20).forEach(i -> seed("a" + i, "a"));
        List<StoredObject> listed = new ArrayList<>();
        try (S3Store store = Stores.of(root)) {
            store.list("", object -> listed.add(object) && listed.size() < 5);
        }

        assertThat(listed).hasSize(5);
    }

    @Test
    void listsNoFolderWhoseNameBeginsTheSame() throws Exception {
        seed("photos/a.jpg", "a");
        seed("photos2/b.jpg", "b");
        seed("photos.jpg", "c");

        assertThat(listed(root + "photos")).extracting(StoredObject::key).containsExactly("a.jpg");
        assertThat(listed(root + "photos/")).extracting(StoredObject::key).containsExactly("a.jpg");
    }

    @Test
    void listsTheOneObjectThatTheRootIs() throws Exception {
        seed("photos/a.jpg", "a");
        seed("photos/a.jpg.bak", "b");

        assertThat(listed(root + "photos/a.jpg"))
                .extracting(StoredObject::key, StoredObject::address)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a.jpg", root + "photos/a.jpg"));
    }

    @Test
    void leavesOutWhatStandsForAFolder() throws Exception {
        seed("", "");
        seed("sub/", "");
        seed("sub/a.jpg", "a");

        assertThat(listed(root)).extracting(StoredObject::key).containsExactly("sub/a.jpg");
    }

    @Test
    void keepsOddNames() throws Exception {
        List<String> keys =
                List.of(
                        "a b.jpg",
                        "100%.jpg",
                        "a%20b.jpg",
                        "c+d.jpg",
                        "ü/漢字/\uD83D\uDE00.jpg",
                        "e\u0301.jpg",
                        "line\nbreak.jpg",
                        "tab\tand\u0001.jpg",
                        "<&\"'>.jpg",
                        "?x=1#y.jpg",
                        "back\\slash:C.jpg",
                        "~!*()[]{}|^`$;,=@.jpg");
        try (S3Store store = Stores.of(root)) {
            for (String key : keys) {
                Path file = Stores.file(files, key);
                store.put(S3Address.encode(key), file, Stores.crc32c(file), false);
            }
            List<StoredObject> listed = listed(root);

            assertThat(listed)
                    .extracting(StoredObject::key)
                    .containsExactlyInAnyOrderElementsOf(keys);
            for (StoredObject object : listed) {
                Collected taken = new Collected();
                store.fetch(object.address(), "", taken);
                assertThat(Stores.text(taken)).isEqualTo(object.key());
            }
        }
    }

    @Test
    void readsWhatWasWritten() throws Exception {
        Path file = Stores.file(files, "one picture");
        try (S3Store store = Stores.of(root)) {
            StoredObject written =
                    Objects.requireNonNull(store.put("a/b.jpg", file, Stores.crc32c(file), false));
            Collected taken = new Collected();

            assertThat(store.fetch(written.address(), "", taken)).isTrue();

            assertThat(Stores.text(taken)).isEqualTo("one picture");
            assertThat(taken.announced()).isEqualTo(11);
            assertThat(taken.isWhole()).isTrue();
            assertThat(taken.validator()).isEqualTo(written.validator());
            assertThat(listed(root)).containsExactly(written);
            assertThat(server.objects().blobMetadata(S3Server.BUCKET, folder + "a/b.jpg"))
                    .satisfies(it -> assertThat(it.contentType()).isEqualTo("image/jpeg"));
        }
    }

    @Test
    void readsNothingThatHasNotChanged() throws Exception {
        seed("a.jpg", "first");
        try (S3Store store = Stores.of(root)) {
            String validator = listed(root).getFirst().validator();
            assertThat(validator).doesNotContain("\"").isNotEmpty();

            assertThat(store.fetch(root + "a.jpg", validator, new Collected())).isFalse();

            seed("a.jpg", "second");
            assertThat(store.fetch(root + "a.jpg", validator, new Collected())).isTrue();
        }
    }

    @Test
    void stopsWhenItIsNotWanted() throws Exception {
        byte[] much = new byte[2_000_000];
        seed("a.jpg", much);
        try (S3Store store = Stores.of(root)) {
            // More often than there are connections: each must be given back.
            for (int i = 0; i < 20; i++) {
                assertThat(
                                store.fetch(
                                        root + "a.jpg",
                                        "",
                                        new Collected() {
                                            @Override
                                            public boolean begin(long bytes, String validator) {
                                                return false;
                                            }
                                        }))
                        .isFalse();
            }
        }
    }

    @Test
    void waitsForRoomLongerThanForTheStore() throws Exception {
        seed("a.jpg", "a");
        try (S3Store patient = Stores.of(root);
                S3Store store = impatient(Duration.ofSeconds(2))) {
            // The first one of a JVM takes longer.
            patient.fetch(root + "a.jpg", "", new Collected());
            Collected taken =
                    new Collected() {
                        @Override
                        public boolean begin(long bytes, String validator) throws StoreException {
                            LockSupport.parkNanos(2_200_000_000L);
                            return super.begin(bytes, validator);
                        }
                    };
            store.fetch(root + "a.jpg", "", taken);

            assertThat(Stores.text(taken)).isEqualTo("a");
        }
    }

    @Test
    void writesLargeFilesInParts() throws Exception {
        byte[] much = new byte[17_000_000];
        new Random(4).nextBytes(much);
        Path file = Stores.file(files, much);
        try (S3Store store = Stores.of(root)) {
            StoredObject written =
                    Objects.requireNonNull(store.put("a.tar", file, Stores.crc32c(file), true));

            assertThat(written.validator()).endsWith("-3");
            assertThat(store.put("a.tar", file, Stores.crc32c(file), true)).isNull();
            Collected taken = new Collected();
            store.fetch(written.address(), "", taken);
            assertThat(taken.bytes()).isEqualTo(much);
            assertThat(server.objects().listMultipartUploads(S3Server.BUCKET))
                    .noneMatch(upload -> upload.key().startsWith(folder));
        }
    }

    /** Found out after the last part. */
    @Test
    void leavesNothingOfAFileThatChanged() throws Exception {
        for (int bytes : new int[] {100, 10_000_000}) {
            Path file = Stores.file(files, new byte[bytes]);
            try (S3Store store = Stores.of(root)) {
                assertThat(fault(() -> store.put("a.tar", file, 1, false)).fault())
                        .isEqualTo(Fault.LOCAL);
            }
        }

        assertThat(listed(root)).isEmpty();
        assertThat(server.objects().listMultipartUploads(S3Server.BUCKET))
                .noneMatch(upload -> upload.key().startsWith(folder));
    }

    @Test
    void leavesAnObjectThatIsThere() throws Exception {
        Path file = Stores.file(files, "new");
        seed("a.jpg", "old");
        try (S3Store store = Stores.of(root)) {
            assertThat(store.put("a.jpg", file, Stores.crc32c(file), true)).isNull();
            assertThat(text(store, "a.jpg")).isEqualTo("old");

            assertThat(store.put("a.jpg", file, Stores.crc32c(file), false)).isNotNull();
            assertThat(text(store, "a.jpg")).isEqualTo("new");
        }
    }

    @Test
    void letsOneOfSeveralBeTheFirst() throws Exception {
        Path file = Stores.file(files, "new");
        long crc32c = Stores.crc32c(file);
        try (S3Store store = Stores.of(root);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 5; round++) {
                String name = round + ".jpg";
                Callable<Boolean> put = () -> store.put(name, file, crc32c, true) != null;
                int first = 0;
                for (Future<Boolean> done :
                        threads.invokeAll(List.of(put, put, put, put, put, put))) {
                    first += done.get() ? 1 : 0;
                }
                assertThat(first).isEqualTo(1);
            }
        }
    }

    @Test
    void saysThatThereIsNoBucket() throws Exception {
        Path file = Stores.file(files, "new");
        try (S3Store store = Stores.of("s3://no-such-bucket/a/")) {
            for (Callable<?> call :
                    List.<Callable<?>>of(
                            () -> listed(store),
                            () -> store.fetch("s3://no-such-bucket/a/b", "", new Collected()),
                            () -> store.put("b", file, Stores.crc32c(file), false),
                            () -> store.put("b", file, Stores.crc32c(file), true))) {
                StoreException fault = fault(call);

                assertThat(fault.fault()).isEqualTo(Fault.MISSING);
                assertThat(fault.sentence())
                        .isEqualTo(
                                "there is no bucket no-such-bucket at "
                                        + server.endpoint()
                                        + "; check its name and --s3-endpoint");
            }
        }
    }

    @Test
    void saysThatThereIsNoObject() throws Exception {
        try (S3Store store = Stores.of(root)) {
            StoreException fault =
                    fault(() -> store.fetch(root + "no%20such.jpg", "", new Collected()));

            assertThat(fault.fault()).isEqualTo(Fault.MISSING);
            assertThat(fault.sentence()).isEqualTo("there is no object " + root + "no%20such.jpg");
        }
    }

    @Test
    void saysThatCredentialsAreWrong() throws Exception {
        seed("a.jpg", "a");
        for (String[] pair :
                List.of(
                        new String[] {"wrong-key", server.secretKey()},
                        new String[] {server.accessKey(), "wrong-secret"})) {
            try (S3Store store = Stores.of(root, server.endpoint(), pair[0], pair[1])) {
                for (Callable<?> call :
                        List.<Callable<?>>of(
                                () -> listed(store),
                                () -> store.fetch(root + "a.jpg", "", new Collected()))) {
                    StoreException fault = fault(call);

                    assertThat(fault.fault()).isEqualTo(Fault.DENIED);
                    assertThat(fault.sentence())
                            .contains("check the access key")
                            .doesNotContain(pair[0], pair[1]);
                }
            }
        }
    }

    @Test
    void saysThatThereAreNoCredentials() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AwsCredentialsProvider none =
                () -> {
                    asked.incrementAndGet();
                    throw SdkClientException.create("Unable to load credentials from any of …");
                };
        try (S3Store store = Stores.of(root, server.endpoint(), Duration.ofSeconds(20), 0, none)) {
            for (int i = 0; i < 3; i++) {
                StoreException fault = fault(() -> listed(store));

                assertThat(fault.fault()).isEqualTo(Fault.DENIED);
                assertThat(fault.sentence())
                        .contains("no credentials", "AWS_ACCESS_KEY_ID", "~/.aws");
            }
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        try (S3Store store = Stores.of(root, "http://127.0.0.1:" + unused, "key", "secret")) {
            StoreException fault = fault(() -> listed(store));

            assertThat(fault.fault()).isEqualTo(Fault.CONNECT);
            assertThat(fault.sentence())
                    .contains("no connection to http://127.0.0.1:" + unused, "--s3-endpoint");
        }
    }

    @Test
    void saysThatTheHostIsUnknown() throws Exception {
        try (S3Store store = Stores.of(root, "http://nowhere.invalid", "key", "secret")) {
            StoreException fault = fault(() -> listed(store));

            assertThat(fault.fault()).isEqualTo(Fault.CONNECT);
            assertThat(fault.sentence()).contains("nowhere.invalid; check --s3-endpoint");
        }
    }

    @Test
    void endsWhenItsThreadIsTo() throws Exception {
        seed("a.jpg", "a");
        try (S3Store store = Stores.of(root)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> store.fetch(root + "a.jpg", "", new Collected()))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    private S3Store impatient(Duration timeout) {
        return Stores.of(
                root,
                server.endpoint(),
                timeout,
                0,
                Stores.credentials(server.accessKey(), server.secretKey()));
    }

    private static String text(S3Store store, String name) throws Exception {
        Collected taken = new Collected();
        store.fetch(
                listed(store).stream()
                        .filter(object -> object.key().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .address(),
                "",
                taken);
        return Stores.text(taken);
    }

    private static StoreException fault(Callable<?> call) {
        return Objects.requireNonNull(catchThrowableOfType(StoreException.class, call::call));
    }

    private static List<StoredObject> listed(String root) throws Exception {
        try (S3Store store = Stores.of(root)) {
            return listed(store);
        }
    }

    private static List<StoredObject> listed(S3Store store) throws Exception {
        List<StoredObject> listed = new ArrayList<>();
        store.list("", listed::add);
        return listed;
    }

    private void seed(String key, String content) {
        seed(key, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Past the network. */
    private void seed(String key, byte[] content) {
        server.objects()
                .putBlob(
                        PutObjectRequest.builder()
                                .bucket(S3Server.BUCKET)
                                .key(folder + key)
                                .contentLength((long) content.length)
                                .build(),
                        new ByteArrayInputStream(content));
    }
}
