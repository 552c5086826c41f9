package imgpipe.transfer.http;

import imgpipe.transfer.store.Intake;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.StoredObject;
import imgpipe.transfer.store.TransferSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Pictures on web servers: any address can be fetched, and what is put goes below one root.
 *
 * <ul>
 *   <li>Connections are kept and used again, at most {@link TransferSettings#transfers()} of them.
 *   <li>No address is dialled that {@link AddressGuard} forbids, also not where a redirect leads.
 *       Proxies that the environment names are not used: they would dial where nobody checks.
 *   <li>An attempt takes {@link TransferSettings#timeout()} at most, however the server spreads its
 *       bytes. The time that an {@link Intake} takes does not count, as it may wait for room.
 *   <li>User and password in an address are sent along at once, as Basic authentication, and to the
 *       same scheme, host and port only.
 *   <li>The text of a validator is that of {@link Validator}.
 * </ul>
 *
 * A put that was carried out, but whose answer was lost, looks to the next attempt with {@code
 * onlyIfNew} as if the object had been there before; HTTP has no means to tell.
 */
public final class HttpStore implements Store {
    private static final int PIECE = 64 << 10;

    private static final Set<String> COMPRESSIONS =
            Set.of("gzip", "x-gzip", "deflate", "compress", "x-compress", "br", "zstd");

    private final @Nullable WebAddress root;
    private final Limits limits;
    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor scheduler;

    /**
     * A store that looks names of hosts up as the system does.
     *
     * @param root the {@code http} or {@code https} address of a prefix that the names of {@link
     *     #put} are appended to, with a slash between; empty for a store that only fetches
     * @throws StoreException if the root is no such address
     */
    public HttpStore(String root, TransferSettings settings) throws StoreException {
        this(root, settings, InetAddress::getAllByName);
    }

    /** The same with another way to look names up. */
    HttpStore(String root, TransferSettings settings, Resolver resolver) throws StoreException {
        this.root = root.isEmpty() ? null : WebAddress.parse(root);
        limits = Limits.of(settings.timeout());
        AddressGuard guard = new AddressGuard(settings.allowPrivate(), settings.allowedHosts());
        client = Connections.open(settings.transfers(), limits, guard, resolver);
        scheduler =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("http-countdowns").factory());
        scheduler.setRemoveOnCancelPolicy(true);
    }

    /**
     * Not for web servers.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public void list(String after, Listing listing) {
        throw new UnsupportedOperationException("a web server has no listing");
    }

    @Override
    public boolean fetch(String address, String validator, Intake intake)
            throws StoreException, InterruptedException {
        try (Exchange exchange = exchange(WebAddress.parse(address))) {
            ClassicHttpResponse answer =
                    exchange.send("GET", null, request -> Validator.ask(request, validator));
            if (answer.getCode() == 304 && !validator.isEmpty()) {
                return false;
            }
            if (answer.getCode() != 200) {
                throw Faults.ofStatus(exchange.address(), answer);
            }
            refuseCompressed(exchange.address(), answer);
            String current = Validator.of(answer);
            return !Validator.same(current, validator) && read(exchange, answer, current, intake);
        }
    }

    @Override
    public @Nullable StoredObject put(String name, Path file, long crc32c, boolean onlyIfNew)
            throws StoreException, InterruptedException {
        if (root == null) {
            throw new IllegalStateException("this store only fetches");
        }
        String path = root.path();
        WebAddress address =
                WebAddress.parse(root.origin() + path + (path.endsWith("/") ? "" : "/") + name)
                        .withUser(root.user());
        if (onlyIfNew && isThere(address)) {
            return null;
        }
        FileBody body = new FileBody(name, file, crc32c);
        try (Exchange exchange = exchange(address)) {
            ClassicHttpResponse answer =
                    exchange.send(
                            "PUT",
                            body,
                            request -> {
                                request.setHeader("Content-Digest", body.digest());
                                if (onlyIfNew) {
                                    request.setHeader("If-None-Match", "*");
                                }
                            });
            if (answer.getCode() == 412 && onlyIfNew) {
                return null;
            }
            if (answer.getCode() / 100 != 2) {
                throw Faults.ofStatus(exchange.address(), answer);
            }
            return new StoredObject(
                    name, address.toString(), body.getContentLength(), Validator.of(answer));
        }
    }

    /** Not all servers heed If-None-Match, and some would replace what is somebody else's. */
    private boolean isThere(WebAddress address) throws StoreException, InterruptedException {
        try (Exchange exchange = exchange(address)) {
            ClassicHttpResponse answer = exchange.send("HEAD", null, request -> {});
            if (answer.getCode() / 100 != 2
                    && answer.getCode() != 404
                    && answer.getCode() != 410
                    && answer.getCode() != 405) {
                throw Faults.ofStatus(exchange.address(), answer);
            }
            return answer.getCode() / 100 == 2;
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        scheduler.shutdownNow();
    }

    private Exchange exchange(WebAddress address) {
        return new Exchange(client, scheduler, limits, address);
    }

    private static boolean read(
            Exchange exchange, ClassicHttpResponse answer, String validator, Intake intake)
            throws StoreException, InterruptedException {
        HttpEntity entity = answer.getEntity();
        Countdown countdown = exchange.countdown();
        long announced = entity == null ? 0 : entity.getContentLength();
        if (!countdown.without(() -> intake.begin(announced, validator))) {
            return false;
        }
        if (entity != null) {
            long read = 0;
            try {
                // Not closed here: that would read to an end that there may not be.
                InputStream in = entity.getContent();
                byte[] piece = new byte[PIECE];
                for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                    int length = n;
                    read += length;
                    countdown.without(
                            () -> {
                                intake.write(piece, 0, length);
                                return true;
                            });
                }
            } catch (IOException e) {
                throw exchange.fault(e);
            }
            // The client takes the end of the connection for the end of the head. What was cut
            // there lacks its length, or has a wrong one that is noticed.
            if (read == 0 && announced < 0 && !entity.isChunked()) {
                throw Faults.cut(exchange.address());
            }
        }
        intake.end();
        return true;
    }

    private static void refuseCompressed(WebAddress address, ClassicHttpResponse answer)
            throws StoreException {
        Header coding = answer.getFirstHeader("Content-Encoding");
        String value = coding == null || coding.getValue() == null ? "" : coding.getValue();
        if (COMPRESSIONS.contains(value.strip().toLowerCase(Locale.ROOT))) {
            throw Faults.fault(
                    Fault.REFUSED,
                    address,
                    "sent compressed as " + value.strip() + ", which was not asked for",
                    null,
                    null);
        }
    }
}
