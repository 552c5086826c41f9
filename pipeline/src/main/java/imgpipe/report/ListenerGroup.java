package imgpipe.report;

import imgpipe.job.JobListener;
import imgpipe.job.JobSummary;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Footprint;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.util.List;

/**
 * Several listeners as one; each hears everything, in this order.
 *
 * @param listeners who hears
 */
public record ListenerGroup(List<JobListener> listeners) implements JobListener {
    public ListenerGroup {
        listeners = List.copyOf(listeners);
    }

    @Override
    public void scanning(long found, long bytes) {
        listeners.forEach(listener -> listener.scanning(found, bytes));
    }

    @Override
    public void planned(long tasks, long bytes, long skipped) {
        listeners.forEach(listener -> listener.planned(tasks, bytes, skipped));
    }

    @Override
    public void started(int worker, Task task) {
        listeners.forEach(listener -> listener.started(worker, task));
    }

    @Override
    public void idle(int worker) {
        listeners.forEach(listener -> listener.idle(worker));
    }

    @Override
    public void deferred(Task task, Footprint need) {
        listeners.forEach(listener -> listener.deferred(task, need));
    }

    @Override
    public void recorded(Task task, Outcome outcome, long bytesOut) {
        listeners.forEach(listener -> listener.recorded(task, outcome, bytesOut));
    }

    @Override
    public void failed(String name, FailureKind kind, String sentence) {
        listeners.forEach(listener -> listener.failed(name, kind, sentence));
    }

    @Override
    public void wouldWrite(String source, String target) {
        listeners.forEach(listener -> listener.wouldWrite(source, target));
    }

    @Override
    public void workerDied(int worker, String report) {
        listeners.forEach(listener -> listener.workerDied(worker, report));
    }

    @Override
    public void warning(String sentence) {
        listeners.forEach(listener -> listener.warning(sentence));
    }

    @Override
    public void emptied(long known) {
        listeners.forEach(listener -> listener.emptied(known));
    }

    @Override
    public void stuck(JobSummary summary) {
        listeners.forEach(listener -> listener.stuck(summary));
    }
}
