package imgpipe.net;

import imgpipe.net.Disturbance.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bad network in front of a port of this machine. What it disturbs is a request, not a
 * connection, as connections are used again: whatever a client says after the server has spoken is
 * a new request, for which chance decides. That holds for every protocol that takes turns, HTTP/1.1
 * without pipelining among them. By itself it prints its port and runs until it is killed:
 *
 * <pre>
 * java -cp ... imgpipe.net.FaultyProxy PORT [--up 10ms] [--down 10ms] [--bandwidth BYTES]
 *                                           [--rate 0.1] [--kinds RESET,LIMIT] [--seed 1]
 * </pre>
 */
public final class FaultyProxy implements AutoCloseable {
    private final int target;
    private final Disturbance disturbance;
    private final Random chance;
    private final ServerSocket listener;
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();
    private long cutRequest;
    private int cutAfter;

    /** A proxy on a free port of 127.0.0.1. */
    public FaultyProxy(int target, Disturbance disturbance) throws IOException {
        this.target = target;
        this.disturbance = disturbance;
        chance = new Random(disturbance.seed());
        listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Starts one, prints its port, and runs until it is killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Disturbance wanted = Disturbance.none();
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        Kind[] kinds =
                Arrays.stream(options.getOrDefault("--kinds", "CLOSE,RESET,LIMIT").split(","))
                        .map(Kind::valueOf)
                        .toArray(Kind[]::new);
        wanted =
                wanted.delay(
                                Durations.parse(options.getOrDefault("--up", "0ms")),
                                Durations.parse(options.getOrDefault("--down", "0ms")))
                        .bandwidth(Long.parseLong(options.getOrDefault("--bandwidth", "0")))
                        .faults(
                                Double.parseDouble(options.getOrDefault("--rate", "0")),
                                Long.parseLong(options.getOrDefault("--seed", "1")),
                                kinds);
        try (FaultyProxy started = new FaultyProxy(Integer.parseInt(arguments[0]), wanted)) {
            System.out.println(started.port());
            new CountDownLatch(1).await();
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Of a web server behind it, with a slash at the end. */
    public String address() {
        return "http://127.0.0.1:" + port() + "/";
    }

    /** That were made to it. */
    public long connections() {
        return connections.get();
    }

    /** That it saw, disturbed ones included. */
    public long requests() {
        return requests.get();
    }

    /** Requests that it disturbed. */
    public long faults() {
        return faults.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(ProxiedConnection::close);
    }

    /**
     * Closes the connection in the middle of one more answer, whatever chance decides.
     *
     * @param request which one, 1 for the next; whoever waits for a server's leave to send a body
     *     makes two of one
     * @param bytes of its answer that come through
     */
    public synchronized void cut(int request, int bytes) {
        cutRequest = requests.get() + request;
        cutAfter = bytes;
    }

    /** A request begins: what is to happen to it, and after how many bytes of the answer. */
    synchronized Turn turn() {
        if (requests.incrementAndGet() == cutRequest) {
            faults.incrementAndGet();
            return new Turn(Kind.LIMIT, cutAfter);
        }
        if (disturbance.kinds().isEmpty() || chance.nextDouble() >= disturbance.rate()) {
            return new Turn(null, 0);
        }
        faults.incrementAndGet();
        Kind kind = disturbance.kinds().get(chance.nextInt(disturbance.kinds().size()));
        return new Turn(kind, chance.nextInt(disturbance.reach()));
    }

    void ended(ProxiedConnection connection) {
        open.remove(connection);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                connections.incrementAndGet();
                ProxiedConnection connection =
                        new ProxiedConnection(this, client, target, disturbance);
                open.add(connection);
                connection.start();
            } catch (IOException e) {
                // Closed, or a client that is gone already.
            }
        }
    }
}
