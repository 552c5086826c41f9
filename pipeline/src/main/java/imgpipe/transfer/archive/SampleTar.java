package imgpipe.transfer.archive;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A tar that samples are appended to, those of one call as a whole or not at all. Its bytes depend
 * on the samples alone.
 */
final class SampleTar implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int BLOCK = 512;

    /** POSIX.1-1988 ends a tar by two blocks of zeros. */
    private static final int END = 2 * BLOCK;

    private final RandomAccessFile file;

    /** An empty tar in place of what is there. */
    SampleTar(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength(0);
    }

    /**
     * Appends samples.
     *
     * @throws IOException when that fails; nothing of them stays
     */
    void append(List<Sample> samples) throws IOException {
        long start = file.getFilePointer();
        boolean whole = false;
        try {
            write(samples);
            whole = true;
        } finally {
            if (!whole) {
                file.setLength(start);
                file.seek(start);
            }
        }
    }

    private void write(List<Sample> samples) throws IOException {
        OutputStream out = new BufferedOutputStream(new Appending(file), BUFFER);
        // One for each call, as it cannot go on behind a fault. It never ends the tar.
        TarArchiveOutputStream tar =
                new TarArchiveOutputStream(out, BLOCK, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        for (Sample sample : samples) {
            try (InputStream in = Files.newInputStream(sample.file())) {
                member(tar, sample.key() + sample.extension(), sample.bytes(), in);
            }
            byte[] json = SampleJson.of(sample);
            member(tar, sample.key() + ".json", json.length, new ByteArrayInputStream(json));
        }
        tar.flush();
        out.flush();
    }

    private static void member(TarArchiveOutputStream tar, String name, long bytes, InputStream in)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes);
        entry.setModTime(TarShards.MODIFIED);
        entry.setMode(0644);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        long copied = in.transferTo(tar);
        if (copied != bytes) {
            throw new IOException("a picture of " + bytes + " bytes has " + copied);
        }
        tar.closeArchiveEntry();
    }

    /** Puts the end mark, after which nothing is appended. May be called again after a fault. */
    void end() throws IOException {
        long end = file.getFilePointer();
        file.write(new byte[END]);
        file.seek(end);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Whole writes at the file's pointer. */
    private static final class Appending extends OutputStream {
        private final RandomAccessFile file;

        Appending(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public void write(int b) throws IOException {
            file.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.write(bytes, offset, length);
        }
    }
}
