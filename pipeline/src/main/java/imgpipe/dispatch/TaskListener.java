package imgpipe.dispatch;

import imgpipe.shard.Footprint;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;

/**
 * Hears what happens to tasks. Called from the runner's threads; the calls of one worker come one
 * after the other. A task that is tried again is started again; it is finished once.
 */
public interface TaskListener {
    /**
     * A worker begins with a task.
     *
     * @param worker its number, from 0 to {@link ShardRunner#workers()} - 1
     */
    void started(int worker, Task task);

    /**
     * A task has its final outcome. Its temporary files, if it is done, are the listener's from now
     * on.
     */
    void finished(int worker, Task task, Outcome outcome);

    /**
     * A task that was started is put off: it needs more memory than a worker has beside others. It
     * will be started again when there are fewer.
     */
    void deferred(int worker, Task task, Footprint need);

    /**
     * A task that was started came to no outcome and goes back to be started again. It may never be
     * when the run is stopped.
     */
    default void triedAgain(int worker, Task task) {}

    /**
     * A worker process ended that should not have. What becomes of the task that it had in hand, if
     * it had one, is told next.
     *
     * @param report lines for people: worker, pid, exit value or signal, picture in hand, end of
     *     its log
     */
    void workerDied(int worker, String report);
}
