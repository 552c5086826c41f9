package imgpipe.job;

import imgpipe.dispatch.ShardSource;
import imgpipe.dispatch.TaskListener;
import java.io.IOException;
import java.nio.file.Path;

/** How the sources of planned tasks come near to the workers. */
interface Supply extends AutoCloseable {
    /** The folder that workers read, without links. */
    Path root();

    /** Who is told what becomes of the tasks in the shards. */
    TaskListener listener();

    /**
     * Begins with the first task. Called once.
     *
     * @param spool all tasks of the run
     * @param workers as many as work on them
     */
    ShardSource begin(TaskSpool spool, int workers);

    @Override
    void close() throws IOException;
}
