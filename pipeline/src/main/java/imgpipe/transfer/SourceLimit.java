package imgpipe.transfer;

/**
 * How large one source may be.
 *
 * @param bytes at most, at least 1
 * @param options what says so, with a verb, for people
 */
record SourceLimit(long bytes, String options) {
    /**
     * The smaller one of two. Half of the spool may be with sources that wait for the end of the
     * run.
     *
     * @param file bytes that a file may have
     * @param spool bytes that the spool may hold
     */
    static SourceLimit of(long file, long spool) {
        long half = Math.max(1, spool / 2);
        if (file == half) {
            return new SourceLimit(file, "--max-file and half of --spool-size allow");
        }
        return file < half
                ? new SourceLimit(file, "--max-file allows")
                : new SourceLimit(half, "half of --spool-size allows");
    }
}
