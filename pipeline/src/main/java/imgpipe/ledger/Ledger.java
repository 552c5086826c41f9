package imgpipe.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one output folder, open for adding to. Only one run at a time has it, which the
 * output's lock sees to. Safe for use by several threads: those that add at the same time share one
 * fsync.
 */
public final class Ledger implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final FileChannel channel;
    private final Object disk = new Object();

    /** Length of the lines that were written whole. Guarded by this. */
    private long written;

    /** Length of the lines that are on the disk. Guarded by disk. */
    private long synced;

    /** Why nothing can be added any more. */
    private volatile @Nullable IOException fault;

    private Ledger(FileChannel channel, long length) {
        this.channel = channel;
        written = length;
        synced = length;
    }

    /**
     * Opens the ledger, making it if it is not there, and forces its name to the disk. A last line
     * that a crash tore is cut off, so that the next one begins on its own.
     */
    public static Ledger open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE);
        try {
            Files.deleteIfExists(Compaction.newFile(file));
            long length = wholeLines(channel);
            channel.truncate(length);
            forceFolderOf(file);
            return new Ledger(channel, length);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Where the last line feed ends, or 0 without any. */
    private static long wholeLines(FileChannel channel) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long end = channel.size(); end > 0; ) {
            long begin = Math.max(0, end - BLOCK);
            block.clear().limit((int) (end - begin));
            while (block.hasRemaining() && channel.read(block, begin + block.position()) >= 0) {
                // Reads on.
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return begin + i + 1;
                }
            }
            end = begin;
        }
        return 0;
    }

    static void forceFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    /**
     * Adds entries and returns when they are on the disk.
     *
     * @throws IOException when they are not; what was written of them is taken back. After an fsync
     *     that failed nothing is added any more: the next one could call good what the system has
     *     dropped
     */
    public void append(List<LedgerEntry> entries) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (LedgerEntry entry : entries) {
            LedgerFormat.write(entry, lines);
        }
        force(write(ByteBuffer.wrap(lines.toByteArray())));
    }

    private synchronized long write(ByteBuffer lines) throws IOException {
        requireSound();
        try {
            while (lines.hasRemaining()) {
                channel.write(lines, written + lines.position());
            }
        } catch (IOException e) {
            cut(written, e);
            throw e;
        }
        written += lines.limit();
        return written;
    }

    private void requireSound() throws IOException {
        IOException earlier = fault;
        if (earlier != null) {
            throw new IOException(earlier.getMessage(), earlier);
        }
    }

    private void force(long length) throws IOException {
        synchronized (disk) {
            requireSound();
            if (synced >= length) {
                // Another thread's fsync came after this one's lines.
                return;
            }
            long now = length();
            try {
                channel.force(false);
            } catch (IOException e) {
                fault = e;
                cut(synced, e);
                throw e;
            }
            synced = now;
        }
    }

    private synchronized long length() {
        return written;
    }

    /** Takes back a torn line; if that fails too, its checksum tells the next reader. */
    private synchronized void cut(long length, IOException why) {
        try {
            channel.truncate(length);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
