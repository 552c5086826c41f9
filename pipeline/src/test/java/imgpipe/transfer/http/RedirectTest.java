package imgpipe.transfer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.net.PictureServer;
import imgpipe.net.RawServer;
import imgpipe.transfer.store.Collected;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where redirects lead, and what goes along. */
@Timeout(60)
class RedirectTest {
    private static final String PICTURE = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx";
    private static final String USER = "Authorization: Basic dXNlcjpwYSBzcw==";

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsToThePicture(int status) throws Exception {
        Files.writeString(folder.resolve("a b.jpg"), "picture");
        try (PictureServer server = new PictureServer(folder);
                HttpStore store = new HttpStore("", Settings.local())) {
            server.redirect("/from", status, "/a b.jpg?v=1");
            Collected intake = new Collected();

            store.fetch(server.address() + "from", "", intake);

            assertThat(intake.bytes()).asString().isEqualTo("picture");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10, true",
        "11, false",
    })
    void followsTenTimes(int times, boolean arrives) throws Exception {
        Files.writeString(folder.resolve("0"), "picture");
        try (PictureServer server = new PictureServer(folder);
                HttpStore store = new HttpStore("", Settings.local())) {
            for (int i = 1; i <= times; i++) {
                server.redirect(
                        "/" + (char) ('a' + i), 302, i == 1 ? "0" : "" + (char) ('a' + i - 1));
            }
            String address = server.address() + (char) ('a' + times);

            if (arrives) {
                assertThat(store.fetch(address, "", new Collected())).isTrue();
            } else {
                assertThat(fault(store, address).fault()).isEqualTo(Fault.REFUSED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/a",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "data:image/png,x",
                "http:a.jpg",
                "jar:http://example.org/a!/b",
                "gopher://127.0.0.1/"
            })
    void leavesTheWebOnNoRedirect(String location) throws Exception {
        try (PictureServer server = new PictureServer(folder);
                HttpStore store = new HttpStore("", Settings.local())) {
            server.redirect("/from", 302, location);

            assertThat(fault(store, server.address() + "from").fault()).isEqualTo(Fault.REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "b.jpg,                 http://host/dir/b.jpg",
        "./b.jpg,               http://host/dir/b.jpg",
        "../b.jpg,              http://host/b.jpg",
        "../../../b.jpg,        http://host/b.jpg",
        "/b.jpg,                http://host/b.jpg",
        "'',                    http://host/dir/a.jpg?q=1",
        "#part,                 http://host/dir/a.jpg?q=1",
        "?r=2,                  http://host/dir/a.jpg?r=2",
        "//other/b.jpg,         http://other/b.jpg",
        "https://other:8443/b,  https://other:8443/b",
        "HTTP://HOST:80,        http://host/",
        "b:c.jpg/../d,          ''"
    })
    void resolvesAsTheStandardSays(String location, String expected) throws Exception {
        WebAddress from = WebAddress.parse("http://host/dir/a.jpg?q=1");

        if (expected.isEmpty()) {
            assertThatThrownBy(() -> from.redirected(location)).isInstanceOf(StoreException.class);
        } else {
            assertThat(from.redirected(location)).hasToString(expected);
        }
    }

    @Test
    void takesCredentialsAlongToTheSameOriginOnly() throws Exception {
        try (RawServer other = RawServer.saying(PICTURE);
                RawServer server =
                        new RawServer(
                                (request, out) ->
                                        out.write(
                                                redirect(
                                                        request.startsWith("GET /1 ")
                                                                ? "/2"
                                                                : other.address() + "3")));
                HttpStore store = new HttpStore("", Settings.local())) {
            store.fetch(
                    server.address().replace("http://", "http://user:pa%20ss@") + "1",
                    "",
                    new Collected());

            assertThat(server.requests()).hasSize(2).allMatch(request -> request.contains(USER));
            assertThat(other.requests()).hasSize(1).noneMatch(r -> r.contains("Authorization"));
        }
    }

    @Test
    void takesNoCredentialsFromARedirect() throws Exception {
        try (RawServer other = RawServer.saying(PICTURE);
                RawServer server =
                        new RawServer(
                                (_, out) ->
                                        out.write(
                                                redirect(
                                                        other.address()
                                                                .replace("//", "//me:secret@"))));
                HttpStore store = new HttpStore("", Settings.local())) {
            store.fetch(server.address(), "", new Collected());

            assertThat(other.requests()).hasSize(1).noneMatch(r -> r.contains("Authorization"));
        }
    }

    @Test
    void showsNoCredentials() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
                HttpStore store = new HttpStore("", Settings.local())) {
            StoreException fault =
                    fault(
                            store,
                            server.address().replace("//", "//user:secret@")
                                    + "a?sig=secret#secret");

            assertThat(fault.sentence()).contains("/a").doesNotContain("secret", "user");
        }
    }

    private static byte[] redirect(String location) {
        return ("HTTP/1.1 302 Found\r\nLocation: "
                        + location
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static StoreException fault(HttpStore store, String address)
            throws InterruptedException {
        try {
            store.fetch(address, "", new Collected());
        } catch (StoreException e) {
            return e;
        }
        throw new AssertionError(address + " was fetched");
    }
}
