package imgpipe.transfer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import imgpipe.net.PictureServer;
import imgpipe.net.RawServer;
import imgpipe.transfer.store.Collected;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a web server says, and what is made of it. */
@Timeout(60)
class HttpStoreTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @TempDir private Path folder;

    @Test
    void keepsItsConnection() throws Exception {
        Files.writeString(folder.resolve("a.jpg"), "picture");
        try (PictureServer server = new PictureServer(folder);
                HttpStore store = new HttpStore("", Settings.local())) {
            for (int i = 0; i < 20; i++) {
                store.fetch(server.address() + "a.jpg", "", new Collected());
            }

            assertThat(server.requests()).isEqualTo(20);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void keepsItsConnectionAfterFaultsAndUnchangedPictures() throws Exception {
        Files.writeString(folder.resolve("a.jpg"), "picture");
        try (PictureServer server = new PictureServer(folder);
                HttpStore store = new HttpStore("", Settings.local())) {
            Collected intake = new Collected();
            store.fetch(server.address() + "a.jpg", "", intake);
            store.fetch(server.address() + "a.jpg", intake.validator(), intake);
            assertThat(fault(store, server.address() + "b.jpg").fault()).isEqualTo(Fault.MISSING);
            store.fetch(server.address() + "a.jpg", "", intake);

            assertThat(server.unchanged()).isEqualTo(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void servesManyThreadsOverAsManyConnectionsAsAllowed() throws Exception {
        Files.writeString(folder.resolve("a.jpg"), "picture");
        try (PictureServer server = new PictureServer(folder);
                HttpStore store = new HttpStore("", Settings.local());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all =
                    IntStream.range(0, 300)
                            .mapToObj(
                                    _ ->
                                            threads.submit(
                                                    () ->
                                                            store.fetch(
                                                                    server.address() + "a.jpg",
                                                                    "",
                                                                    new Collected())))
                            .toList();
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }

            assertThat(server.whole()).isEqualTo(300);
            assertThat(server.connections()).isLessThanOrEqualTo(16);
        }
    }

    @Test
    void asksPlainly() throws Exception {
        try (RawServer server = RawServer.saying(OK + "Content-Length: 1\r\n\r\nx");
                HttpStore store = new HttpStore("", Settings.local())) {
            store.fetch(server.address() + "ä b%20c.jpg?w=1&sig=a%2Fb#part", "", new Collected());

            assertThat(server.requests().getFirst().lines().filter(line -> !line.isEmpty()))
                    .containsExactlyInAnyOrder(
                            "GET /%C3%A4%20b%20c.jpg?w=1&sig=a%2Fb HTTP/1.1",
                            "Host: 127.0.0.1:" + server.port(),
                            "Accept-Encoding: identity",
                            "Connection: keep-alive",
                            "User-Agent: imgpipe");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"abc\" | If-None-Match: \"abc\"",
                "W/\"abc\" | If-None-Match: W/\"abc\"",
                "Tue, 15 Nov 1994 08:12:31 GMT | If-Modified-Since: Tue, 15 Nov 1994 08:12:31 GMT"
            })
    void asksWhetherSomethingHasChanged(String validator, String line) throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 304 Not Modified\r\n\r\n");
                HttpStore store = new HttpStore("", Settings.local())) {
            boolean read = store.fetch(server.address(), validator, new Collected());

            assertThat(read).isFalse();
            assertThat(server.requests().getFirst()).contains(line + "\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ETag: \"a\" | \"a\" | false",
                "ETag: W/\"a\" | \"a\" | false",
                "ETag: \"a\" | W/\"a\" | false",
                "ETag: \"b\" | \"a\" | true",
                "Last-Modified: Tue, 15 Nov 1994 08:12:31 GMT | Tue, 15 Nov 1994 08:12:31 GMT |"
                        + " false",
                "Last-Modified: Tue, 15 Nov 1994 08:12:32 GMT | Tue, 15 Nov 1994 08:12:31 GMT |"
                        + " true",
                "X: y | \"a\" | true"
            })
    void comparesItselfWhereTheServerDoesNot(String header, String validator, boolean changed)
            throws Exception {
        try (RawServer server = RawServer.saying(OK + header + "\r\nContent-Length: 1\r\n\r\nx");
                HttpStore store = new HttpStore("", Settings.local())) {
            assertThat(store.fetch(server.address(), validator, new Collected()))
                    .isEqualTo(changed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED", "401, DENIED", "403, DENIED", "404, MISSING", "407, DENIED", "408, BUSY",
        "410, MISSING", "418, REFUSED", "425, BUSY", "429, BUSY", "451, REFUSED", "500, BUSY",
        "501, UNSUPPORTED", "502, BUSY", "503, BUSY", "504, BUSY", "206, REFUSED", "204, REFUSED",
        "304, REFUSED", "300, REFUSED"
    })
    void classesStatuses(int status, Fault expected) throws Exception {
        try (RawServer server =
                        RawServer.saying(
                                "HTTP/1.1 "
                                        + status
                                        + " \u0007secret\r\nContent-Length: 0\r\n\r\n");
                HttpStore store = new HttpStore("", Settings.local())) {
            StoreException fault = fault(store, server.address() + "a.jpg?token=secret");

            assertThat(fault.fault()).isEqualTo(expected);
            assertThat(fault.sentence())
                    .contains(server.address() + "a.jpg")
                    .contains(Integer.toString(status))
                    .doesNotContain("secret");
        }
    }

    @Test
    void tellsHowLongTheServerAsksToWait() throws Exception {
        String later =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
        try (RawServer seconds = RawServer.saying(busy("Retry-After: 17"));
                RawServer date = RawServer.saying(busy("Retry-After: " + later));
                RawServer past =
                        RawServer.saying(busy("Retry-After: Tue, 15 Nov 1994 08:12:31 GMT"));
                RawServer junk = RawServer.saying(busy("Retry-After: soon"));
                HttpStore store = new HttpStore("", Settings.local())) {
            assertThat(fault(store, seconds.address()).retryAfter())
                    .isEqualTo(Duration.ofSeconds(17));
            assertThat(fault(store, date.address()).retryAfter())
                    .isBetween(Duration.ofMinutes(58), Duration.ofMinutes(60));
            assertThat(fault(store, past.address()).retryAfter()).isEqualTo(Duration.ZERO);
            assertThat(fault(store, junk.address()).retryAfter()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK\\r\\nContent-Length: 100\\r\\n\\r\\nonly this | SHORT",
                "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n5\\r\\nab | SHORT",
                "HTTP/1.1 200 OK\\r"
                        + "\\n"
                        + "Transfer-Encoding: chunked\\r"
                        + "\\n"
                        + "\\r"
                        + "\\n"
                        + "2\\r"
                        + "\\n"
                        + "ab\\r"
                        + "\\n"
                        + " | SHORT",
                "HTTP/1.1 200 OK\\r"
                        + "\\n"
                        + "Transfer-Encoding: chunked\\r"
                        + "\\n"
                        + "\\r"
                        + "\\n"
                        + "zz\\r"
                        + "\\n"
                        + "ab\\r"
                        + "\\n"
                        + " | SHORT",
                "'' | RESET",
                "HTTP/1.1 200 OK\\r\\nContent-Le | SHORT",
                "SSH-2.0-OpenSSH_9.2p1\\r\\n | RESET",
                "HTTP/1.1 abc\\r\\n\\r\\n | RESET",
                "HTTP/1.1 200 OK\\r\\nContent-Length: -5\\r\\n\\r\\nx | SHORT",
                "HTTP/1.1 200 OK\\r\\n | SHORT",
                "HTTP/1.1 200 OK\\r\\nETag: x\\r\\nContent-Length: | SHORT",
                "HTTP/1.1 200 OK\\r\\nContent-Encoding: gzip\\r\\nContent-Length: 1\\r\\n\\r\\nx |"
                        + " REFUSED"
            })
    void takesNoBrokenAnswerForAPicture(String answer, Fault expected) throws Exception {
        try (RawServer server = RawServer.saying(answer.replace("\\r", "\r").replace("\\n", "\n"));
                HttpStore store = new HttpStore("", Settings.local())) {
            Collected intake = new Collected();

            assertThat(fault(store, server.address(), intake).fault()).isEqualTo(expected);
            assertThat(intake.isWhole()).isFalse();
        }
    }

    @Test
    void readsNoHeadersWithoutEnd() throws Exception {
        try (RawServer server =
                        new RawServer(
                                (_, out) -> {
                                    out.write(OK.getBytes(StandardCharsets.UTF_8));
                                    byte[] line =
                                            "X: y\r\n"
                                                    .repeat(1000)
                                                    .getBytes(StandardCharsets.UTF_8);
                                    while (true) {
                                        out.write(line);
                                    }
                                });
                HttpStore store = new HttpStore("", Settings.local())) {
            assertThat(fault(store, server.address()).fault()).isEqualTo(Fault.REFUSED);
        }
    }

    @Test
    void leavesABodyWithoutEndToTheIntake() throws Exception {
        try (RawServer server =
                        new RawServer(
                                (_, out) -> {
                                    out.write((OK + "\r\n").getBytes(StandardCharsets.UTF_8));
                                    while (true) {
                                        out.write(new byte[10_000]);
                                    }
                                });
                HttpStore store = new HttpStore("", Settings.local())) {
            Collected intake =
                    new Collected() {
                        @Override
                        public void write(byte[] piece, int offset, int length)
                                throws StoreException {
                            super.write(piece, offset, length);
                            if (bytes().length > 1_000_000) {
                                throw new StoreException(Fault.LIMIT, "too large", null);
                            }
                        }
                    };

            assertThat(fault(store, server.address(), intake).fault()).isEqualTo(Fault.LIMIT);
            assertThat(intake.announced()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000000000000", "Transfer-Encoding: chunked", "X: y"})
    void doesNotReadOnWhatTheIntakeRefused(String header) throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        byte[] chunk = ("fff\r\n" + "x".repeat(0xfff) + "\r\n").getBytes(StandardCharsets.UTF_8);
        RawServer.Answer endless =
                (_, out) -> {
                    out.write((OK + header + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
                    try {
                        while (true) {
                            out.write(chunk);
                            Thread.sleep(1);
                        }
                    } finally {
                        gone.countDown();
                    }
                };
        Collected intake =
                new Collected() {
                    @Override
                    public void write(byte[] piece, int offset, int length) throws StoreException {
                        throw new StoreException(Fault.LIMIT, "too large", null);
                    }
                };
        try (RawServer server = new RawServer(endless);
                HttpStore store =
                        new HttpStore("", Settings.within(Duration.ofMinutes(10), true))) {
            assertThat(fault(store, server.address(), intake).fault()).isEqualTo(Fault.LIMIT);
            gone.await();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nothing", "half a body", "a byte now and then", "headers now and then"})
    void endsAnAttemptThatTakesTooLong(String what) throws Exception {
        RawServer.Answer answer =
                (_, out) -> {
                    if (!what.equals("nothing")) {
                        out.write(OK.getBytes(StandardCharsets.UTF_8));
                    }
                    if (what.contains("b")) {
                        out.write(
                                "Content-Length: 100000\r\n\r\nab"
                                        .getBytes(StandardCharsets.UTF_8));
                    }
                    for (int i = 0; i < 400; i++) {
                        Thread.sleep(50);
                        if (what.contains("now")) {
                            out.write('x');
                        }
                    }
                };
        try (RawServer server = new RawServer(answer);
                HttpStore store =
                        new HttpStore("", Settings.within(Duration.ofMillis(400), true))) {
            assertThat(fault(store, server.address()).fault()).isEqualTo(Fault.TIMEOUT);
        }
    }

    @Test
    void doesNotCountTheTimeThatTheIntakeTakes() throws Exception {
        Files.write(folder.resolve("a.jpg"), new byte[200_000]);
        Collected intake =
                new Collected() {
                    @Override
                    public boolean begin(long length, String told) throws StoreException {
                        sleep();
                        return super.begin(length, told);
                    }

                    @Override
                    public void write(byte[] piece, int offset, int length) throws StoreException {
                        if (bytes().length == 0) {
                            sleep();
                        }
                        super.write(piece, offset, length);
                    }

                    private void sleep() {
                        try {
                            Thread.sleep(1200);
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }
                };
        try (PictureServer server = new PictureServer(folder);
                HttpStore patient = new HttpStore("", Settings.local());
                HttpStore store = new HttpStore("", Settings.within(Duration.ofSeconds(1), true))) {
            // The first one of a JVM takes longer.
            patient.fetch(server.address() + "a.jpg", "", new Collected());

            assertThat(store.fetch(server.address() + "a.jpg", "", intake)).isTrue();
            assertThat(intake.bytes()).hasSize(200_000);
        }
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() throws Exception {
        try (RawServer server = new RawServer((_, _) -> Thread.sleep(30_000));
                HttpStore store = new HttpStore("", Settings.local());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> fetching =
                    threads.submit(
                            () -> {
                                Thread self = Thread.currentThread();
                                Thread.ofVirtual()
                                        .start(
                                                () -> {
                                                    while (server.requests().isEmpty()) {
                                                        Thread.onSpinWait();
                                                    }
                                                    self.interrupt();
                                                });
                                return store.fetch(server.address(), "", new Collected());
                            });

            assertThatThrownBy(fetching::get).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port;
        try (RawServer server = RawServer.saying("")) {
            port = server.port();
        }
        try (HttpStore store = new HttpStore("", Settings.local())) {
            assertThat(fault(store, "http://127.0.0.1:" + port + "/").fault())
                    .isEqualTo(Fault.CONNECT);
        }
    }

    @Test
    void tellsAMissingHostFromMissingNameServers() throws Exception {
        Resolver resolver =
                host -> {
                    throw new UnknownHostException(
                            host.startsWith("no")
                                    ? host + ": Name or service not known"
                                    : host + ": Temporary failure in name resolution");
                };
        try (HttpStore store = new HttpStore("", Settings.local(), resolver)) {
            assertThat(fault(store, "http://no.example/a").fault()).isEqualTo(Fault.MISSING);
            assertThat(fault(store, "http://yes.example/a").fault()).isEqualTo(Fault.CONNECT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/a",
                "http://",
                "http:///a",
                "http://host:0/",
                "http://host:x/",
                "http://host:65536/",
                "http://a b/",
                "http://[::1/",
                "http://[zz]/",
                "a.jpg",
                "http://256.1.1.1/",
                "http://1.2.3.4.5/",
                "http://a..0x/",
                "http://user@/x",
                "http://ho\\st/",
                "http://%zz/",
                "file:///etc/passwd",
                "http://.host/"
            })
    void refusesWhatIsNoAddress(String address) throws Exception {
        try (HttpStore store =
                new HttpStore(
                        "",
                        Settings.local(),
                        host -> {
                            throw new AssertionError("looked up " + host);
                        })) {
            assertThat(fault(store, address).fault()).isEqualTo(Fault.REFUSED);
        }
    }

    @Test
    void trustsNoCertificateThatNobodyKnows() throws Exception {
        Path keys = folder.resolve("keys");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=127.0.0.1",
                                "-ext",
                                "san=ip:127.0.0.1",
                                "-storepass",
                                "password",
                                "-keystore",
                                keys.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile())
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance(keys.toFile(), "password".toCharArray());
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, "password".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.start();
        try (HttpStore https = new HttpStore("", Settings.local())) {
            StoreException fault =
                    fault(https, "https://127.0.0.1:" + server.getAddress().getPort() + "/");

            assertThat(fault.fault()).isEqualTo(Fault.REFUSED);
            assertThat(fault.sentence()).contains("certificate is not trusted");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void findsNoEncryptionWhereThereIsNone() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 400 What?\r\n\r\n");
                HttpStore store = new HttpStore("", Settings.local())) {
            assertThat(fault(store, server.address().replace("http:", "https:")).fault())
                    .isEqualTo(Fault.CONNECT);
        }
    }

    @Test
    void hasNoListing() throws Exception {
        try (HttpStore store = new HttpStore("", Settings.local())) {
            assertThatThrownBy(() -> store.list("", _ -> true))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void usesNoProxyOfTheEnvironment() throws Exception {
        try (RawServer proxy = RawServer.saying("");
                RawServer server = RawServer.saying(OK + "Content-Length: 1\r\n\r\nx")) {
            String port = Integer.toString(proxy.port());
            String[] names = {
                "http.proxyHost",
                "http.proxyPort",
                "socksProxyHost",
                "socksProxyPort",
                "http.nonProxyHosts",
                "socksNonProxyHosts"
            };
            String[] values = {"127.0.0.1", port, "127.0.0.1", port, "", ""};
            for (int i = 0; i < names.length; i++) {
                System.setProperty(names[i], values[i]);
            }
            try (HttpStore store = new HttpStore("", Settings.local())) {
                store.fetch(server.address(), "", new Collected());
            } finally {
                for (String name : names) {
                    System.clearProperty(name);
                }
            }

            assertThat(proxy.connections()).isZero();
        }
    }

    private static String busy(String header) {
        return "HTTP/1.1 503 Busy\r\n" + header + "\r\nContent-Length: 0\r\n\r\n";
    }

    private static StoreException fault(HttpStore store, String address) throws Exception {
        return fault(store, address, new Collected());
    }

    private static StoreException fault(HttpStore store, String address, Collected intake)
            throws InterruptedException {
        try {
            store.fetch(address, "", intake);
        } catch (StoreException e) {
            return e;
        }
        throw new AssertionError(address + " was fetched");
    }
}
