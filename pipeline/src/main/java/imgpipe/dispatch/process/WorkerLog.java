package imgpipe.dispatch.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one worker after the other prints, in {@code worker-N.log}, each under a line that says when
 * it began to. Made new by each run in which something is printed, and not before: a run that is
 * refused leaves nothing. Takes no more than {@value #MOST_BYTES} bytes; what comes after that is
 * read all the same, as a worker whose output nobody reads would stop.
 */
final class WorkerLog implements AutoCloseable {
    private static final int MOST_BYTES = 10_000_000;
    private static final int TAIL = 4096;

    /** What every worker's JVM says first, and nobody needs to know. */
    private static final byte[] GREETING =
            "WARNING: Using incubator modules: jdk.incubator.vector\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final Path folder;
    private final Path file;
    private @Nullable OutputStream out;
    private long room = MOST_BYTES;
    private byte[] tail = {};

    WorkerLog(Path folder, int worker) {
        this.folder = folder;
        file = folder.resolve("worker-" + worker + ".log");
    }

    /**
     * Takes what a new process prints until it ends, but for the JVM's greeting; forgets the tail
     * of the one before.
     *
     * @param heading says which process it is
     */
    void drain(InputStream output, String heading) {
        synchronized (this) {
            tail = new byte[0];
        }
        try (output) {
            byte[] buffer = new byte[8192];
            int first = begin(output, buffer);
            if (first >= 0) {
                note(heading);
                append(buffer, first);
            }
            for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
                append(buffer, n);
            }
        } catch (IOException e) {
            // The process is gone, and its output with it.
            return;
        }
    }

    /**
     * Reads what comes first and is not the greeting, as {@link InputStream#read(byte[])} does.
     * Waits for no more than tells the two apart: a worker may say little and then hang.
     */
    private static int begin(InputStream output, byte[] buffer) throws IOException {
        int same = 0;
        int next = output.read();
        while (same < GREETING.length && next == GREETING[same]) {
            buffer[same++] = (byte) next;
            if (same == GREETING.length) {
                return output.read(buffer);
            }
            next = output.read();
        }
        if (next >= 0) {
            buffer[same++] = (byte) next;
        }
        return same == 0 ? -1 : same;
    }

    /** Writes a line of ours between what workers print. */
    void note(String text) {
        byte[] line = ("--- " + Instant.now() + " " + text + "\n").getBytes(StandardCharsets.UTF_8);
        write(line, line.length);
    }

    private synchronized void append(byte[] bytes, int length) {
        byte[] joined = Arrays.copyOf(tail, tail.length + length);
        System.arraycopy(bytes, 0, joined, tail.length, length);
        tail =
                joined.length <= TAIL
                        ? joined
                        : Arrays.copyOfRange(joined, joined.length - TAIL, joined.length);
        write(bytes, length);
    }

    private synchronized void write(byte[] bytes, int length) {
        int written = (int) Math.min(room, length);
        room -= written;
        try {
            if (out == null) {
                Files.createDirectories(folder);
                out = Files.newOutputStream(file);
            }
            out.write(bytes, 0, written);
        } catch (IOException e) {
            // A full disk must not stop the worker; the tail still tells the end.
            room = 0;
        }
    }

    /** The last 4 KB that the newest process printed. */
    synchronized String tail() {
        return new String(tail, StandardCharsets.UTF_8).strip();
    }

    /** Where it is written. */
    Path file() {
        return file;
    }

    @Override
    public synchronized void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            // What is lost is the log's end, at most.
            return;
        }
    }
}
