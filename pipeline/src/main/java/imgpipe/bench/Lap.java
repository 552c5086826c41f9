package imgpipe.bench;

/**
 * One measurement: a contender that is up and warm gets the pictures, and the clock stops at its
 * last outcome.
 *
 * @param pictures done
 * @param pixels of their sources
 * @param seconds wall time
 * @param cpuSeconds CPU time of all threads and processes, this JVM's own included; NaN where the
 *     system does not tell
 * @param gcSeconds that this JVM stood still for garbage collection
 */
public record Lap(int pictures, long pixels, double seconds, double cpuSeconds, double gcSeconds) {
    /** Pictures a second. */
    public double rate() {
        return pictures / seconds;
    }

    /** CPU seconds that a picture cost. */
    public double cpuPerPicture() {
        return cpuSeconds / pictures;
    }

    /** How many cores were busy on average. */
    public double coresBusy() {
        return cpuSeconds / seconds;
    }
}
