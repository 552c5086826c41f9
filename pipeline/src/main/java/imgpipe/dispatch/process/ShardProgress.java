package imgpipe.dispatch.process;

import imgpipe.protocol.ProtocolException;
import imgpipe.protocol.ProtocolException.Kind;
import imgpipe.shard.Outcome;
import imgpipe.shard.Shard;
import imgpipe.shard.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a worker has come with a shard. Tasks are started and finished in their order. */
final class ShardProgress {
    private final long request;
    private final Shard shard;
    private int finished;
    private boolean started;
    private volatile boolean cancelled;

    ShardProgress(long request, Shard shard) {
        this.request = request;
        this.shard = shard;
    }

    long request() {
        return request;
    }

    Shard shard() {
        return shard;
    }

    /** The next task is in hand. */
    Task start(long id, long task) throws ProtocolException {
        expect(
                id == request
                        && !started
                        && finished < shard.tasks().size()
                        && shard.tasks().get(finished).id() == task,
                "task %d of request %d started".formatted(task, id));
        started = true;
        return shard.tasks().get(finished);
    }

    /** The task in hand is finished. */
    Task finish(long id, Outcome outcome) throws ProtocolException {
        expect(
                id == request && started && shard.tasks().get(finished).id() == outcome.task(),
                "task %d of request %d finished".formatted(outcome.task(), id));
        started = false;
        return shard.tasks().get(finished++);
    }

    /** The task in hand is put off. */
    Task defer(long id, long task) throws ProtocolException {
        expect(
                id == request && started && shard.tasks().get(finished).id() == task,
                "task %d of request %d put off".formatted(task, id));
        started = false;
        return shard.tasks().get(finished++);
    }

    /** The worker was asked to do no more than it has in hand. */
    void cancel() {
        cancelled = true;
    }

    /** The worker does no more of it. Unless asked to stop, it has to have done something. */
    void end(long id) throws ProtocolException {
        expect(
                id == request && !started && (finished > 0 || cancelled),
                "request %d finished".formatted(id));
    }

    /** The task that was started and not finished. */
    @Nullable Task inHand() {
        return started ? shard.tasks().get(finished) : null;
    }

    /** The tasks that were not started, or null if there are none. */
    @Nullable Shard rest() {
        List<Task> rest = shard.tasks().subList(finished + (started ? 1 : 0), shard.tasks().size());
        return rest.isEmpty()
                ? null
                : new Shard(shard.id(), shard.temporaryFolder(), shard.limits(), rest);
    }

    private void expect(boolean holds, String said) throws ProtocolException {
        if (!holds) {
            throw new ProtocolException(
                    Kind.ORDER,
                    "%s, but of request %d %d of %d tasks are finished and %s is started"
                            .formatted(
                                    said,
                                    request,
                                    finished,
                                    shard.tasks().size(),
                                    started ? "one" : "none"));
        }
    }

    @Override
    public String toString() {
        return "request %d, %d of %d tasks finished, %s in hand"
                .formatted(
                        request,
                        finished,
                        shard.tasks().size(),
                        started ? shard.tasks().get(finished).name() : "none");
    }
}
