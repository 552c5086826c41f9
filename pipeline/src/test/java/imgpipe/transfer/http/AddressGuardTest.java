package imgpipe.transfer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are public, by the first and last of each range and their neighbours. */
class AddressGuardTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.255.255.255",
        "10.0.0.0, 10.255.255.255",
        "100.64.0.0, 100.127.255.255",
        "127.0.0.0, 127.255.255.255",
        "169.254.0.0, 169.254.255.255",
        "172.16.0.0, 172.31.255.255",
        "192.0.0.0, 192.0.0.255",
        "192.0.2.0, 192.0.2.255",
        "192.88.99.0, 192.88.99.255",
        "192.168.0.0, 192.168.255.255",
        "198.18.0.0, 198.19.255.255",
        "198.51.100.0, 198.51.100.255",
        "203.0.113.0, 203.0.113.255",
        "224.0.0.0, 239.255.255.255",
        "240.0.0.0, 255.255.255.255",
        "::, ::ffff",
        "::127.0.0.1, ::255.255.255.255",
        "64:ff9b::, 64:ff9b::ffff:ffff",
        "64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
        "100::, 100::ffff:ffff:ffff:ffff",
        "2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
        "4000::, 5eff::",
        "5f00::, 5f00:ffff::",
        "fc00::, fdff:ffff::",
        "fe80::, febf:ffff::",
        "fec0::, feff:ffff::",
        "ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void knowsWhereSpecialRangesBeginAndEnd(String first, String last) {
        assertThat(AddressGuard.special(bytes(first))).isPresent();
        assertThat(AddressGuard.special(bytes(last))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "191.255.255.255",
                "192.0.1.0",
                "192.0.3.0",
                "192.88.98.255",
                "192.88.100.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "198.51.99.255",
                "198.51.101.0",
                "203.0.112.255",
                "203.0.114.0",
                "223.255.255.255",
                "8.8.8.8",
                "2000::1",
                "2001:200::1",
                "2001:db7:ffff::",
                "2001:db9::",
                "2003::",
                "2606:4700:4700::1111",
                "3fff:1000::",
                "3ffe:ffff::"
            })
    void letsPublicNeighboursPass(String address) {
        assertThat(AddressGuard.special(bytes(address))).isEmpty();
    }

    @Test
    void looksIntoMappedAddresses() {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        mapped[12] = 127;
        mapped[15] = 1;
        assertThat(AddressGuard.special(mapped)).contains("this machine");
        mapped[12] = 8;
        assertThat(AddressGuard.special(mapped)).isEmpty();
    }

    @Test
    void saysWhatTheNameResolvedToAndWhatAllowsIt() throws Exception {
        AddressGuard guard = new AddressGuard(false, Set.of());
        InetAddress resolved = InetAddress.getByAddress("inside.example", bytes("10.1.2.3"));

        assertThatThrownBy(() -> guard.check(new InetSocketAddress(resolved, 80)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.fault()).isEqualTo(Fault.FORBIDDEN))
                .hasMessageContainingAll(
                        "inside.example",
                        "10.1.2.3",
                        "private",
                        "--allow-host inside.example",
                        "--allow-private");
    }

    @ParameterizedTest
    @CsvSource({
        "inside.example, INSIDE.example.",
        "Inside.Example, inside.example",
        "10.1.2.3, 10.1.2.3",
        "[::1], ::1"
    })
    void exceptsHostsByTheNameInTheAddress(String allowed, String host) throws Exception {
        AddressGuard guard = new AddressGuard(false, Set.of(allowed));
        byte[] bytes = host.indexOf(':') < 0 ? bytes("10.1.2.3") : bytes(host);

        assertThatCode(
                        () ->
                                guard.check(
                                        new InetSocketAddress(
                                                InetAddress.getByAddress(host, bytes), 80)))
                .doesNotThrowAnyException();
        assertThatThrownBy(
                        () ->
                                guard.check(
                                        new InetSocketAddress(
                                                InetAddress.getByAddress("other", bytes), 80)))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void letsEverythingPassWhenPrivateAddressesAreAllowed() {
        AddressGuard guard = new AddressGuard(true, Set.of());

        assertThatCode(() -> guard.check(new InetSocketAddress(InetAddress.ofLiteral("::1"), 80)))
                .doesNotThrowAnyException();
    }

    private static byte[] bytes(String literal) {
        return InetAddress.ofLiteral(literal).getAddress();
    }
}
