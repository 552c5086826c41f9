package imgpipe.transfer.http;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.net.RawServer;
import imgpipe.transfer.store.Collected;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No way leads to a server of this machine, which counts who comes: no way to write its address, no
 * redirect, and no name.
 */
@Timeout(60)
class GuardedFetchTest {
    /** How the host of an address may be written that is not public. */
    private static final List<String> HOSTS =
            List.of(
                    "127.0.0.1",
                    "127.1",
                    "127.0.1",
                    "127.255.255.254",
                    "127.0.0.1.",
                    "2130706433",
                    "2130706433.",
                    "0177.0.0.1",
                    "0177.0.0.01",
                    "00000177.1",
                    "017700000001",
                    "0x7f.0.0.1",
                    "0x7f000001",
                    "0X7F000001",
                    "0x7f.1",
                    "0x7f.0x0.0x0.0x1",
                    "127.0x0.00.1",
                    "0",
                    "0.0.0.0",
                    "0x0",
                    "00",
                    "⑫⑦.⓪.⓪.①",
                    "１２７.0.0.1",
                    "127。0。0。1",
                    "127．0．0．1",
                    "%31%32%37.0.0.1",
                    "127%2e0%2E0%2e1",
                    "%E2%91%AB%E2%91%A6.1",
                    "user@127.0.0.1",
                    "example.org@127.0.0.1",
                    "example.org:80@127.0.0.1",
                    "example.org%40127.0.0.1",
                    "8.8.8.8@127.0.0.1",
                    "a:b@c@127.0.0.1",
                    "[::1]",
                    "[0:0:0:0:0:0:0:1]",
                    "[0000:0000:0000:0000:0000:0000:0000:0001]",
                    "[::]",
                    "[::ffff:127.0.0.1]",
                    "[::FFFF:7F00:1]",
                    "[0:0:0:0:0:ffff:127.0.0.1]",
                    "[::127.0.0.1]",
                    "[::7f00:1]",
                    "[64:ff9b::127.0.0.1]",
                    "[64:ff9b::7f00:1]",
                    "[64:ff9b:1::7f00:1]",
                    "[2002:7f00:1::]",
                    "[2002:7f00:0001::1]",
                    "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
                    "[fe80::1]",
                    "[fe80::1%25lo]",
                    "[fe80::1%lo]",
                    "[fe80::1%251]",
                    "[fec0::1]",
                    "[fc00::1]",
                    "[fd12:3456:789a::1]",
                    "[ff02::1]",
                    "[2001:db8::1]",
                    "[100::1]",
                    "[5f00::1]",
                    "[3fff::1]",
                    "10.0.0.1",
                    "167772161",
                    "012.1",
                    "172.16.0.1",
                    "192.168.1.1",
                    "192.168.257",
                    "3232235777",
                    "169.254.169.254",
                    "2852039166",
                    "0xA9FEA9FE",
                    "0251.0376.0251.0376",
                    "[::ffff:169.254.169.254]",
                    "[::ffff:a9fe:a9fe]",
                    "[fd00:ec2::254]",
                    "100.64.0.1",
                    "100.100.100.200",
                    "192.0.0.192",
                    "198.18.0.1",
                    "224.0.0.1",
                    "255.255.255.255",
                    "4294967295",
                    "inside",
                    "INSIDE.",
                    "i%6Eside",
                    "ⓘⓝⓢⓘⓓⓔ");

    /** Everything that is no literal is a name of this machine. */
    private static InetAddress[] thisMachine(String host) throws UnknownHostException {
        if (host.indexOf(':') >= 0 || Ipv4Literal.canonical(host).isPresent()) {
            return InetAddress.getAllByName(host);
        }
        return new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
    }

    @Test
    void dialsNoPrivateAddressHoweverItIsWritten() throws Exception {
        assertThat(HOSTS).hasSizeGreaterThan(60);
        try (RawServer canary = RawServer.saying("");
                HttpStore store =
                        new HttpStore("", Settings.guarded(), GuardedFetchTest::thisMachine)) {
            for (String host : HOSTS) {
                assertThat(fault(store, "http://" + host + ":" + canary.port() + "/a.jpg"))
                        .as(host)
                        .isIn(refusals(host));
            }

            assertThat(canary.connections()).isZero();
        }
    }

    @Test
    void followsNoRedirectToThem() throws Exception {
        AtomicInteger next = new AtomicInteger();
        try (RawServer canary = RawServer.saying("");
                RawServer start =
                        new RawServer(
                                (_, out) ->
                                        out.write(
                                                ("HTTP/1.1 302 Found\r\nLocation: http://"
                                                                + HOSTS.get(next.get())
                                                                + ":"
                                                                + canary.port()
                                                                + "/\r\n"
                                                                + "Content-Length: 0\r\n"
                                                                + "Connection: close\r\n\r\n")
                                                        .getBytes(StandardCharsets.UTF_8)));
                HttpStore store =
                        new HttpStore(
                                "", Settings.guarded("start"), GuardedFetchTest::thisMachine)) {
            for (String host : HOSTS) {
                assertThat(fault(store, "http://start:" + start.port() + "/a.jpg"))
                        .as(host)
                        .isIn(refusals(host));
                next.incrementAndGet();
            }

            assertThat(start.requests()).hasSameSizeAs(HOSTS);
            assertThat(canary.connections()).isZero();
        }
    }

    @Test
    void doesNotTrustWhatANameResolvedToBefore() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Resolver rebinding =
                _ ->
                        new InetAddress[] {
                            InetAddress.ofLiteral(
                                    asked.getAndIncrement() == 0 ? "8.8.8.8" : "127.0.0.1")
                        };
        try (RawServer canary = RawServer.saying("");
                HttpStore store = new HttpStore("", Settings.guarded(), rebinding)) {
            // Whoever looked beforehand would have found nothing wrong.
            assertThat(AddressGuard.special(rebinding.resolve("x")[0].getAddress())).isEmpty();

            assertThat(fault(store, "http://rebinding.example:" + canary.port() + "/"))
                    .isEqualTo(Fault.FORBIDDEN);
            assertThat(canary.connections()).isZero();
        }
    }

    @Test
    void dialsWhatIsAllowed() throws Exception {
        String picture = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx";
        try (RawServer canary = RawServer.saying(picture);
                HttpStore byName =
                        new HttpStore(
                                "", Settings.guarded("inside"), GuardedFetchTest::thisMachine);
                HttpStore byLiteral = new HttpStore("", Settings.guarded("127.0.0.1"));
                HttpStore all = new HttpStore("", Settings.local())) {
            String port = ":" + canary.port() + "/";

            assertThat(byName.fetch("http://Inside." + port, "", new Collected())).isTrue();
            assertThat(byLiteral.fetch("http://0x7f.1" + port, "", new Collected())).isTrue();
            assertThat(all.fetch("http://⑫⑦.⓪.⓪.①" + port, "", new Collected())).isTrue();
            assertThat(canary.connections()).isEqualTo(3);
            assertThat(fault(byName, "http://other" + port)).isEqualTo(Fault.FORBIDDEN);
        }
    }

    /** A zone that this machine does not have, and a host with an at sign, are none at all. */
    private static List<Fault> refusals(String host) {
        return host.contains("%") || host.toLowerCase(Locale.ROOT).contains("%40")
                ? List.of(Fault.FORBIDDEN, Fault.REFUSED, Fault.MISSING)
                : List.of(Fault.FORBIDDEN);
    }

    private static Fault fault(HttpStore store, String address) throws InterruptedException {
        try {
            store.fetch(address, "", new Collected());
        } catch (StoreException e) {
            return e.fault();
        }
        throw new AssertionError(address + " was fetched");
    }
}
