package imgpipe.net;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A web server of this machine over a folder: GET with entity tags, dates and 304; PUT with {@code
 * If-None-Match: *} and {@code Content-Digest}. It can be as slow as a far one, and counts what it
 * is asked. By itself it prints its port and runs until it is killed:
 *
 * <pre>java -cp ... imgpipe.net.PictureServer FOLDER [--latency 50ms]</pre>
 */
public final class PictureServer implements AutoCloseable {
    static {
        // Otherwise headers and body of an answer wait 40 ms for each other.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private static final int PIECE = 64 << 10;

    private final Path folder;
    private final Duration latency;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong whole = new AtomicLong();
    private final AtomicLong unchanged = new AtomicLong();
    private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();

    /** A server without latency. */
    public PictureServer(Path folder) throws IOException {
        this(folder, Duration.ZERO);
    }

    /**
     * A server on a free port of 127.0.0.1.
     *
     * @param latency that every request takes longer
     */
    public PictureServer(Path folder, Duration latency) throws IOException {
        this.folder = folder.toRealPath();
        this.latency = latency;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", counted(this::serve));
        server.start();
    }

    /** Starts one, prints its port, and runs until it is killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Duration latency = Duration.ZERO;
        if (arguments.length == 3 && arguments[1].equals("--latency")) {
            latency = Durations.parse(arguments[2]);
        } else if (arguments.length != 1) {
            throw new IllegalArgumentException("FOLDER [--latency 50ms]");
        }
        try (PictureServer started = new PictureServer(Path.of(arguments[0]), latency)) {
            System.out.println(started.port());
            new CountDownLatch(1).await();
        }
    }

    /** Has paths that begin so answered in another way. */
    public void answer(String path, HttpHandler handler) {
        server.createContext(path, counted(handler));
    }

    /** Has paths that begin so redirected. */
    public void redirect(String path, int status, String location) {
        answer(
                path,
                exchange -> {
                    exchange.getResponseHeaders().set("Location", location);
                    exchange.sendResponseHeaders(status, -1);
                });
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** With a slash at the end. */
    public String address() {
        return "http://127.0.0.1:" + port() + "/";
    }

    /** So far. */
    public long requests() {
        return requests.get();
    }

    /** Requests that were answered with a file. */
    public long whole() {
        return whole.get();
    }

    /** Requests that were answered with 304. */
    public long unchanged() {
        return unchanged.get();
    }

    /** Over which there was a request. */
    public int connections() {
        return clients.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpHandler counted(HttpHandler handler) {
        return exchange -> {
            requests.incrementAndGet();
            clients.add(exchange.getRemoteAddress());
            try (exchange) {
                Thread.sleep(latency);
                handler.handle(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private void serve(HttpExchange exchange) throws IOException {
        Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
        if (!file.startsWith(folder)) {
            exchange.sendResponseHeaders(403, -1);
            return;
        }
        switch (exchange.getRequestMethod()) {
            case "GET" -> get(exchange, file);
            case "PUT" -> put(exchange, file);
            default -> exchange.sendResponseHeaders(405, -1);
        }
    }

    private void get(HttpExchange exchange, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        String tag = tag(file);
        String date = date(file);
        exchange.getResponseHeaders().set("ETag", tag);
        exchange.getResponseHeaders().set("Last-Modified", date);
        Headers asked = exchange.getRequestHeaders();
        String known = asked.getFirst("If-None-Match");
        if (known != null ? known.equals(tag) : date.equals(asked.getFirst("If-Modified-Since"))) {
            unchanged.incrementAndGet();
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        whole.incrementAndGet();
        long bytes = Files.size(file);
        exchange.sendResponseHeaders(200, bytes == 0 ? -1 : bytes);
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = exchange.getResponseBody()) {
            byte[] piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                out.write(piece, 0, n);
            }
        }
    }

    private void put(HttpExchange exchange, Path file) throws IOException {
        Headers asked = exchange.getRequestHeaders();
        boolean onlyIfNew = "*".equals(asked.getFirst("If-None-Match"));
        boolean there = Files.exists(file);
        if (onlyIfNew && there) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(412, -1);
            return;
        }
        Path temporary = Files.createTempFile(folder, ".put", null);
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(exchange.getRequestBody(), sha256)) {
                Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
            }
            String digest = "sha-256=:" + Base64.getEncoder().encodeToString(sha256.digest()) + ":";
            String told = asked.getFirst("Content-Digest");
            String length = asked.getFirst("Content-Length");
            if ((told != null && !told.equals(digest))
                    || (length != null && Long.parseLong(length) != Files.size(temporary))) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            Files.createDirectories(file.getParent());
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        } finally {
            Files.deleteIfExists(temporary);
        }
        exchange.getResponseHeaders().set("ETag", tag(file));
        exchange.sendResponseHeaders(there ? 204 : 201, -1);
    }

    private static String tag(Path file) throws IOException {
        return "\"%x-%x\"".formatted(Files.size(file), Files.getLastModifiedTime(file).toMillis());
    }

    private static String date(Path file) throws IOException {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Files.getLastModifiedTime(file).toInstant().atOffset(ZoneOffset.UTC));
    }
}
