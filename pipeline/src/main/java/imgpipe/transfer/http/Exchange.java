package imgpipe.transfer.http;

import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * One attempt: a request, those that redirects ask for, and the last one's answer, which is open
 * until this is closed. Follows redirects itself, so that each goes the whole way through the guard
 * and credentials go along to the same origin only.
 */
final class Exchange implements AutoCloseable {
    private static final int MOST_REDIRECTS = 10;

    /** Of an answer that nobody wants, what is read so that its connection can be used again. */
    private static final int DRAINED = 64 << 10;

    private final HttpClient client;
    private final Limits limits;
    private final Countdown countdown;
    private WebAddress address;
    private @Nullable ClassicHttpResponse answer;
    private @Nullable Cancellable asked;

    /** Starts the clock. */
    Exchange(
            HttpClient client,
            ScheduledExecutorService scheduler,
            Limits limits,
            WebAddress address) {
        this.client = client;
        this.limits = limits;
        this.address = address;
        countdown = new Countdown(scheduler, limits.total());
    }

    /** Where the last request went to. */
    WebAddress address() {
        return address;
    }

    Countdown countdown() {
        return countdown;
    }

    /**
     * Sends a request, and once more wherever the server redirects it to.
     *
     * @param headers adds its own
     * @return the first answer that is no redirect, whatever its status
     */
    ClassicHttpResponse send(
            String method, @Nullable HttpEntity body, Consumer<HttpUriRequestBase> headers)
            throws StoreException, InterruptedException {
        for (int redirects = 0; ; redirects++) {
            ClassicHttpResponse response = sendOnce(method, body, headers);
            Header location = response.getFirstHeader("Location");
            if (!isRedirect(method, response.getCode()) || location == null) {
                return response;
            }
            if (redirects == MOST_REDIRECTS) {
                throw Faults.fault(
                        Fault.REFUSED,
                        address,
                        "redirected more than " + MOST_REDIRECTS + " times",
                        null,
                        null);
            }
            letGo();
            address = address.redirected(text(location));
        }
    }

    /** What an exception means that reading or writing threw. */
    StoreException fault(IOException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return Faults.of(address, e, countdown.isExpired(), limits);
    }

    @Override
    public void close() {
        letGo();
        countdown.close();
    }

    private ClassicHttpResponse sendOnce(
            String method, @Nullable HttpEntity body, Consumer<HttpUriRequestBase> headers)
            throws StoreException, InterruptedException {
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create("/"));
        HttpHost host = new HttpHost(address.scheme(), address.host(), address.port());
        request.setScheme(address.scheme());
        request.setAuthority(new URIAuthority(address.host(), address.writtenPort()));
        request.setPath(address.path() + address.query());
        request.setEntity(body);
        request.setHeader("Accept-Encoding", "identity");
        String user = address.user();
        if (user != null) {
            String credentials = user.indexOf(':') < 0 ? user + ":" : user;
            request.setHeader(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        headers.accept(request);
        countdown.watch(request);
        try {
            ClassicHttpResponse response =
                    client.executeOpen(host, request, HttpClientContext.create());
            answer = response;
            asked = request;
            return response;
        } catch (StoreException e) {
            throw Faults.fault(e.fault(), address, e.sentence(), e.retryAfter(), e);
        } catch (IOException e) {
            throw fault(e);
        }
    }

    // The client takes bytes for ISO 8859-1; what is not ASCII in addresses is mostly UTF-8.
    private static String text(Header header) {
        String value = String.valueOf(header.getValue());
        String utf8 =
                new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return utf8.indexOf('\ufffd') < 0 ? utf8 : value;
    }

    // 301, 302 and 303 turn other methods into GET, which would lose what is written.
    private static boolean isRedirect(String method, int status) {
        return status == 307
                || status == 308
                || (method.equals("GET") && status >= 301 && status <= 303);
    }

    /** Reads the rest of a short answer, and closes the connection of any other. */
    private void letGo() {
        ClassicHttpResponse open = answer;
        Cancellable request = asked;
        answer = null;
        asked = null;
        if (open == null || request == null) {
            return;
        }
        try (open) {
            HttpEntity entity = open.getEntity();
            if (entity != null && !isDrained(entity)) {
                // Otherwise to close the answer is to read it to its end, and it may have none.
                request.cancel();
            }
        } catch (IOException e) {
            // The connection is gone, and nothing was wanted of it any more.
        }
    }

    private static boolean isDrained(HttpEntity entity) throws IOException {
        return entity.getContentLength() <= DRAINED
                && entity.getContent().readNBytes(DRAINED).length < DRAINED;
    }
}
