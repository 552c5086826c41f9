package imgpipe.dispatch.process;

import imgpipe.dispatch.RunFailedException;
import imgpipe.dispatch.TaskListener;
import imgpipe.pipe.PipePair;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A worker's number and the processes that bear it, one after the other. When one dies, the picture
 * it had in hand is the first that its successor gets, alone; the rest of the shard is for anybody.
 */
final class WorkerSlot {
    private final PoolSettings settings;
    private final int number;
    private final WorkerLog log;
    private final PipePair firstPipes;
    private final ShardQueue queue;
    private final TaskListener listener;
    private final ScheduledExecutorService deadlines;
    private final Stillbirths stillbirths;
    private @Nullable Suspect suspect;
    private volatile @Nullable WorkerProcess worker;
    private volatile @Nullable Conversation conversation;

    WorkerSlot(
            PoolSettings settings,
            int number,
            WorkerLog log,
            PipePair firstPipes,
            ShardQueue queue,
            TaskListener listener,
            ScheduledExecutorService deadlines,
            Stillbirths stillbirths) {
        this.settings = settings;
        this.number = number;
        this.log = log;
        this.firstPipes = firstPipes;
        this.queue = queue;
        this.listener = listener;
        this.deadlines = deadlines;
        this.stillbirths = stillbirths;
    }

    /** Runs processes until there is nothing for them. */
    void run() throws IOException, InterruptedException, RunFailedException {
        try {
            PipePair pipes = firstPipes;
            for (int generation = 0; isNeeded(); generation++) {
                if (generation > 0) {
                    pipes = PipePair.create(1).getFirst();
                }
                serve(generation, pipes);
            }
        } finally {
            firstPipes.unlink();
        }
    }

    private boolean isNeeded() {
        return suspect == null ? queue.hasNext() : !queue.isStopped();
    }

    private void serve(int generation, PipePair pipes)
            throws IOException, InterruptedException, RunFailedException {
        WorkerProcess process = start(generation, pipes);
        try {
            Conversation talk =
                    new Conversation(
                            number, process, settings, queue, listener, stillbirths::begun);
            conversation = talk;
            worker = process;
            if (queue.isStopped()) {
                process.kill(KillReason.CLOSED);
            }
            process.listen(talk);
            talk.speak(suspect == null ? null : suspect.alone());
            worker = null;
            bury(process, talk);
        } finally {
            process.end();
        }
    }

    private WorkerProcess start(int generation, PipePair pipes)
            throws IOException, RunFailedException {
        try {
            return new WorkerProcess(settings, number, generation, pipes, log, deadlines);
        } catch (IOException e) {
            pipes.unlink();
            throw new RunFailedException(
                    "worker %d cannot be started: %s".formatted(number, e.getMessage()), e);
        }
    }

    private void bury(WorkerProcess process, Conversation talk) throws RunFailedException {
        if (suspect != null && suspect.task().equals(talk.firstFinished())) {
            suspect = null;
        }
        ShardProgress unfinished = talk.unfinished();
        Task inHand = unfinished == null ? null : unfinished.inHand();
        CrashReport report = process.report(inHand);
        if (report != null) {
            listener.workerDied(number, report.text());
            if (unfinished != null) {
                blame(unfinished, inHand, report);
            }
            if (!talk.hasBegun()) {
                stillbirths.another(report);
            }
        }
    }

    private void blame(ShardProgress unfinished, @Nullable Task inHand, CrashReport report) {
        if (suspect == null) {
            Shard rest = unfinished.rest();
            if (rest != null) {
                queue.giveBack(rest);
            }
            if (inHand == null) {
                queue.done();
            } else {
                suspect = new Suspect(inHand, unfinished.shard());
            }
        }
        if (suspect != null && inHand != null) {
            suspect.add(report);
            if (suspect.isProven()) {
                listener.finished(number, inHand, suspect.verdict(settings.logFolder()));
                suspect = null;
                queue.done();
            } else {
                listener.triedAgain(number, inHand);
            }
        }
    }

    /** How it stands, for people. */
    String state() {
        WorkerProcess process = worker;
        Conversation talk = conversation;
        if (process == null || talk == null) {
            return "worker %d: no process".formatted(number);
        }
        ShardProgress shard = talk.unfinished();
        return "worker %d (pid %d): %s, %s"
                .formatted(
                        number, process.pid(), process.state(), shard == null ? "no shard" : shard);
    }

    /** The picture in hand is to be the last. Called when the queue has been stopped. */
    void stop() {
        WorkerProcess process = worker;
        Conversation talk = conversation;
        if (process != null && talk != null) {
            if (process.state() instanceof WorkerState.Starting) {
                process.kill(KillReason.CLOSED);
            } else {
                talk.cancel();
            }
        }
    }

    /** Ends the process. Called when the queue has been stopped. */
    void kill() {
        WorkerProcess process = worker;
        if (process != null) {
            process.kill(KillReason.CLOSED);
        }
    }
}
