package imgpipe.worker;

import imgpipe.pipe.PipeEnds;
import imgpipe.pipe.PipePair;
import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Takes the place of the worker's main class for {@code bench-coordinator}: speaks the protocol as
 * the real one does, but makes no picture. It acknowledges each task, with an output of 1 kB that the
 * coordinator then has to publish and to record.
 */
public final class WorkerMain {
    private static final byte[] OUTPUT = new byte[1000];

    private WorkerMain() {}

    /** Runs the worker; arguments as those of the real one. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (PipeEnds ends = new PipePair(path(args[0]), path(args[1])).openAsWorker()) {
            new WorkerLoop(ends.in(), ends.out(), WorkerMain::run, () -> System.exit(1))
                    .run(ProcessHandle.current().pid(), Integer.parseInt(args[2]));
        }
    }

    private static Outcome run(Task task, Limits limits, Path temporaryFolder) {
        try {
            Files.write(temporaryFolder.resolve(task.temporaryName(0)), OUTPUT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CRC32C crc = new CRC32C();
        crc.update(OUTPUT);
        Written written = new Written(OUTPUT.length, crc.getValue(), 1, 1);
        return new Outcome.Done(task.id(), List.of(written), 1, List.of());
    }

    private static Path path(String encoded) {
        return Path.of(URI.create("file://" + encoded));
    }
}
