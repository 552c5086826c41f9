package imgpipe.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Makes files and folders survive a power loss. A file under its final name is whole: its content
 * is forced to the disk before the rename, and the folder after it, as PostgreSQL's durable_rename
 * does.
 */
final class DurableFiles {
    private DurableFiles() {}

    /** Forces a file's content to the disk. */
    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Forces a folder's names to the disk. */
    static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Creates a folder and those above it, and forces their names to the disk. */
    static void createFolders(Path folder) throws IOException {
        Path missing = folder;
        while (missing != null && Files.notExists(missing)) {
            missing = missing.getParent();
        }
        Files.createDirectories(folder);
        for (Path made = folder; made != null && !made.equals(missing); made = made.getParent()) {
            Path parent = made.getParent();
            if (parent != null) {
                forceFolder(parent);
            }
        }
    }

    /**
     * Gives a complete file its final name, replacing what has it. The name is only sure to survive
     * when {@link #forceFolder} was called for its folder.
     */
    static void publish(Path file, Path target) throws IOException {
        force(file);
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            // A part of the output is another file system: first copy, in steps that leave nothing
            // half under the name.
            Path near =
                    target.resolveSibling(
                            ".imgpipe-" + ProcessHandle.current().pid() + "-" + file.getFileName());
            try {
                Files.copy(file, near, StandardCopyOption.REPLACE_EXISTING);
                force(near);
                Files.move(near, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(near);
            }
            Files.delete(file);
        }
    }
}
