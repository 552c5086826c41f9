package imgpipe.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The ledger of one output folder, open for adding to. Only one run at a time has it, which the
 * output's lock sees to.
 */
public final class Ledger implements AutoCloseable {
    private final FileChannel channel;

    private Ledger(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens the ledger, making it if it is not there. A last line that a crash tore is ended, so
     * that the next one begins on its own.
     */
    public static Ledger open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE);
        try {
            long size = channel.size();
            channel.position(size);
            ByteBuffer last = ByteBuffer.allocate(1);
            if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
            return new Ledger(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Adds entries and returns when they are on the disk. */
    public void append(List<LedgerEntry> entries) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (LedgerEntry entry : entries) {
            LedgerFormat.write(entry, lines);
        }
        ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
