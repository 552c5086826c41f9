package imgpipe.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that answers with exactly the bytes it is told, proper HTTP or not, and counts who came.
 */
public final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Answer answer;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What is answered to a request. */
    @FunctionalInterface
    public interface Answer {
        /**
         * Answers. The connection is closed afterwards.
         *
         * @param request its head
         */
        void write(String request, OutputStream out) throws IOException, InterruptedException;
    }

    /** A server on a free port of 127.0.0.1. */
    public RawServer(Answer answer) throws IOException {
        this.answer = answer;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** One that answers the same to all. */
    public static RawServer saying(String answer) throws IOException {
        return new RawServer((_, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** With a slash at the end. */
    public String address() {
        return "http://127.0.0.1:" + port() + "/";
    }

    /** That were made so far. */
    public int connections() {
        return connections.get();
    }

    /** The heads of those that came so far. */
    public List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            String head = head(socket.getInputStream());
            requests.add(head);
            answer.write(head, socket.getOutputStream());
        } catch (IOException e) {
            // The client is gone, which some tests want.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.append((char) b);
            // Who says hello in TLS waits for an answer.
            if (head.charAt(0) == 0x16 || head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }
}
