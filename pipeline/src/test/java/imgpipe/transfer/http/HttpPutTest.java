package imgpipe.transfer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.net.Disturbance;
import imgpipe.net.Disturbance.Kind;
import imgpipe.net.FaultyProxy;
import imgpipe.net.PictureServer;
import imgpipe.net.RawServer;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written to web servers. */
@Timeout(60)
class HttpPutTest {
    private static final byte[] CONTENT = "hello world".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path folder;
    private Path file = Path.of("");

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.write(folder.resolve("file"), CONTENT);
    }

    private static void createWhatIsNotThere(String request, OutputStream out) throws IOException {
        String status = request.startsWith("HEAD") ? "404 Not Found" : "201 Created";
        List<String> head =
                List.of(
                        "HTTP/1.1 " + status,
                        "ETag: \"e\"",
                        "Content-Length: 0",
                        "Connection: close",
                        "",
                        "");
        out.write(String.join("\r\n", head).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void saysTypeLengthAndChecksum() throws Exception {
        try (RawServer server = new RawServer(HttpPutTest::createWhatIsNotThere);
                HttpStore store =
                        new HttpStore(
                                server.address().replace("//", "//me:pw@") + "to",
                                Settings.local())) {
            StoredObject object = store.put("a%20b/c.WEBP", file, crc(CONTENT), true);

            assertThat(object)
                    .isEqualTo(
                            new StoredObject(
                                    "a%20b/c.WEBP",
                                    server.address() + "to/a%20b/c.WEBP", 11, "\"e\""));
            // From: printf 'hello world' | sha256sum, in base64.
            assertThat(server.requests().getLast().lines())
                    .contains(
                            "PUT /to/a%20b/c.WEBP HTTP/1.1",
                            "Content-Length: 11",
                            "Content-Type: image/webp",
                            "Content-Digest:"
                                    + " sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=:",
                            "If-None-Match: *",
                            "Authorization: Basic bWU6cHc=");
        }
    }

    /** Not every server heeds If-None-Match. */
    @Test
    void sendsNothingWhereSomethingIsAndStays() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                HttpStore store = new HttpStore(server.address(), Settings.local())) {
            assertThat(store.put("a.jpg", file, crc(CONTENT), true)).isNull();
            assertThat(server.requests()).singleElement().asString().startsWith("HEAD /a.jpg ");
        }
    }

    @Test
    void sendsNoFileThatChanged() throws Exception {
        try (RawServer server = RawServer.saying("");
                HttpStore store = new HttpStore(server.address(), Settings.local())) {
            assertThatThrownBy(() -> store.put("a.jpg", file, crc(CONTENT) + 1, false))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.fault()).isEqualTo(Fault.LOCAL));
            assertThatThrownBy(() -> store.put("a.jpg", folder.resolve("none"), 0, false))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.fault()).isEqualTo(Fault.LOCAL));
            assertThat(server.connections()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, ''",
        "201, ''",
        "204, ''",
        "302, REFUSED",
        "303, REFUSED",
        "401, DENIED",
        "404, MISSING",
        "405, UNSUPPORTED",
        "409, REFUSED",
        "412, REFUSED",
        "413, REFUSED",
        "503, BUSY",
        "507, REFUSED"
    })
    void takesNothingButSuccessForSuccess(int status, String fault) throws Exception {
        try (RawServer server =
                        RawServer.saying("HTTP/1.1 " + status + " X\r\nLocation: /x\r\n\r\n");
                HttpStore store = new HttpStore(server.address(), Settings.local())) {
            if (fault.isEmpty()) {
                assertThat(store.put("a.jpg", file, crc(CONTENT), false)).isNotNull();
            } else {
                assertThatThrownBy(() -> store.put("a.jpg", file, crc(CONTENT), false))
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                e -> assertThat(e.fault()).hasToString(fault));
            }
        }
    }

    @Test
    void followsWhereTheBodyIsWanted() throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        try (PictureServer server = new PictureServer(root);
                HttpStore store = new HttpStore(server.address() + "old", Settings.local())) {
            server.redirect("/old", 307, "/new/a.jpg");

            store.put("a.jpg", file, crc(CONTENT), false);

            assertThat(root.resolve("new/a.jpg")).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void leavesNothingBehindWhereTheConnectionBreaks() throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        byte[] large = new byte[3_000_000];
        Files.write(file, large);
        Disturbance always = Disturbance.none().faults(1, 1, Kind.CLOSE);
        try (PictureServer server = new PictureServer(root);
                FaultyProxy proxy = new FaultyProxy(server.port(), always);
                HttpStore store = new HttpStore(proxy.address(), Settings.local())) {
            assertThatThrownBy(() -> store.put("a.jpg", file, crc(large), false))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.fault()).isEqualTo(Fault.RESET));
        }
        try (Stream<Path> left = Files.list(root)) {
            assertThat(left).isEmpty();
        }
    }

    private static long crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }
}
