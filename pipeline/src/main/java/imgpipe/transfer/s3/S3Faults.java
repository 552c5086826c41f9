package imgpipe.transfer.s3;

import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says in one sentence, and in a class of faults, what the SDK says in a tree of exceptions. */
final class S3Faults {
    private static final Set<String> BUSY =
            Set.of(
                    "SlowDown",
                    "InternalError",
                    "ServiceUnavailable",
                    "RequestTimeout",
                    "OperationAborted",
                    "ConditionalRequestConflict",
                    "Throttling",
                    "ThrottlingException",
                    "RequestLimitExceeded",
                    "TooManyRequests");

    private static final Set<String> DAMAGED =
            Set.of("BadDigest", "IncompleteBody", "XAmzContentChecksumMismatch");

    private static final Set<String> UNKNOWN_WHO =
            Set.of(
                    "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "ExpiredToken",
                    "InvalidToken",
                    "TokenRefreshRequired");

    /** How the SDK begins what it says of a success that ends in the middle of a word. */
    private static final String UNREADABLE = "Unable to unmarshall response";

    private static final int LONGEST = 200;

    private final @Nullable String endpoint;

    /** For a store at this address, or for Amazon's own. */
    S3Faults(@Nullable String endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * What was wrong.
     *
     * @param fault what the SDK threw, or the reading of an answer
     * @param object where
     * @param right what the credentials must allow for it, as Amazon's policies call it
     * @throws InterruptedException when that was it
     */
    StoreException of(Exception fault, S3Address object, String right) throws InterruptedException {
        List<Throwable> chain = chain(fault);
        if (Thread.interrupted()
                || chain.stream()
                        .anyMatch(
                                each ->
                                        each instanceof AbortedException
                                                || each instanceof InterruptedException)) {
            throw new InterruptedException();
        }
        for (Throwable each : chain) {
            if (each instanceof S3Exception said) {
                return answered(said, object, right);
            }
            StoreException found = known(each, object, fault);
            if (found != null) {
                return found;
            }
        }
        // What reads and writes sockets throws nothing more exact.
        if (chain.stream().anyMatch(IOException.class::isInstance)) {
            return new StoreException(
                    Fault.RESET, "%s: the connection broke".formatted(object), fault);
        }
        String message = String.valueOf(fault.getMessage());
        return message.startsWith(UNREADABLE)
                ? cut(object, fault)
                : new StoreException(
                        Fault.REFUSED, "%s: %s".formatted(object, shortened(message)), fault);
    }

    /**
     * What an answer was that says less than all stores do. The end of a connection counts as the
     * end of a head that is not finished, and what follows such a head as nothing.
     */
    static StoreException cut(S3Address object, @Nullable Exception cause) {
        return new StoreException(
                Fault.SHORT, "%s: the answer ended too early".formatted(object), cause);
    }

    private @Nullable StoreException known(Throwable each, S3Address object, Exception fault) {
        return switch (each) {
            case Credentials.MissingException e ->
                    new StoreException(
                            Fault.DENIED,
                            "%s: no credentials for S3; they are looked for in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in ~/.aws (AWS_PROFILE chooses), and in the role of the machine or container"
                                    .formatted(object),
                            fault);
            case ApiCallAttemptTimeoutException e -> late(object, fault);
            case ApiCallTimeoutException e -> late(object, fault);
            case UnknownHostException e ->
                    new StoreException(
                            Fault.CONNECT,
                            "%s: there is no host of the name %s; %s"
                                    .formatted(object, host(e), checkEndpoint()),
                            fault);
            case ConnectTimeoutException e -> unconnected(object, fault);
            case ConnectionRequestTimeoutException e -> late(object, fault);
            case ConnectException e -> unconnected(object, fault);
            case NoRouteToHostException e -> unconnected(object, fault);
            case SocketTimeoutException e -> late(object, fault);
            case SSLHandshakeException e -> untrusted(object, fault);
            case SSLPeerUnverifiedException e -> untrusted(object, fault);
            case ConnectionClosedException e
                    when String.valueOf(e.getMessage()).contains("end of Content-Length") ->
                    new StoreException(
                            Fault.SHORT,
                            "%s: fewer bytes came than were announced".formatted(object),
                            fault);
            case FileSystemException e ->
                    new StoreException(
                            Fault.LOCAL,
                            "%s: the file to send cannot be read (%s)"
                                    .formatted(object, e.getClass().getSimpleName()),
                            fault);
            default -> null;
        };
    }

    private StoreException answered(S3Exception said, S3Address object, String right) {
        int status = said.statusCode();
        if (status < 100) {
            // The first digits of one.
            return cut(object, said);
        }
        String code = code(said);
        Fault fault = fault(status, code);
        String sentence =
                switch (code) {
                    case "NoSuchBucket" ->
                            "there is no bucket %s%s; check its name%s"
                                    .formatted(
                                            object.bucket(),
                                            endpoint == null ? "" : " at " + endpoint,
                                            endpoint == null
                                                    ? ", or say with --s3-endpoint where it is"
                                                    : " and --s3-endpoint");
                    case "InvalidObjectState" ->
                            "%s: the object is archived; it must be restored first"
                                    .formatted(object);
                    case "RequestTimeTooSkewed" ->
                            "%s: the clocks of this machine and of the store differ too much"
                                    .formatted(object);
                    case "AuthorizationHeaderMalformed", "PermanentRedirect" ->
                            "%s: the bucket is in another region; name it in AWS_REGION"
                                    .formatted(object);
                    default -> sentence(fault, status, code, said, object, right);
                };
        return new StoreException(fault, sentence, retryAfter(said), said);
    }

    private static Fault fault(int status, String code) {
        if (BUSY.contains(code)) {
            return Fault.BUSY;
        }
        if (DAMAGED.contains(code)) {
            return Fault.SHORT;
        }
        if (UNKNOWN_WHO.contains(code)) {
            return Fault.DENIED;
        }
        if (code.equals("InvalidObjectState") || code.equals("RequestTimeTooSkewed")) {
            return Fault.REFUSED;
        }
        return Fault.ofStatus(status);
    }

    private static String sentence(
            Fault fault,
            int status,
            String code,
            S3Exception said,
            S3Address object,
            String right) {
        String named = code.isEmpty() ? "status " + status : code;
        return switch (fault) {
            case MISSING -> "there is no object %s".formatted(object);
            case DENIED ->
                    UNKNOWN_WHO.contains(code)
                            ? "%s: the store does not accept the credentials (%s); check the access key, the secret key and the session token"
                                    .formatted(object, named)
                            : "%s: the credentials do not suffice (%s); they must allow %s"
                                    .formatted(object, named, right);
            case BUSY -> "%s: the store is busy (%s)".formatted(object, named);
            case SHORT -> "%s: it arrived damaged (%s)".formatted(object, named);
            default -> "%s: the store refuses (%s%s)".formatted(object, named, details(said));
        };
    }

    private static String details(S3Exception said) {
        AwsErrorDetails details = said.awsErrorDetails();
        String message = details == null ? null : details.errorMessage();
        return message == null || message.isBlank() ? "" : ": " + shortened(message);
    }

    static String code(S3Exception said) {
        AwsErrorDetails details = said.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        // An answer without a body has its status for a code.
        return code == null || !code.matches("[A-Za-z]{1,60}") ? "" : code;
    }

    private static @Nullable Duration retryAfter(S3Exception said) {
        AwsErrorDetails details = said.awsErrorDetails();
        if (details == null || details.sdkHttpResponse() == null) {
            return null;
        }
        return details.sdkHttpResponse()
                .firstMatchingHeader("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(null);
    }

    StoreException late(S3Address object, @Nullable Exception cause) {
        return new StoreException(Fault.TIMEOUT, "%s: it took too long".formatted(object), cause);
    }

    private StoreException unconnected(S3Address object, Exception cause) {
        return new StoreException(
                Fault.CONNECT,
                "%s: no connection to %s; %s"
                        .formatted(
                                object, endpoint == null ? "Amazon S3" : endpoint, checkEndpoint()),
                cause);
    }

    private StoreException untrusted(S3Address object, Exception cause) {
        return new StoreException(
                Fault.REFUSED,
                "%s: no trusted connection to %s; its certificate is not one that Java trusts"
                        .formatted(object, endpoint == null ? "Amazon S3" : endpoint),
                cause);
    }

    private String checkEndpoint() {
        return endpoint == null ? "check the network" : "check --s3-endpoint";
    }

    private static String host(UnknownHostException e) {
        return shortened(String.valueOf(e.getMessage()).replaceFirst(":.*", ""));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static List<Throwable> chain(Throwable outer) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable each = outer; each != null && chain.size() < 20; each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }

    static boolean isTaken(S3Exception said) {
        return said.statusCode() == 412
                || code(said).toLowerCase(Locale.ROOT).equals("preconditionfailed");
    }
}
