package imgpipe.pipe;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The two FIFOs between the coordinator and one worker process.
 *
 * <p>Opening one waits for the other side, and nothing ends that wait if the other side dies and
 * the names vanish. So the coordinator, for whom a lost worker must cost no thread, opens both ends
 * of both, which never waits, and lets go of the worker's when it has heard of the worker. The
 * worker opens commands first, then events.
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

    /**
     * Opens the coordinator's ends without waiting for the worker, who may never come: each FIFO is
     * held open by both its ends meanwhile.
     *
     * @return ends that see no end of the stream before {@link PipeEnds#letGo()}
     */
    public PipeEnds openAsCoordinator() throws IOException {
        FileChannel heldCommands = commands.openBothEnds();
        try {
            FileChannel heldEvents = events.openBothEnds();
            try {
                FileChannel out = commands.openToWrite();
                return new PipeEnds(
                        second(events, false, out), out, List.of(heldCommands, heldEvents));
            } catch (IOException e) {
                heldEvents.close();
                throw e;
            }
        } catch (IOException e) {
            heldCommands.close();
            throw e;
        }
    }

    /** Waits for the coordinator to open its ends. */
    public PipeEnds openAsWorker() throws IOException {
        FileChannel in = commands.openToRead();
        return new PipeEnds(in, second(events, true, in), List.of());
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
