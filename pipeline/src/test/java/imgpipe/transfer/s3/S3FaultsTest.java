package imgpipe.transfer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imgpipe.transfer.store.Collected;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.StoredObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers answer that are out of order, odd, or of limited knowledge. */
@Timeout(60)
class S3FaultsTest {
    private static final String ROOT = "s3://bucket/a/";
    private static final String SECRET = "unutterable";

    @TempDir Path files;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    /** What is answered; the requests before it are noted already. */
    private Answering answering = it -> reply(it, 200, "");

    @FunctionalInterface
    private interface Answering {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    requests.add(
                            exchange.getRequestMethod()
                                    + " "
                                    + exchange.getRequestURI().getRawPath());
                    exchange.getRequestBody().readAllBytes();
                    try {
                        answering.answer(exchange);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        exchange.close();
                    }
                });
        server.start();
    }

    @AfterEach
    void hangUp() {
        end.countDown();
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown,              BUSY",
        "500, InternalError,         BUSY",
        "503, '',                    BUSY",
        "502, '',                    BUSY",
        "429, '',                    BUSY",
        "400, RequestTimeout,        BUSY",
        "409, OperationAborted,      BUSY",
        "400, BadDigest,             SHORT",
        "404, NoSuchKey,             MISSING",
        "404, NoSuchBucket,          MISSING",
        "404, '',                    MISSING",
        "403, AccessDenied,          DENIED",
        "403, '',                    DENIED",
        "401, '',                    DENIED",
        "403, InvalidAccessKeyId,    DENIED",
        "400, ExpiredToken,          DENIED",
        "400, InvalidToken,          DENIED",
        "403, SignatureDoesNotMatch, DENIED",
        "403, RequestTimeTooSkewed,  REFUSED",
        "403, InvalidObjectState,    REFUSED",
        "301, PermanentRedirect,     REFUSED",
        "400, InvalidArgument,       REFUSED",
        "400, AuthorizationHeaderMalformed, REFUSED"
    })
    void classesWhatTheStoreSays(int status, String code, Fault expected) throws Exception {
        answering = it -> reply(it, status, code.isEmpty() ? "" : error(code));
        try (S3Store store = store(Duration.ofSeconds(20), 3)) {
            StoreException fault = fault(() -> store.fetch(ROOT + "b.jpg", "", new Collected()));

            assertThat(fault.fault()).as(fault.sentence()).isEqualTo(expected);
            assertThat(fault.sentence()).contains("bucket").doesNotContain(SECRET, "\n");
            // Whether there is another attempt is not decided here.
            assertThat(requests).containsExactly("GET /bucket/a/b.jpg");
        }
    }

    @Test
    void tellsHowLongTheStoreAsksToWait() throws Exception {
        answering =
                it -> {
                    it.getResponseHeaders().set("Retry-After", "7");
                    reply(it, 503, error("SlowDown"));
                };
        try (S3Store store = store(Duration.ofSeconds(20), 0)) {
            assertThat(fault(() -> store.fetch(ROOT + "b", "", new Collected())).retryAfter())
                    .isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void findsThatABodyIsShort() throws Exception {
        answering =
                it -> {
                    it.sendResponseHeaders(200, 1_000);
                    it.getResponseBody().write(new byte[400]);
                    it.getResponseBody().flush();
                    throw new IOException("hangs up");
                };
        try (S3Store store = store(Duration.ofSeconds(20), 0)) {
            Collected taken = new Collected();
            StoreException fault = fault(() -> store.fetch(ROOT + "b", "", taken));

            assertThat(fault.fault()).isEqualTo(Fault.SHORT);
            assertThat(taken.bytes()).hasSize(400);
            assertThat(taken.isWhole()).isFalse();
        }
    }

    @Test
    void breaksOffABodyThatTakesTooLong() throws Exception {
        answering =
                it -> {
                    it.sendResponseHeaders(200, 1_000);
                    for (int i = 0; i < 100; i++) {
                        it.getResponseBody().write('.');
                        it.getResponseBody().flush();
                        Thread.sleep(100);
                    }
                };
        try (S3Store store = store(Duration.ofMillis(500), 0)) {
            assertThat(fault(() -> store.fetch(ROOT + "b", "", new Collected())).fault())
                    .isEqualTo(Fault.TIMEOUT);
        }
    }

    @Test
    void breaksOffAServerThatSaysNothing() throws Exception {
        Path file = Stores.file(files, "content");
        answering = it -> end.await();
        try (S3Store store = store(Duration.ofMillis(500), 0)) {
            for (Callable<?> call :
                    List.<Callable<?>>of(
                            () -> store.fetch(ROOT + "b", "", new Collected()),
                            () -> store.put("b", file, Stores.crc32c(file), false),
                            () -> listed(store))) {
                assertThat(fault(call).fault()).isEqualTo(Fault.TIMEOUT);
            }
        }
    }

    @Test
    void findsThatAConnectionBroke() throws Exception {
        answering =
                it -> {
                    throw new IOException("hangs up");
                };
        try (S3Store store = store(Duration.ofSeconds(20), 0)) {
            assertThat(fault(() -> store.fetch(ROOT + "b", "", new Collected())).fault())
                    .isEqualTo(Fault.RESET);
        }
    }

    @Test
    void takesAwayWhatArrivedAsSomethingElse() throws Exception {
        Path file = Stores.file(files, "content");
        answering =
                it -> {
                    it.getResponseHeaders().set("ETag", "\"00000000000000000000000000000000\"");
                    reply(it, 200, "");
                };
        try (S3Store store = store(Duration.ofSeconds(20), 0)) {
            assertThat(fault(() -> store.put("b", file, Stores.crc32c(file), false)).fault())
                    .isEqualTo(Fault.SHORT);
        }
        assertThat(requests).containsExactly("PUT /bucket/a/b", "DELETE /bucket/a/b");
    }

    @Test
    void believesATagThatIsNoChecksum() throws Exception {
        Path file = Stores.file(files, "content");
        answering =
                it -> {
                    it.getResponseHeaders().set("ETag", "\"0x8DD\"");
                    reply(it, 200, "");
                };
        try (S3Store store = store(Duration.ofSeconds(20), 0)) {
            StoredObject written = store.put("b", file, Stores.crc32c(file), false);

            assertThat(written).isEqualTo(new StoredObject("b", ROOT + "b", 7, "0x8DD"));
        }
    }

    @Test
    void looksItselfWhereTheStoreCannotWriteOnlyIfNew() throws Exception {
        Path file = Stores.file(files, "content");
        answering =
                it -> {
                    if (it.getRequestMethod().equals("HEAD")) {
                        it.sendResponseHeaders(404, -1);
                    } else if (it.getRequestHeaders().containsKey("If-None-Match")) {
                        reply(it, 501, error("NotImplemented"));
                    } else {
                        it.getResponseHeaders().set("ETag", "\"tag\"");
                        reply(it, 200, "");
                    }
                };
        try (S3Store store = store(Duration.ofSeconds(20), 0)) {
            assertThat(store.put("b", file, Stores.crc32c(file), true)).isNotNull();
            assertThat(store.put("c", file, Stores.crc32c(file), true)).isNotNull();
        }
        assertThat(requests)
                .containsExactly(
                        "HEAD /bucket/a/b",
                        "PUT /bucket/a/b",
                        "PUT /bucket/a/b",
                        "HEAD /bucket/a/c",
                        "PUT /bucket/a/c");
    }

    @Test
    void leavesNoPartsBehind() throws Exception {
        Path file = Stores.file(files, new byte[20_000_000]);
        AtomicInteger parts = new AtomicInteger();
        answering =
                it -> {
                    String query = String.valueOf(it.getRequestURI().getQuery());
                    if (query.equals("uploads")) {
                        reply(
                                it,
                                200,
                                "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>");
                    } else if (it.getRequestMethod().equals("PUT")
                            && parts.incrementAndGet() == 2) {
                        reply(it, 500, error("InternalError"));
                    } else {
                        it.getResponseHeaders().set("ETag", "\"tag\"");
                        reply(it, it.getRequestMethod().equals("DELETE") ? 204 : 200, "");
                    }
                };
        try (S3Store store = store(Duration.ofSeconds(20), 0)) {
            assertThat(fault(() -> store.put("b", file, Stores.crc32c(file), false)).fault())
                    .isEqualTo(Fault.BUSY);
        }
        assertThat(requests)
                .containsExactly(
                        "POST /bucket/a/b",
                        "PUT /bucket/a/b",
                        "PUT /bucket/a/b",
                        "DELETE /bucket/a/b");
    }

    /** A run that a signal ends interrupts it, here while the store says nothing, and once more. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void leavesNoPartsBehindWhenItIsInterrupted(int times) throws Exception {
        Path file = Stores.file(files, new byte[20_000_000]);
        Semaphore waiting = new Semaphore(0);
        AtomicInteger deletions = new AtomicInteger();
        AtomicInteger parts = new AtomicInteger();
        answering =
                it -> {
                    if (String.valueOf(it.getRequestURI().getQuery()).equals("uploads")) {
                        reply(
                                it,
                                200,
                                "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>");
                    } else if (it.getRequestMethod().equals("PUT")
                            ? parts.incrementAndGet() == 2
                            : deletions.incrementAndGet() < times) {
                        waiting.release();
                        end.await();
                    } else {
                        it.getResponseHeaders().set("ETag", "\"tag\"");
                        reply(it, it.getRequestMethod().equals("DELETE") ? 204 : 200, "");
                    }
                };
        AtomicReference<Object> thrown = new AtomicReference<>();
        try (S3Store store = store(Duration.ofSeconds(20), 0)) {
            long crc32c = Stores.crc32c(file);
            Thread sender =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            thrown.set(store.put("b", file, crc32c, false));
                                        } catch (Exception e) {
                                            thrown.set(e);
                                        }
                                    });
            for (int i = 0; i < times; i++) {
                waiting.acquire();
                sender.interrupt();
            }
            sender.join();
        }

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(requests).last().isEqualTo("DELETE /bucket/a/b");
        assertThat(deletions).hasValue(times);
    }

    /** Whoever began again would tell of the first page twice. */
    @Test
    void goesOnBehindTheLastKeyOfAListingThatWasCutOff() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        List<String> queries = Collections.synchronizedList(new ArrayList<>());
        answering =
                it -> {
                    queries.add(it.getRequestURI().getQuery());
                    switch (asked.incrementAndGet()) {
                        case 1 -> reply(it, 200, page("a/1", "more"));
                        case 2 -> reply(it, 503, error("SlowDown"));
                        default -> reply(it, 200, page("a/2", ""));
                    }
                };
        List<StoredObject> listed = new ArrayList<>();
        try (S3Store store = store(Duration.ofSeconds(20), 3)) {
            assertThat(
                            fault(
                                            () -> {
                                                store.list("", listed::add);
                                                return "";
                                            })
                                    .fault())
                    .isEqualTo(Fault.BUSY);
            store.list("1", listed::add);
        }
        assertThat(listed).extracting(StoredObject::key).containsExactly("1", "2");
        assertThat(queries.getLast()).contains("start-after=a/1");
    }

    @Test
    void endsAListingThatGoesRoundInCircles() throws Exception {
        answering = it -> reply(it, 200, page("a/1", "more"));
        try (S3Store store = store(Duration.ofSeconds(20), 3)) {
            assertThat(fault(() -> listed(store)).fault()).isEqualTo(Fault.REFUSED);
        }
        assertThat(requests).hasSize(2);
    }

    private S3Store store(Duration timeout, int retries) {
        return Stores.of(
                ROOT,
                "http://127.0.0.1:" + server.getAddress().getPort(),
                timeout,
                retries,
                Stores.credentials("somebody", SECRET));
    }

    private static List<StoredObject> listed(S3Store store) throws Exception {
        List<StoredObject> listed = new ArrayList<>();
        store.list("", listed::add);
        return listed;
    }

    private static StoreException fault(Callable<?> call) {
        return Objects.requireNonNull(catchThrowableOfType(StoreException.class, call::call));
    }

    private static String error(String code) {
        return "<Error><Code>%s</Code><Message>line\nline %s</Message></Error>"
                .formatted(code, "of somebody");
    }

    private static String page(String key, String next) {
        return "<ListBucketResult><IsTruncated>%b</IsTruncated><NextContinuationToken>%s</NextContinuationToken><Contents><Key>%s</Key><Size>1</Size><ETag>\"t\"</ETag></Contents></ListBucketResult>"
                .formatted(!next.isEmpty(), next, key);
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
