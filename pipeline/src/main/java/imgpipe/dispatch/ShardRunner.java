package imgpipe.dispatch;

/** Runs every task of every shard to an outcome. One instance serves one run. */
public interface ShardRunner extends AutoCloseable {
    /** How many tasks are worked on at the same time. */
    int workers();

    /**
     * Takes shards until there are none, and returns when every task taken has finished, or, after
     * {@link #stop()}, when the tasks in hand have. Workers are started at once, while the first
     * shard may be long in coming.
     *
     * @throws RunFailedException when workers cannot be started or die before they have begun
     * @throws InterruptedException when the calling thread is interrupted; workers are ended first
     */
    void run(ShardSource shards, TaskListener listener)
            throws RunFailedException, InterruptedException;

    /**
     * Asks a run to end early: pictures in hand are finished, what was not begun never is and is
     * not reported. May be called from any thread, at any time, more than once.
     */
    void stop();

    /** Where workers and shards stand, in lines for people. May be called from any thread. */
    default String state() {
        return "";
    }

    /** Ends whatever is still running, at once. */
    @Override
    void close();
}
