package imgpipe.dispatch;

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
     * A worker process ended that should not have; what it had in hand is tried again.
     *
     * @param report lines for people: worker, pid, exit value or signal, picture in hand, end of
     *     its log
     */
    void workerDied(int worker, String report);
}
