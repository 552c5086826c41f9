package imgpipe.transfer.archive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/**
 * A zip's file, of which no more than a certain part may be read until its directory is known.
 * Unlike the JDK's channels it stays open for the others when a thread that reads is interrupted.
 */
final class DirectoryLimit implements SeekableByteChannel {
    private static final int MOST = 32 << 20;
    private static final int BUFFER = 1 << 16;

    private final RandomAccessFile file;
    private boolean open = true;
    private long left = MOST;

    DirectoryLimit(Path file) throws IOException {
        this.file = new RandomAccessFile(file.toFile(), "r");
    }

    /** The directory was read. */
    void lift() {
        left = Long.MAX_VALUE;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        byte[] part = new byte[Math.min(bytes.remaining(), BUFFER)];
        int read = file.read(part);
        if (read > 0) {
            bytes.put(part, 0, read);
            left -= read;
        }
        if (left < 0) {
            throw new ArchiveLimitException(
                    "has a directory of more than 32 MB; unpack it, or make it a tar");
        }
        return read;
    }

    @Override
    public int write(ByteBuffer bytes) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() throws IOException {
        return file.getFilePointer();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.seek(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.length();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        file.close();
    }
}
