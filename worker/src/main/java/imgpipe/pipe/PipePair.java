package imgpipe.pipe;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * The two FIFOs between the coordinator and one worker process.
 *
 * <p>Opening one waits for the other side, so both sides open in the same order, commands first,
 * and that order is written here only. The coordinator opens on a thread of its own and calls
 * {@link #release} if the worker ends before it has opened them.
 *
 * @param commands coordinator to worker
 * @param events worker to coordinator
 */
public record PipePair(NamedPipe commands, NamedPipe events) {
    /** The pair that lies at these paths already. */
    public PipePair(Path commands, Path events) {
        this(new NamedPipe(commands), new NamedPipe(events));
    }

    /**
     * Makes pairs in a new folder that only its owner can enter, below {@code java.io.tmpdir}. The
     * folder goes with the last of them that is unlinked.
     *
     * @param count how many
     */
    public static List<PipePair> create(int count) throws IOException, InterruptedException {
        Path folder = PipeFolder.create();
        try {
            List<Path> paths = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                paths.add(folder.resolve("commands-" + i));
                paths.add(folder.resolve("events-" + i));
            }
            List<NamedPipe> pipes = NamedPipe.create(paths);
            return IntStream.range(0, count)
                    .mapToObj(i -> new PipePair(pipes.get(2 * i), pipes.get(2 * i + 1)))
                    .toList();
        } catch (IOException | InterruptedException e) {
            for (int i = 0; i < count; i++) {
                Files.deleteIfExists(folder.resolve("commands-" + i));
                Files.deleteIfExists(folder.resolve("events-" + i));
            }
            Files.deleteIfExists(folder);
            throw e;
        }
    }

    /** Waits for the worker to open its ends. */
    public PipeEnds openAsCoordinator() throws IOException {
        FileChannel out = commands.openToWrite();
        return new PipeEnds(second(events, false, out), out);
    }

    /** Waits for the coordinator to open its ends. */
    public PipeEnds openAsWorker() throws IOException {
        FileChannel in = commands.openToRead();
        return new PipeEnds(in, second(events, true, in));
    }

    private static FileChannel second(NamedPipe pipe, boolean write, FileChannel first)
            throws IOException {
        try {
            return write ? pipe.openToWrite() : pipe.openToRead();
        } catch (IOException e) {
            first.close();
            throw e;
        }
    }

    /**
     * Frees a thread of this process that waits in {@link #openAsCoordinator()}: it gets its ends,
     * and the end of the stream when it reads. Does nothing if the names are gone.
     *
     * @param opened counted down when that thread has its ends, or has failed to get them
     */
    public void release(CountDownLatch opened) throws IOException, InterruptedException {
        if (opened.getCount() == 0) {
            return;
        }
        try (FileChannel _ = commands.openBothEnds();
                FileChannel _ = events.openBothEnds()) {
            opened.await();
        }
    }

    /** Takes the names away; what is open stays open. Done twice, it does nothing. */
    public void unlink() throws IOException {
        Files.deleteIfExists(commands.path());
        Files.deleteIfExists(events.path());
        Path folder = commands.path().getParent();
        if (folder != null) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                // Others of the batch are still to be opened.
                return;
            }
        }
    }
}
