package imgpipe.worker;

import imgpipe.engine.Engine;
import imgpipe.pipe.PipeEnds;
import imgpipe.pipe.PipePair;
import imgpipe.shard.Footprint;
import imgpipe.shard.MemoryBudget;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The worker process. Started by the coordinator, never by people.
 *
 * <p>Arguments: the FIFO of commands and that of events, each as the percent-encoded path of {@link
 * Path#toUri()}, the generation, and what it may spend: bytes of heap and beside it, and the same
 * if it were alone.
 *
 * <p>The process halts at once when its coordinator is gone: that is the end of commands, or, while
 * it still waits for the FIFOs to be opened, the end of standard input, which is used for nothing
 * else.
 */
public final class WorkerMain {
    private static final int ABANDONED = 1;

    private WorkerMain() {}

    /** Runs the worker. */
    public static void main(String[] args) throws IOException, InterruptedException {
        leaveSignalsToCoordinator();
        Thread lifeline =
                Thread.ofPlatform().daemon().name("imgpipe-lifeline").start(WorkerMain::watch);
        int generation = Integer.parseInt(args[2]);
        MemoryBudget budget = new MemoryBudget(footprint(args, 3), footprint(args, 5));
        try (PipeEnds ends = new PipePair(path(args[0]), path(args[1])).openAsWorker();
                Engine engine = Engine.create()) {
            new WorkerLoop(ends.in(), ends.out(), engine, budget, WorkerMain::halt)
                    .run(ProcessHandle.current().pid(), generation);
        }
        // A thread that is inside a system call holds up the JVM's end by 300 ms.
        lifeline.interrupt();
        lifeline.join();
        // No shutdown hook is worth waiting for, nor a library's thread that is no daemon.
        Runtime.getRuntime().halt(0);
    }

    private static Footprint footprint(String[] args, int first) {
        return new Footprint(Long.parseLong(args[first]), Long.parseLong(args[first + 1]));
    }

    /**
     * A terminal and a service manager send these to all processes at once. The coordinator answers
     * them, and the picture in hand is to be finished.
     */
    private static void leaveSignalsToCoordinator() {
        for (String name : List.of("INT", "TERM", "HUP")) {
            Signal.handle(new Signal(name), SignalHandler.SIG_IGN);
        }
    }

    private static Path path(String encoded) {
        return Path.of(URI.create("file://" + encoded));
    }

    private static void watch() {
        // A channel, because reading from a stream cannot be interrupted.
        try (FileChannel input = new FileInputStream(FileDescriptor.in).getChannel()) {
            ByteBuffer ignored = ByteBuffer.allocate(1);
            while (input.read(ignored.clear()) >= 0) {
                // Nobody says anything here.
            }
        } catch (ClosedByInterruptException e) {
            return;
        } catch (IOException e) {
            // As good as its end.
        }
        halt();
    }

    private static void halt() {
        Runtime.getRuntime().halt(ABANDONED);
    }
}
