package imgpipe.transfer.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;

/**
 * What tells one content of an address from another, as text: the entity tag as the server sent it,
 * {@code "abc"} or {@code W/"abc"}, or else the date of its {@code Last-Modified}, or else nothing.
 */
final class Validator {
    /** Longer ones are not kept: a server could fill the ledger with them. */
    private static final int LONGEST = 512;

    private Validator() {}

    /** That of an answer; empty if it has none. */
    static String of(HttpMessage answer) {
        for (String name : new String[] {"ETag", "Last-Modified"}) {
            Header header = answer.getFirstHeader(name);
            String value = header == null || header.getValue() == null ? "" : header.getValue();
            if (!value.isBlank() && value.length() <= LONGEST) {
                return value.strip();
            }
        }
        return "";
    }

    /** Has the server answer 304 if nothing has changed. */
    static void ask(HttpMessage request, String validator) {
        if (!validator.isEmpty()) {
            boolean time = date(validator).isPresent();
            request.setHeader(time ? "If-Modified-Since" : "If-None-Match", validator);
        }
    }

    /**
     * Whether both say the same content, so that the answer of a server which knows no conditions
     * need not be read. Tags are compared weakly (RFC 9110, section 8.8.3.2), as for GET.
     */
    static boolean same(String one, String other) {
        return !one.isEmpty() && strong(one).equals(strong(other));
    }

    /** A date as HTTP writes it. */
    static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String strong(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
