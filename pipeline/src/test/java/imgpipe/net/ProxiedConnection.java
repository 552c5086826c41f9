package imgpipe.net;

import imgpipe.net.Disturbance.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One connection through a {@link FaultyProxy}: two threads a direction, of which one delays. */
final class ProxiedConnection {
    private static final int PIECE = 16 << 10;
    private static final int SLICE = 7;

    private final FaultyProxy proxy;
    private final Socket client;
    private final int target;
    private final Disturbance disturbance;
    private @Nullable Socket server;
    private Turn turn = new Turn(null, 0);
    private boolean serverSpoke = true;
    private long answered;

    /** Bytes, and when they are to arrive by {@link System#nanoTime}; without any, the end. */
    private static final class Piece {
        final byte[] bytes;
        final long due;

        Piece(byte[] bytes, long due) {
            this.bytes = bytes;
            this.due = due;
        }
    }

    ProxiedConnection(FaultyProxy proxy, Socket client, int target, Disturbance disturbance) {
        this.proxy = proxy;
        this.client = client;
        this.target = target;
        this.disturbance = disturbance;
    }

    void start() {
        Thread.ofVirtual().start(this::run);
    }

    void close() {
        quietly(client);
        Socket other = server;
        if (other != null) {
            quietly(other);
        }
        proxy.ended(this);
    }

    private void run() {
        try (Socket other = new Socket(InetAddress.getLoopbackAddress(), target)) {
            server = other;
            client.setTcpNoDelay(true);
            other.setTcpNoDelay(true);
            Thread back =
                    Thread.ofVirtual()
                            .start(() -> carry(other, client, disturbance.down(), this::answer));
            carry(client, other, disturbance.up(), this::request);
            back.join();
        } catch (IOException e) {
            // Nobody listens there: the client sees its connection closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private void carry(Socket from, Socket to, Duration delay, UnaryOperator<byte[]> through) {
        BlockingQueue<Piece> way = new ArrayBlockingQueue<>(256);
        Thread writer = Thread.ofVirtual().start(() -> deliver(way, to, through));
        try {
            InputStream in = from.getInputStream();
            byte[] piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                way.put(new Piece(Arrays.copyOf(piece, n), System.nanoTime() + delay.toNanos()));
            }
        } catch (IOException e) {
            // Closed on either side.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            way.put(new Piece(new byte[0], 0));
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(BlockingQueue<Piece> way, Socket to, UnaryOperator<byte[]> through) {
        try {
            OutputStream out = to.getOutputStream();
            for (Piece piece = way.take(); piece.bytes.length > 0; piece = way.take()) {
                TimeUnit.NANOSECONDS.sleep(piece.due - System.nanoTime());
                if (disturbance.bytesPerSecond() > 0) {
                    TimeUnit.NANOSECONDS.sleep(
                            piece.bytes.length * 1_000_000_000L / disturbance.bytesPerSecond());
                }
                out.write(through.apply(piece.bytes));
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close();
            emptied(way);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the reader, who may wait for room in the queue, come to its end. */
    private static void emptied(BlockingQueue<Piece> way) {
        try {
            Piece piece = way.take();
            while (piece.bytes.length > 0) {
                piece = way.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] request(byte[] bytes) {
        Turn now;
        synchronized (this) {
            if (serverSpoke) {
                serverSpoke = false;
                answered = 0;
                turn = proxy.turn();
            }
            now = turn;
        }
        if (now.kind() == Kind.CLOSE) {
            close();
        }
        return bytes;
    }

    /** What of the answer gets through. */
    private byte[] answer(byte[] bytes) {
        Turn now;
        long before;
        synchronized (this) {
            serverSpoke = true;
            before = answered;
            answered += bytes.length;
            now = turn;
        }
        Kind kind = now.kind();
        if (kind == null || kind == Kind.CLOSE || before + bytes.length <= now.after()) {
            return bytes;
        }
        byte[] first = Arrays.copyOf(bytes, (int) Math.max(0, now.after() - before));
        return switch (kind) {
            case SLICE -> slice(bytes);
            case STALL -> first;
            case RESET, LIMIT -> end(first, kind == Kind.RESET);
            case CLOSE -> bytes;
        };
    }

    private byte[] end(byte[] first, boolean reset) {
        try {
            client.getOutputStream().write(first);
            if (reset) {
                client.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // The client is gone already.
        }
        close();
        return new byte[0];
    }

    private byte[] slice(byte[] bytes) {
        try {
            for (int from = 0; from < Math.min(bytes.length, 20 * SLICE); from += SLICE) {
                int n = Math.min(SLICE, bytes.length - from);
                client.getOutputStream().write(bytes, from, n);
                Thread.sleep(1);
            }
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Arrays.copyOfRange(bytes, Math.min(bytes.length, 20 * SLICE), bytes.length);
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which was wanted.
        }
    }
}
