package imgpipe.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Names in a lock file the process that has the lock, for the messages to others. */
final class LockHolder {
    private LockHolder() {}

    /** Names this process. */
    static void write(FileChannel lock) throws IOException {
        lock.truncate(0);
        lock.write(
                ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid())
                                .getBytes(StandardCharsets.US_ASCII)));
    }

    /** Takes the name back: who only reads takes the lock next and writes none. */
    static void clear(FileChannel lock) throws IOException {
        lock.truncate(0);
    }

    /**
     * What is known of the holder, such as {@code " (process 4711)"}, or nothing. A run that was
     * killed has left its name, so the process is looked for.
     */
    static String of(FileChannel lock) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        lock.read(bytes, 0);
        String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        return pid.matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isPresent()
                ? " (process " + pid + ")"
                : "";
    }
}
