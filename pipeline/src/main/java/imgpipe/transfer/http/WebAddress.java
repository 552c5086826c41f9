package imgpipe.transfer.http;

import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An {@code http} or {@code https} address, taken apart. Reads what browsers read: blanks, letters
 * of any script and signs that should have been percent-encoded are, once, and the fragment is left
 * out.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case and ASCII; an IPv6 address without its brackets
 * @param port 1 to 65535
 * @param path begins with {@code /}
 * @param query with its question mark, or empty
 * @param user user and password as {@code user:password}, decoded, or null
 */
record WebAddress(
        String scheme, String host, int port, String path, String query, @Nullable String user) {
    private static final String UNRESERVED_AND_RESERVED = "-._~/:@!$&'()*+,;=?";

    /**
     * Takes an address apart.
     *
     * @throws StoreException with {@link Fault#REFUSED} if it is none
     */
    static WebAddress parse(String text) throws StoreException {
        String address = text.strip();
        String scheme = Addresses.scheme(address).orElse("");
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused(text, "is no http or https address");
        }
        int begin = scheme.length() + "://".length();
        int end = begin;
        while (end < address.length() && "/?#".indexOf(address.charAt(end)) < 0) {
            end++;
        }
        String authority = address.substring(begin, end);
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? null : decoded(text, authority.substring(0, at));
        String place = authority.substring(at + 1);
        int colon = place.indexOf(':', Math.max(0, place.lastIndexOf(']')));
        String host = host(text, colon < 0 ? place : place.substring(0, colon));
        int port = port(text, scheme, colon < 0 ? "" : place.substring(colon + 1));
        String rest = address.substring(end);
        int fragment = rest.indexOf('#');
        rest = encoded(fragment < 0 ? rest : rest.substring(0, fragment));
        int question = rest.indexOf('?');
        String path = question < 0 ? rest : rest.substring(0, question);
        return new WebAddress(
                scheme,
                host,
                port,
                path.isEmpty() ? "/" : withoutDots(path),
                question < 0 ? "" : rest.substring(question),
                user);
    }

    /**
     * Where a redirect leads, by RFC 3986, section 5.2. Credentials that it names are dropped;
     * those of this address go along to the same origin only.
     */
    WebAddress redirected(String location) throws StoreException {
        String to = location.strip();
        String target;
        if (Addresses.scheme(to).isPresent()) {
            target = to;
        } else if (to.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*")) {
            throw refused(to, "is no http or https address");
        } else if (to.startsWith("//")) {
            target = scheme + ":" + to;
        } else if (to.startsWith("/")) {
            target = origin() + to;
        } else if (to.isEmpty() || to.startsWith("?") || to.startsWith("#")) {
            target = origin() + path + (to.startsWith("?") ? to : query);
        } else {
            target = origin() + path.substring(0, path.lastIndexOf('/') + 1) + to;
        }
        WebAddress next = parse(target);
        return next.withUser(next.origin().equals(origin()) ? user : null);
    }

    /** The same address for another user, or none. */
    WebAddress withUser(@Nullable String other) {
        return new WebAddress(scheme, host, port, path, query, other);
    }

    /** Scheme, host and port, as an address without path. */
    String origin() {
        String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return scheme + "://" + literal + (writtenPort() < 0 ? "" : ":" + port);
    }

    /** The port if it must be written, otherwise -1. */
    int writtenPort() {
        return port == defaultPort(scheme) ? -1 : port;
    }

    /** The whole address without its user. */
    @Override
    public String toString() {
        return origin() + path + query;
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static int port(String text, String scheme, String digits) throws StoreException {
        if (digits.isEmpty()) {
            return defaultPort(scheme);
        }
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65535) {
            throw refused(text, "has no port from 1 to 65535");
        }
        return port;
    }

    private static String host(String text, String written) throws StoreException {
        if (written.startsWith("[") && written.endsWith("]")) {
            String literal = decoded(text, written.substring(1, written.length() - 1));
            if (literal.matches("[0-9A-Fa-f:.]+(%[0-9A-Za-z._~-]+)?")) {
                return literal.toLowerCase(Locale.ROOT);
            }
            throw refused(text, "has no valid host");
        }
        String host;
        try {
            host = IDN.toASCII(decoded(text, written), IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            throw refused(text, "has no valid host");
        }
        Optional<String> literal = Ipv4Literal.canonical(host);
        if (literal.isPresent()) {
            return literal.get();
        }
        // Also names with an underscore, which no host should have and some have.
        if (!host.matches("[0-9A-Za-z._~-]{1,253}")
                || host.startsWith(".")
                || Ipv4Literal.endsInNumber(host)) {
            throw refused(text, "has no valid host");
        }
        return host.toLowerCase(Locale.ROOT);
    }

    private static String decoded(String text, String written) throws StoreException {
        if (written.indexOf('%') < 0) {
            return written;
        }
        try {
            return URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused(text, "has a percent sign that encodes nothing");
        }
    }

    private static String encoded(String rest) {
        StringBuilder built = new StringBuilder(rest.length() + 16);
        for (int i = 0; i < rest.length(); ) {
            int letter = rest.codePointAt(i);
            boolean escape =
                    letter == '%'
                            && rest.length() >= i + 3
                            && Character.digit(rest.charAt(i + 1), 16) >= 0
                            && Character.digit(rest.charAt(i + 2), 16) >= 0;
            if (escape
                    || (letter < 128
                            && (Character.isLetterOrDigit(letter)
                                    || UNRESERVED_AND_RESERVED.indexOf(letter) >= 0))) {
                built.append((char) letter);
            } else {
                for (byte b : Character.toString(letter).getBytes(StandardCharsets.UTF_8)) {
                    built.append('%').append("%02X".formatted(b & 0xff));
                }
            }
            i += Character.charCount(letter);
        }
        return built.toString();
    }

    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] parts = path.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            switch (parts[i]) {
                case "." -> {
                    if (last) {
                        kept.addLast("");
                    }
                }
                case ".." -> {
                    kept.pollLast();
                    if (last) {
                        kept.addLast("");
                    }
                }
                default -> kept.addLast(parts[i]);
            }
        }
        return "/" + String.join("/", kept);
    }

    private static StoreException refused(String text, String why) {
        return new StoreException(Fault.REFUSED, Addresses.readable(text) + " " + why, null);
    }
}
