package imgpipe.pipe;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A FIFO with a name in the file system.
 *
 * <p>Opened as a {@link FileChannel} only: closing one ends a read in another thread, which a
 * {@code FileInputStream} never notices. Never created by opening: {@code FileOutputStream} would
 * silently make a regular file where the FIFO has vanished.
 *
 * @param path where it lies
 */
public record NamedPipe(Path path) {
    private static final int FILE_TYPE = 0170000;
    private static final int FIFO = 0010000;
    private static final int PERMISSIONS = 0777;
    private static final int OWNER_ONLY = 0600;

    /**
     * Makes FIFOs that only their owner can open, all with one call of {@code mkfifo}.
     *
     * @throws IOException if that fails, with what it said
     */
    static List<NamedPipe> create(List<Path> paths) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mkfifo", "-m", "600"));
        paths.forEach(path -> command.add(path.toString()));
        Process mkfifo = new ProcessBuilder(command).redirectErrorStream(true).start();
        mkfifo.getOutputStream().close();
        String said =
                new String(mkfifo.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int exit = mkfifo.waitFor();
        if (exit != 0) {
            throw new IOException("mkfifo failed with exit value " + exit + ": " + said);
        }
        return paths.stream().map(NamedPipe::new).toList();
    }

    /** Waits until the other end is opened for writing. */
    FileChannel openToRead() throws IOException {
        return open(StandardOpenOption.READ);
    }

    /** Waits until the other end is opened for reading. */
    FileChannel openToWrite() throws IOException {
        return open(StandardOpenOption.WRITE);
    }

    /**
     * Opens both ends, which never waits and frees whoever waits for either. Nobody who reads sees
     * the end of the stream while a FIFO is held like this.
     */
    FileChannel openBothEnds() throws IOException {
        return open(StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private FileChannel open(OpenOption... options) throws IOException {
        if (!isOurs(path)) {
            throw new IOException(
                    "%s is not a FIFO of ours: its mode is %06o, not %06o"
                            .formatted(path, mode(path), FIFO | OWNER_ONLY));
        }
        return FileChannel.open(path, options);
    }

    /** Whether this is a FIFO that only its owner may open. If we can, that is us. */
    static boolean isOurs(Path path) throws IOException {
        return (mode(path) & (FILE_TYPE | PERMISSIONS)) == (FIFO | OWNER_ONLY);
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    }
}
