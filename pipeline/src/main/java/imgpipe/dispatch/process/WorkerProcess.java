package imgpipe.dispatch.process;

import imgpipe.pipe.PipeEnds;
import imgpipe.pipe.PipePair;
import imgpipe.protocol.Command;
import imgpipe.protocol.Commands;
import imgpipe.protocol.Event;
import imgpipe.protocol.Events;
import imgpipe.protocol.ProtocolException;
import imgpipe.protocol.ProtocolException.Kind;
import imgpipe.shard.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One worker process from start to end: its pipes, its log, its state, and the deadline for what it
 * is to do next.
 *
 * <p>One thread of its own opens the pipes and reads events; another drains its output. Commands
 * are sent by the owner's thread, which may be held up by a worker that does not read, until the
 * deadline ends that worker. The process's standard input is kept open and unused: its end tells a
 * worker whose pipes are not open yet that the coordinator is gone.
 */
final class WorkerProcess {
    /**
     * How long a worker may take to exit once it has nothing more to do; after the end of the
     * conversation {@link #allowance} is added.
     */
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(5);

    private static final int STARTS = 5;
    private static final Duration MOST_ALLOWANCE = Duration.ofSeconds(30);

    /** What hears a worker; called from the thread that reads. */
    interface Listener {
        /** It said something other than hello and goodbye. */
        void said(Event event) throws ProtocolException;

        /**
         * It is gone; nothing follows.
         *
         * @param defect what {@link #said} threw that is no fault of the worker's, or null
         */
        void ended(@Nullable Throwable defect);
    }

    private final PoolSettings settings;
    private final int number;
    private final int generation;
    private final PipePair pipes;
    private final WorkerLog log;
    private final ScheduledExecutorService clock;
    private final Deadline deadline;
    private final long systemKillsBefore;
    private final Process process;
    private final long began = System.nanoTime();
    private final Thread drain;
    private @Nullable Thread reader;
    private volatile @Nullable PipeEnds ends;
    private volatile @Nullable String detail;
    private volatile @Nullable Path errorFile;
    private volatile boolean gone;
    private volatile Duration allowance = Duration.ZERO;
    private WorkerState state = new WorkerState.Starting();

    /** Starts the process. */
    WorkerProcess(
            PoolSettings settings,
            int number,
            int generation,
            PipePair pipes,
            WorkerLog log,
            ScheduledExecutorService clock)
            throws IOException {
        this.settings = settings;
        this.number = number;
        this.generation = generation;
        this.pipes = pipes;
        this.log = log;
        this.clock = clock;
        deadline = new Deadline(clock, this::kill);
        systemKillsBefore = OutOfMemoryKills.count();
        process = WorkerStart.start(settings, number, generation, pipes);
        String heading = "generation " + generation + ", pid " + process.pid();
        drain = daemon("output", () -> log.drain(process.getInputStream(), heading));
    }

    /** Opens the pipes and begins to read what the worker says. */
    void listen(Listener listener) {
        deadline.expectWithin(settings.startTimeout(), KillReason.SLOW_START);
        drain.start();
        reader = daemon("events", () -> read(listener));
        reader.start();
    }

    private Thread daemon(String role, Runnable work) {
        return Thread.ofPlatform()
                .daemon()
                .name("imgpipe-worker-" + number + "-" + role)
                .unstarted(work);
    }

    private void read(Listener listener) {
        Throwable defect = null;
        try {
            PipeEnds mine = pipes.openAsCoordinator();
            ends = mine;
            // The end of the stream is to be seen when the process is gone, said it hello or not.
            // The thread on which that runs may be as confined as the worker, and opens nothing.
            CompletableFuture<Void> _ = process.onExit().thenRun(this::letGo);
            boolean talking = true;
            while (talking) {
                Event event = Events.read(mine.in());
                switch (event) {
                    case null -> talking = false;
                    case Event.Hello hello -> greet(hello);
                    case Event.Bye bye -> {
                        moveOrComplain(new WorkerState.Exited(), "goodbye");
                        talking = false;
                    }
                    default -> listener.said(event);
                }
            }
        } catch (ProtocolException e) {
            detail = e.getMessage();
            // Half a frame is what somebody leaves who dies while writing; how, will be seen.
            if (e.kind() != Kind.CUT) {
                kill(KillReason.PROTOCOL);
            }
        } catch (IOException e) {
            detail = e.toString();
            kill(KillReason.PIPES);
        } catch (RuntimeException | Error e) {
            defect = e;
            kill(KillReason.CLOSED);
        }
        conclude();
        listener.ended(defect);
    }

    private void letGo() {
        PipeEnds mine = ends;
        if (mine != null) {
            try {
                mine.letGo();
            } catch (IOException e) {
                detail = "its pipes: " + e;
            }
        }
    }

    /**
     * Closes the pipes of a worker that was killed, if that does not end the conversation: a
     * process inside the kernel may not die, and another may have the pipe open too.
     */
    private void abandon() {
        PipeEnds mine = ends;
        if (!gone && mine != null) {
            try {
                mine.close();
            } catch (IOException e) {
                detail = "its pipes: " + e;
            }
        }
    }

    private void greet(Event.Hello hello) throws ProtocolException {
        // Another pid would mean that the shell is still there, and that killing it leaves an
        // orphan.
        if (hello.version() != Events.VERSION
                || hello.generation() != generation
                || hello.pid() != process.pid()) {
            throw new ProtocolException(
                    Kind.ORDER,
                    "%s from what was started as pid %d, generation %d"
                            .formatted(hello, process.pid(), generation));
        }
        Duration start = Duration.ofNanos(System.nanoTime() - began).multipliedBy(STARTS);
        allowance = start.compareTo(MOST_ALLOWANCE) < 0 ? start : MOST_ALLOWANCE;
        moveOrComplain(new WorkerState.Ready(), "hello");
        letGo();
        unlink();
    }

    private void conclude() {
        try (PipeEnds _ = ends) {
            // One that records for the start-up cache writes it now, the slower the busier the
            // machine is.
            if (!process.waitFor(EXIT_LIMIT.plus(allowance))) {
                kill(KillReason.LINGERING);
                // Even one that has said goodbye.
                process.destroyForcibly();
                if (!process.waitFor(EXIT_LIMIT)) {
                    detail = "the system does not end it: it waits inside the kernel, for a disk";
                }
            }
            drain.join(Duration.ofSeconds(1));
        } catch (IOException | InterruptedException e) {
            detail = e.toString();
        }
        deadline.relax();
        keepErrorFile();
        move(new WorkerState.Crashed());
        unlink();
        gone = true;
    }

    /** A confined JVM cannot leave its report where it is to be found. */
    private void keepErrorFile() {
        Path written = writtenErrorFile();
        if (Files.isRegularFile(written, LinkOption.NOFOLLOW_LINKS)) {
            Path kept = settings.logFolder().resolve(String.valueOf(written.getFileName()));
            try {
                if (!written.equals(kept)) {
                    Files.createDirectories(settings.logFolder());
                    Files.move(written, kept, StandardCopyOption.REPLACE_EXISTING);
                    log.note("what is saved as " + written + " is moved to " + kept);
                }
                errorFile = kept;
            } catch (IOException e) {
                detail = "its report cannot be kept: " + e;
            }
        }
    }

    private Path writtenErrorFile() {
        return WorkerCommand.errorFile(settings, number, Long.toString(process.pid()));
    }

    private void unlink() {
        try {
            pipes.unlink();
        } catch (IOException e) {
            detail = "its pipes cannot be removed: " + e;
        }
    }

    /**
     * Sends a command, if there is still somebody to hear it. May wait for the worker to read.
     *
     * @throws IllegalArgumentException if the command does not fit into a message
     */
    void send(Command command) {
        PipeEnds mine = ends;
        if (mine != null) {
            try {
                Commands.write(mine.out(), command);
            } catch (IOException e) {
                // It is dead or dying, and the thread that reads will tell.
                detail = "it took no command: " + e;
            }
        }
    }

    /** The only place where the state changes. Does nothing, and says so, if it cannot. */
    synchronized boolean move(WorkerState next) {
        if (!state.canBecome(next)) {
            return false;
        }
        state = next;
        return true;
    }

    /** Changes the state as the worker's word demands. */
    void moveOrComplain(WorkerState next, String said) throws ProtocolException {
        WorkerState before = state();
        if (!move(next) && !before.isFinal()) {
            throw new ProtocolException(Kind.ORDER, said + " from a worker that is " + before);
        }
    }

    synchronized WorkerState state() {
        return state;
    }

    /** Tells it to exit, if it waits for a shard. */
    void shutDown() {
        if (move(new WorkerState.Stopping())) {
            deadline.expectWithin(EXIT_LIMIT, KillReason.LINGERING);
            send(new Command.Shutdown());
        }
    }

    /** Ends it now, unless it has ended. */
    void kill(KillReason reason) {
        if (move(new WorkerState.Killed(reason))) {
            process.destroyForcibly();
            ScheduledFuture<?> _ =
                    clock.schedule(this::abandon, EXIT_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Ends it, if it has not ended, and returns when nothing is left of it. */
    void end() throws InterruptedException {
        kill(KillReason.CLOSED);
        if (reader != null) {
            reader.join();
        }
    }

    /**
     * What its first picture may take longer than others, and its exit than usual. A cold JVM needs
     * about a second of CPU more for it, which is four times what it needed to start; and the
     * start, as it was measured, took the longer the busier the machine is.
     */
    Duration allowance() {
        return allowance;
    }

    long pid() {
        return process.pid();
    }

    /** The time by which it is to say something. */
    Deadline deadline() {
        return deadline;
    }

    /** Whether the process has ended and all it said was heard. */
    boolean isGone() {
        return gone;
    }

    /**
     * What happened, once it is gone.
     *
     * @return null if it ended as it should
     */
    @Nullable CrashReport report(@Nullable Task inHand) {
        WorkerState last = state();
        if (last instanceof WorkerState.Exited
                || last.equals(new WorkerState.Killed(KillReason.CLOSED))) {
            return null;
        }
        String known = detail;
        String tail = log.tail();
        Path kept = errorFile;
        if (kept != null) {
            known = (known == null ? "" : known + "; ") + "its JVM's report is " + kept;
            tail = tail.replace(writtenErrorFile().toString(), kept.toString());
        }
        return new CrashReport(
                Instant.now(),
                number,
                generation,
                process.pid(),
                last,
                process.isAlive() ? -1 : process.exitValue(),
                systemKills(),
                inHand,
                known,
                tail,
                log.file());
    }

    private boolean systemKills() {
        long now = OutOfMemoryKills.count();
        return now == OutOfMemoryKills.UNKNOWN || now != systemKillsBefore;
    }
}
