package imgpipe.report;

import imgpipe.job.JobListener;
import imgpipe.job.JobSummary;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Footprint;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Several listeners as one; each hears everything, in this order. One that throws hears nothing any
 * more, and the others are warned: a report is no reason to end a run.
 */
public final class ListenerGroup implements JobListener {
    private final List<JobListener> listeners;
    private final Set<JobListener> broken = ConcurrentHashMap.newKeySet();

    /**
     * A group.
     *
     * @param listeners who hears
     */
    public ListenerGroup(List<JobListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    private void tell(Consumer<JobListener> news) {
        for (JobListener listener : listeners) {
            if (broken.contains(listener)) {
                continue;
            }
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                if (broken.add(listener)) {
                    warning("a report of this run lacks what follows: unexpected " + at(e));
                }
            }
        }
    }

    private static String at(RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? e.toString() : e + " at " + trace[0];
    }

    @Override
    public void scanning(long found, long bytes) {
        tell(listener -> listener.scanning(found, bytes));
    }

    @Override
    public void planned(long tasks, long bytes, long skipped) {
        tell(listener -> listener.planned(tasks, bytes, skipped));
    }

    @Override
    public void started(int worker, Task task) {
        tell(listener -> listener.started(worker, task));
    }

    @Override
    public void idle(int worker) {
        tell(listener -> listener.idle(worker));
    }

    @Override
    public void deferred(Task task, Footprint need) {
        tell(listener -> listener.deferred(task, need));
    }

    @Override
    public void recorded(Task task, Outcome outcome, long bytesOut) {
        tell(listener -> listener.recorded(task, outcome, bytesOut));
    }

    @Override
    public void failed(String name, FailureKind kind, String sentence) {
        tell(listener -> listener.failed(name, kind, sentence));
    }

    @Override
    public void left(String name, FailureKind kind, String sentence) {
        tell(listener -> listener.left(name, kind, sentence));
    }

    @Override
    public void upToDate(Task task) {
        tell(listener -> listener.upToDate(task));
    }

    @Override
    public void wouldWrite(String source, String target) {
        tell(listener -> listener.wouldWrite(source, target));
    }

    @Override
    public void workerDied(int worker, String report) {
        tell(listener -> listener.workerDied(worker, report));
    }

    @Override
    public void warning(String sentence) {
        tell(listener -> listener.warning(sentence));
    }

    @Override
    public void emptied(long known) {
        listeners.forEach(listener -> listener.emptied(known));
    }

    @Override
    public void stuck(JobSummary summary) {
        tell(listener -> listener.stuck(summary));
    }
}
