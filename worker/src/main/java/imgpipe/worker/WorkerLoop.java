package imgpipe.worker;

import imgpipe.engine.TaskEngine;
import imgpipe.protocol.Command;
import imgpipe.protocol.Commands;
import imgpipe.protocol.Event;
import imgpipe.protocol.Events;
import imgpipe.shard.Deferred;
import imgpipe.shard.Footprint;
import imgpipe.shard.MemoryBudget;
import imgpipe.shard.Outcome;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The worker's side of the conversation: asks for a shard, does its tasks in order, tells of each
 * when it begins and ends, and asks again until told to shut down.
 *
 * <p>A second thread reads commands all the time, so that the end of the stream, which says that
 * the coordinator is gone, is noticed even while a picture is in hand.
 *
 * <p>After an {@link Error} in a task the task fails, the rest of the shard is left undone, and the
 * loop ends with {@link Event.ShardFinished} and {@link Event.Bye} without asking for more: the
 * coordinator gives what is left to a new process.
 */
public final class WorkerLoop {
    private static final System.Logger LOG = System.getLogger(WorkerLoop.class.getName());

    private final InputStream commands;
    private final OutputStream events;
    private final TaskEngine engine;
    private final MemoryBudget budget;
    private final Runnable abandoned;
    private final BlockingQueue<Command> received = new LinkedBlockingQueue<>();
    private volatile long cancelled = -1;

    /** A loop without bounds on memory. */
    public WorkerLoop(
            InputStream commands, OutputStream events, TaskEngine engine, Runnable abandoned) {
        this(commands, events, engine, MemoryBudget.UNBOUNDED, abandoned);
    }

    /**
     * A loop that has not begun.
     *
     * @param budget for each picture
     * @param abandoned called from the reading thread when commands end or make no sense; ends the
     *     process, as nobody is left to work for
     */
    public WorkerLoop(
            InputStream commands,
            OutputStream events,
            TaskEngine engine,
            MemoryBudget budget,
            Runnable abandoned) {
        this.commands = commands;
        this.events = events;
        this.engine = engine;
        this.budget = budget;
        this.abandoned = abandoned;
    }

    /**
     * Runs until shut down.
     *
     * @param pid of this process
     * @param generation as given by the coordinator
     * @throws IOException if events cannot be written: the coordinator is gone
     */
    public void run(long pid, int generation) throws IOException, InterruptedException {
        Thread.ofPlatform().daemon().name("imgpipe-commands").start(this::read);
        Events.write(events, new Event.Hello(Events.VERSION, pid, generation));
        boolean more = true;
        while (more) {
            Events.write(events, new Event.NextShard());
            more = serve();
        }
        Events.write(events, new Event.Bye());
    }

    private boolean serve() throws IOException, InterruptedException {
        while (true) {
            switch (received.take()) {
                case Command.RunShard(long id, Shard shard) -> {
                    return run(id, shard);
                }
                case Command.Shutdown() -> {
                    return false;
                }
                case Command.Cancel cancel -> {
                    // It came after the shard had been finished.
                }
            }
        }
    }

    private boolean run(long id, Shard shard) throws IOException {
        Path temporaryFolder = Path.of(URI.create("file://" + shard.temporaryFolder()));
        boolean usable = true;
        for (Task task : shard.tasks()) {
            if (cancelled == id || !usable) {
                break;
            }
            Events.write(events, new Event.TaskStarted(id, task.id()));
            Attempt attempt = Attempt.of(engine, task, shard.limits(), temporaryFolder, budget);
            Events.write(
                    events,
                    switch (attempt.answer()) {
                        case Outcome outcome -> new Event.TaskFinished(id, outcome);
                        case Deferred(long put, Footprint need) ->
                                new Event.TaskDeferred(id, put, need);
                    });
            usable = !attempt.last();
        }
        Events.write(events, new Event.ShardFinished(id));
        return usable;
    }

    private void read() {
        boolean over = false;
        try {
            for (Command command = Commands.read(commands);
                    command != null;
                    command = Commands.read(commands)) {
                if (command instanceof Command.Cancel(long id)) {
                    cancelled = id;
                }
                received.add(command);
                if (command instanceof Command.Shutdown) {
                    over = true;
                    return;
                }
            }
        } catch (ClosedChannelException e) {
            // This side has closed it, having said goodbye.
            over = true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "commands cannot be read", e);
        } finally {
            if (!over) {
                abandoned.run();
            }
        }
    }
}
