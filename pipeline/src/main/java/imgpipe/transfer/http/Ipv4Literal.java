package imgpipe.transfer.http;

import java.util.Locale;
import java.util.Optional;

/**
 * IPv4 addresses as hosts are written: up to four numbers, each decimal, octal or hexadecimal, of
 * which the last fills all bytes that are left, so that {@code 0177.1}, {@code 0x7f000001} and
 * {@code 127.0.0.1} are the same. Read as browsers do, by the <a
 * href="https://url.spec.whatwg.org/#concept-ipv4-parser">URL standard</a>: Java reads {@code
 * 0177.0.0.1} as 177.0.0.1, and the system's resolver as 127.0.0.1.
 */
final class Ipv4Literal {
    private Ipv4Literal() {}

    /** The address as four decimal numbers, or nothing if the host is none, or a wrong one. */
    static Optional<String> canonical(String host) {
        if (!endsInNumber(host)) {
            return Optional.empty();
        }
        String[] parts = withoutDot(host).split("\\.", -1);
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long number = number(parts[i]);
            int bytes = i < parts.length - 1 ? 1 : 5 - parts.length;
            if (parts.length > 4 || number < 0 || number >= 1L << (8 * bytes)) {
                return Optional.empty();
            }
            address = (address << (8 * bytes)) | number;
        }
        return Optional.of(
                "%d.%d.%d.%d"
                        .formatted(
                                address >> 24,
                                (address >> 16) & 0xff,
                                (address >> 8) & 0xff,
                                address & 0xff));
    }

    /** Whether the host is an IPv4 address or nothing: no name ends in a number. */
    static boolean endsInNumber(String host) {
        String plain = withoutDot(host);
        String last = plain.substring(plain.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return last.matches("[0-9]+|0x[0-9a-f]*");
    }

    private static String withoutDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** The number, or -1. */
    private static long number(String part) {
        String digits = part.toLowerCase(Locale.ROOT);
        int radix = 10;
        if (digits.startsWith("0x")) {
            radix = 16;
            digits = "0" + digits.substring(2);
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            radix = 8;
        }
        try {
            // A sign would be read too.
            return Character.digit(digits.isEmpty() ? ' ' : digits.charAt(0), radix) < 0
                    ? -1
                    : Long.parseLong(digits, radix);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
