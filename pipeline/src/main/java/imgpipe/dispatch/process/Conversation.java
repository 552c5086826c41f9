package imgpipe.dispatch.process;

import imgpipe.dispatch.TaskListener;
import imgpipe.protocol.Command;
import imgpipe.protocol.Event;
import imgpipe.protocol.ProtocolException;
import imgpipe.protocol.ProtocolException.Kind;
import imgpipe.shard.Footprint;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is said between the coordinator and one worker process. One thread hears, another speaks, so
 * that neither a slow source of shards nor a worker that does not read keeps anybody from hearing.
 */
final class Conversation implements WorkerProcess.Listener {
    /** Ids of requests, unique in this process. */
    private static final AtomicLong REQUESTS = new AtomicLong();

    private enum Prompt {
        NEXT_SHARD,
        CANCEL,
        ENDED
    }

    private final int number;
    private final WorkerProcess worker;
    private final PoolSettings settings;
    private final ShardQueue queue;
    private final TaskListener listener;
    private final Runnable begin;
    private final BlockingQueue<Prompt> prompts = new LinkedBlockingQueue<>();
    private volatile @Nullable ShardProgress progress;
    private volatile boolean begun;
    private volatile long finished;
    private volatile @Nullable Throwable defect;
    private volatile @Nullable Task firstFinished;

    /**
     * A conversation about to begin.
     *
     * @param begin called when a task was started
     */
    Conversation(
            int number,
            WorkerProcess worker,
            PoolSettings settings,
            ShardQueue queue,
            TaskListener listener,
            Runnable begin) {
        this.number = number;
        this.worker = worker;
        this.settings = settings;
        this.queue = queue;
        this.listener = listener;
        this.begin = begin;
    }

    /**
     * Speaks until the worker is gone.
     *
     * @param first a shard that this worker is to do before it gets others, or null
     */
    void speak(@Nullable Shard first) throws InterruptedException {
        Shard own = first;
        while (true) {
            switch (prompts.take()) {
                case NEXT_SHARD -> {
                    boolean isOwn = own != null && !queue.isStopped();
                    Shard shard = isOwn ? own : queue.take(worker::isGone);
                    own = null;
                    if (shard == null) {
                        worker.shutDown();
                    } else if (settings.recycling().isDue(finished, worker.pid())) {
                        // Only now, as a successor is sure to have something to do: this shard, if
                        // no other takes it before it is there.
                        queue.giveBack(shard);
                        queue.done();
                        worker.shutDown();
                    } else if (!assign(shard) && !isOwn) {
                        queue.giveBack(shard);
                        queue.done();
                    }
                }
                case CANCEL -> {
                    ShardProgress current = progress;
                    if (current != null) {
                        current.cancel();
                        worker.send(new Command.Cancel(current.request()));
                    }
                }
                case ENDED -> {
                    rethrow(defect);
                    return;
                }
            }
        }
    }

    private static void rethrow(@Nullable Throwable thrown) {
        switch (thrown) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /** Whether the worker has it now: it may be gone, or have asked more often than it may. */
    private boolean assign(Shard shard) {
        if (!worker.move(new WorkerState.Busy())) {
            return false;
        }
        ShardProgress next = new ShardProgress(REQUESTS.incrementAndGet(), shard);
        progress = next;
        expectAnswer();
        worker.send(new Command.RunShard(next.request(), shard));
        return true;
    }

    /** The picture in hand is to be the last. */
    void cancel() {
        prompts.add(Prompt.CANCEL);
    }

    @Override
    public void said(Event event) throws ProtocolException {
        switch (event) {
            case Event.NextShard() -> {
                if (!worker.state().equals(new WorkerState.Ready())) {
                    checkAlive("a worker asks for work that is " + worker.state());
                    return;
                }
                worker.deadline().relax();
                prompts.add(Prompt.NEXT_SHARD);
            }
            case Event.TaskStarted(long id, long task) -> {
                Task started = current(event).start(id, task);
                begun = true;
                begin.run();
                listener.started(number, started);
                worker.deadline().expectWithin(allowed(settings.timeout()), KillReason.DEADLINE);
            }
            case Event.TaskFinished(long id, var outcome) -> {
                Task task = current(event).finish(id, outcome);
                worker.deadline().relax();
                if (firstFinished == null) {
                    firstFinished = task;
                }
                // Read by the thread that speaks, written by this one alone.
                long before = finished;
                finished = before + 1;
                listener.finished(number, task, outcome);
                expectAnswer();
            }
            case Event.TaskDeferred(long id, long task, Footprint need) -> {
                ShardProgress current = current(event);
                Task deferred = current.defer(id, task);
                worker.deadline().relax();
                if (firstFinished == null) {
                    firstFinished = deferred;
                }
                queue.defer(new DeferredTask(deferred, current.shard(), need));
                listener.deferred(number, deferred, need);
                expectAnswer();
            }
            case Event.ShardFinished(long id) -> {
                ShardProgress current = current(event);
                current.end(id);
                progress = null;
                Shard rest = current.rest();
                if (rest != null) {
                    queue.giveBack(rest);
                }
                queue.done();
                worker.moveOrComplain(new WorkerState.Ready(), "a finished shard");
            }
            case Event.Hello hello -> throw new IllegalStateException("not for us: " + hello);
            case Event.Bye bye -> throw new IllegalStateException("not for us: " + bye);
        }
    }

    private void expectAnswer() {
        worker.deadline().expectWithin(allowed(settings.answerTimeout()), KillReason.SILENT);
    }

    /**
     * A new JVM interprets what is compiled later: until it has done a picture it gets more time.
     */
    private Duration allowed(Duration limit) {
        return finished == 0 ? limit.plus(worker.allowance()) : limit;
    }

    private ShardProgress current(Event event) throws ProtocolException {
        ShardProgress current = progress;
        if (current == null) {
            throw new ProtocolException(Kind.ORDER, event + " from a worker without a shard");
        }
        return current;
    }

    private void checkAlive(String complaint) throws ProtocolException {
        // What a worker said before it was killed is still heard, and is no offence.
        if (!worker.state().isFinal()) {
            throw new ProtocolException(Kind.ORDER, complaint);
        }
    }

    @Override
    public void ended(@Nullable Throwable thrown) {
        defect = thrown;
        prompts.add(Prompt.ENDED);
        queue.wake();
    }

    /** Whether a task was started. */
    boolean hasBegun() {
        return begun;
    }

    /** The first task that was finished. */
    @Nullable Task firstFinished() {
        return firstFinished;
    }

    /** The shard that was not finished, if there is one. */
    @Nullable ShardProgress unfinished() {
        return progress;
    }
}
