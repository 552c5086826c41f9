package imgpipe.job;

import java.io.IOException;

/** Lists the pictures of an input as a stream: memory does not grow with their number. */
interface Scan extends AutoCloseable {
    /**
     * Reports everything in the input, each picture once. May be called again, for the same answer
     * if nothing changed.
     */
    void scan(ScanListener listener) throws IOException, JobException, InterruptedException;

    /** Whether pictures are found by searching, and not by their names. */
    boolean searches();

    @Override
    void close() throws IOException;
}
