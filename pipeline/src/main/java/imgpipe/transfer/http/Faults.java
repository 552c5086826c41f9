package imgpipe.transfer.http;

import imgpipe.transfer.store.Addresses;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;
import org.jspecify.annotations.Nullable;

/** What a status, or an exception of the HTTP client, means. */
final class Faults {
    /** What the client says before the reason, and the address has said already. */
    private static final Pattern CONNECT_TO = Pattern.compile("^Connect to .* failed: ");

    private Faults() {}

    /** That of an answer which is neither a success nor a redirect. */
    static StoreException ofStatus(WebAddress address, HttpResponse answer) {
        int status = answer.getCode();
        Fault fault = Fault.ofStatus(status);
        // The server's own words are not shown: they may be anything.
        String words = EnglishReasonPhraseCatalog.INSTANCE.getReason(status, Locale.ENGLISH);
        return fault(
                fault,
                address,
                "the server answered " + status + (words == null ? "" : " " + words),
                fault == Fault.BUSY ? retryAfter(answer).orElse(null) : null,
                null);
    }

    /**
     * That of an exception.
     *
     * @param late whether the attempt was ended because its time was over
     */
    static StoreException of(WebAddress address, IOException e, boolean late, Limits limits) {
        if (late && !(e instanceof StoreException)) {
            return fault(
                    Fault.TIMEOUT, address, "took longer than " + seconds(limits.total()), null, e);
        }
        return switch (e) {
            case StoreException fault -> fault;
            case UnknownHostException _ -> unknown(address, e);
            case ConnectTimeoutException _ ->
                    fault(
                            Fault.CONNECT,
                            address,
                            "no connection within " + seconds(limits.connect()),
                            null,
                            e);
            case SocketTimeoutException _ ->
                    fault(
                            Fault.TIMEOUT,
                            address,
                            "the server was silent for " + seconds(limits.silence()),
                            null,
                            e);
            case ConnectException _ -> connect(address, e);
            case NoRouteToHostException _ -> connect(address, e);
            case SSLException _ -> encryption(address, e);
            case NoHttpResponseException _ ->
                    fault(Fault.RESET, address, "the server closed the connection", null, e);
            case MalformedChunkCodingException _ ->
                    fault(Fault.SHORT, address, "the answer came damaged", null, e);
            case ConnectionClosedException _ ->
                    fault(Fault.SHORT, address, "the answer ended too early", null, e);
            case MessageConstraintException _ ->
                    fault(Fault.REFUSED, address, "the answer's head has no end", null, e);
            // Also a head that was cut in the middle of a line.
            case ClientProtocolException _ ->
                    fault(Fault.SHORT, address, "the answer is no proper HTTP", null, e);
            default -> fault(Fault.RESET, address, "the connection broke: " + words(e), null, e);
        };
    }

    /** That of an answer of unknown length which is empty: its head was cut. */
    static StoreException cut(WebAddress address) {
        return fault(Fault.SHORT, address, "the answer ended too early", null, null);
    }

    /** A fault whose sentence begins with the address. */
    static StoreException fault(
            Fault fault,
            WebAddress address,
            String what,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        return new StoreException(
                fault, Addresses.readable(address.toString()) + ": " + what, retryAfter, cause);
    }

    /** How long the server asks to wait, in seconds or until a date (RFC 9110, section 10.2.3). */
    private static Optional<Duration> retryAfter(HttpResponse answer) {
        Header header = answer.getFirstHeader("Retry-After");
        String value = header == null || header.getValue() == null ? "" : header.getValue().strip();
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        return Validator.date(value)
                .map(date -> Duration.between(Instant.now(), date))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    // Java tells a name that does not exist from a name server that does not answer in words only.
    private static StoreException unknown(WebAddress address, IOException e) {
        boolean passing = String.valueOf(e.getMessage()).contains("Temporary failure");
        return fault(
                passing ? Fault.CONNECT : Fault.MISSING,
                address,
                passing ? "no name server answered" : "there is no host " + address.host(),
                null,
                e);
    }

    private static StoreException connect(WebAddress address, IOException e) {
        return fault(Fault.CONNECT, address, "no connection: " + words(e), null, e);
    }

    private static StoreException encryption(WebAddress address, IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException
                    || cause instanceof SSLPeerUnverifiedException) {
                return fault(
                        Fault.REFUSED,
                        address,
                        "its certificate is not trusted: " + words(cause),
                        null,
                        e);
            }
        }
        return fault(Fault.CONNECT, address, "no encrypted connection: " + words(e), null, e);
    }

    // The client's messages name hosts and ports, no paths or queries; a line is enough of them.
    private static String words(Throwable e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : CONNECT_TO.matcher(message.lines().findFirst().orElse("")).replaceFirst("");
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }
}
