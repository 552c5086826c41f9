package imgpipe.engine;

import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Workspace;
import imgpipe.shard.Limits;
import imgpipe.shard.Task;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** Reads the whole source of a task into memory. */
final class SourceFile {
    /** A buffer, unlike a file, has no more than 2 GiB. */
    private static final long LARGEST_READ = 1 << 30;

    private SourceFile() {}

    /** The file changed between the listing and now, or while it was read. */
    static final class ChangedException extends IOException {
        private static final long serialVersionUID = 1L;

        ChangedException() {
            super("it changed after it was listed; the next run will take it as it is then");
        }
    }

    /**
     * The file's bytes, valid until the workspace is reset.
     *
     * @throws PictureException when it is empty or larger than the limits allow
     * @throws ChangedException when it is not the file that was listed
     * @throws IOException when it cannot be read, or is no regular file
     */
    static MemorySegment read(Task task, Limits limits, Workspace workspace)
            throws IOException, PictureException {
        Path path = Path.of(URI.create("file://" + task.source()));
        requireUnchanged(path, task);
        if (task.bytes() == 0) {
            throw new PictureException(Reason.NOT_A_PICTURE, "the file is empty");
        }
        if (task.bytes() > limits.maxFileBytes()) {
            throw new PictureException(
                    Reason.LIMIT,
                    "the file has "
                            + task.bytes()
                            + " bytes; --max-file allows "
                            + limits.maxFileBytes());
        }
        MemorySegment bytes = workspace.allocate(task.bytes());
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            for (long done = 0; done < bytes.byteSize(); ) {
                long left = Math.min(LARGEST_READ, bytes.byteSize() - done);
                int count = channel.read(bytes.asSlice(done, left).asByteBuffer());
                if (count < 0) {
                    throw new ChangedException();
                }
                done += count;
            }
        }
        requireUnchanged(path, task);
        return bytes;
    }

    private static void requireUnchanged(Path path, Task task) throws IOException {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        if (!now.isRegularFile()) {
            throw new IOException("it is not a regular file");
        }
        if (now.size() != task.bytes()
                || now.lastModifiedTime().to(TimeUnit.NANOSECONDS) != task.modified()) {
            throw new ChangedException();
        }
    }
}
