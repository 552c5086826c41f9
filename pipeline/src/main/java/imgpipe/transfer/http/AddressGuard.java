package imgpipe.transfer.http;

import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says which addresses may be dialled: those of the public internet, and those of hosts that the
 * user excepted. A list of addresses, or a server that redirects, could otherwise have this machine
 * fetch from its own network, or from the service that hands out a cloud machine's credentials.
 *
 * <p>It judges bytes of addresses, never text, and is asked by {@link GuardedSocket} at the moment
 * of dialling: how an address was written, and what its name resolved to a moment ago, makes no
 * difference. What is special is taken from IANA's registries of special-purpose addresses for <a
 * href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4</a> and <a
 * href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6</a>. Of IPv6, only what
 * is given out as global unicast (2000::/3) is public at all, so that ranges which a later version
 * of the registry adds elsewhere are refused already. Ranges that hold an IPv4 address which a
 * router would dial (NAT64, 6to4, Teredo) are refused whatever that is.
 */
final class AddressGuard {
    /**
     * A range of addresses.
     *
     * @param prefix the bits that they begin with, as a number
     * @param bits how many these are
     * @param length of an address in bits: 32 or 128
     */
    private record Range(BigInteger prefix, int bits, int length, String what) {
        static Range of(String text, String what) {
            int slash = text.indexOf('/');
            int bits = Integer.parseInt(text.substring(slash + 1));
            // A literal: nothing is looked up.
            byte[] start = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
            int length = start.length * Byte.SIZE;
            return new Range(prefix(start, bits), bits, length, what);
        }

        boolean holds(byte[] address) {
            return address.length * Byte.SIZE == length && prefix(address, bits).equals(prefix);
        }

        private static BigInteger prefix(byte[] address, int bits) {
            return new BigInteger(1, address).shiftRight(address.length * Byte.SIZE - bits);
        }
    }

    private static final List<Range> SPECIAL =
            List.of(
                    Range.of("0.0.0.0/8", "this network"),
                    Range.of("10.0.0.0/8", "private"),
                    Range.of("100.64.0.0/10", "shared by a provider's customers"),
                    Range.of("127.0.0.0/8", "this machine"),
                    Range.of("169.254.0.0/16", "link-local"),
                    Range.of("172.16.0.0/12", "private"),
                    Range.of("192.0.0.0/24", "kept for protocols"),
                    Range.of("192.0.2.0/24", "kept for documentation"),
                    Range.of("192.88.99.0/24", "6to4 relays"),
                    Range.of("192.168.0.0/16", "private"),
                    Range.of("198.18.0.0/15", "kept for benchmarks"),
                    Range.of("198.51.100.0/24", "kept for documentation"),
                    Range.of("203.0.113.0/24", "kept for documentation"),
                    Range.of("224.0.0.0/4", "multicast"),
                    Range.of("255.255.255.255/32", "broadcast"),
                    Range.of("240.0.0.0/4", "reserved"),
                    Range.of("::/128", "this network"),
                    Range.of("::1/128", "this machine"),
                    Range.of("::/96", "IPv4 within IPv6"),
                    Range.of("64:ff9b::/96", "IPv4 within IPv6"),
                    Range.of("64:ff9b:1::/48", "IPv4 within IPv6"),
                    Range.of("100::/64", "a black hole"),
                    Range.of("2001::/32", "IPv4 within IPv6"),
                    Range.of("2001::/23", "kept for protocols"),
                    Range.of("2001:db8::/32", "kept for documentation"),
                    Range.of("2002::/16", "IPv4 within IPv6"),
                    Range.of("3fff::/20", "kept for documentation"),
                    Range.of("5f00::/16", "segment routing"),
                    Range.of("fc00::/7", "private"),
                    Range.of("fe80::/10", "link-local"),
                    Range.of("fec0::/10", "private"),
                    Range.of("ff00::/8", "multicast"));

    private static final Range GLOBAL_UNICAST = Range.of("2000::/3", "public");

    /** The first 12 bytes of an IPv4 address mapped into IPv6, ::ffff:0:0/96. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private final boolean allowPrivate;
    private final Set<String> allowedHosts;

    /**
     * A guard.
     *
     * @param allowPrivate whether it lets everything pass
     * @param allowedHosts names or literals that it lets pass whatever they resolve to; upper case,
     *     brackets and a dot at the end make no difference
     */
    AddressGuard(boolean allowPrivate, Set<String> allowedHosts) {
        this.allowPrivate = allowPrivate;
        this.allowedHosts =
                allowedHosts.stream()
                        .map(AddressGuard::plain)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Lets an address pass that is about to be dialled.
     *
     * @param address resolved; {@link InetSocketAddress#getHostString()} is the host as the
     *     picture's address, or a redirect, has it
     * @throws StoreException with {@link Fault#FORBIDDEN} if it may not be dialled
     */
    void check(InetSocketAddress address) throws StoreException {
        InetAddress dialled = address.getAddress();
        String host = address.getHostString();
        if (dialled == null) {
            throw new StoreException(Fault.MISSING, host + ": no address is known", null);
        }
        if (allowPrivate || allowedHosts.contains(plain(host))) {
            return;
        }
        Optional<String> what = special(dialled.getAddress());
        if (what.isPresent()) {
            String literal = dialled.getHostAddress();
            throw new StoreException(
                    Fault.FORBIDDEN,
                    "%s is not dialled: %s is no public address (%s); --allow-host %s or --allow-private allows it"
                            .formatted(
                                    host,
                                    host.equals(literal)
                                            ? "it"
                                            : literal + ", which it resolved to,",
                                    what.get(),
                                    plain(host)),
                    null);
        }
    }

    /** What is special about an address of 4 or 16 bytes, or nothing if it is public. */
    static Optional<String> special(byte[] address) {
        byte[] bytes = address;
        if (bytes.length == 16 && Arrays.mismatch(MAPPED, bytes) == MAPPED.length) {
            bytes = Arrays.copyOfRange(bytes, MAPPED.length, 16);
        }
        for (Range range : SPECIAL) {
            if (range.holds(bytes)) {
                return Optional.of(range.what);
            }
        }
        return bytes.length == 16 && !GLOBAL_UNICAST.holds(bytes)
                ? Optional.of("not given out")
                : Optional.empty();
    }

    private static String plain(String host) {
        String plain = host.toLowerCase(Locale.ROOT);
        if (plain.startsWith("[") && plain.endsWith("]")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
