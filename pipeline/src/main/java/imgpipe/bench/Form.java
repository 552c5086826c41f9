package imgpipe.bench;

import java.util.Locale;

/** Ways to work on many pictures. */
public enum Form {
    /** One after the other in a plain loop on one thread. */
    SEQUENTIAL,
    /** Threads of one JVM, each with an engine of its own. */
    THREADS,
    /** Worker processes. */
    PROCESSES;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
