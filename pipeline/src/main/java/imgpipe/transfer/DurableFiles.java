package imgpipe.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Makes files survive a power loss. A file under its final name is whole: its content is forced to
 * the disk before the rename, and the folder after it, as PostgreSQL's durable_rename does.
 */
public final class DurableFiles {
    private DurableFiles() {}

    /**
     * Forces a file's content to the disk.
     *
     * @throws UnsyncedException when that fails: what the file holds is not to be believed
     */
    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            try {
                channel.force(true);
            } catch (IOException e) {
                throw new UnsyncedException(e);
            }
        }
    }

    /** Forces a folder's names to the disk. */
    public static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Gives a complete file its final name, replacing what has it, and keeps its modification time.
     * The name is only sure to survive when {@link #forceFolder} was called for its folder.
     *
     * @throws UnsyncedException when the file is not to be believed any more
     */
    public static void publish(Path file, Path target) throws IOException {
        force(file);
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            // A part of the output is another file system: first copy, in steps that leave nothing
            // half under the name.
            Path near = near(target);
            try {
                Files.copy(
                        file,
                        near,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
                if (Files.size(near) != Files.size(file)) {
                    throw new IOException(
                            "of "
                                    + Files.size(file)
                                    + " bytes only "
                                    + Files.size(near)
                                    + " were copied");
                }
                force(near);
                Files.move(near, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(near);
            }
            Files.delete(file);
        }
    }

    /**
     * A name beside the target that is the same in every run: a run that takes the place of one
     * that was killed replaces what that has left.
     */
    private static Path near(Path target) {
        CRC32C name = new CRC32C();
        name.update(String.valueOf(target.getFileName()).getBytes(StandardCharsets.UTF_8));
        return target.resolveSibling(".imgpipe-%08x".formatted(name.getValue()));
    }
}
