package imgpipe.job;

import imgpipe.ledger.LedgerEntry.Output;

/** What lies where outputs go, as it was when the run began or is now. */
interface Outputs {
    /**
     * What is there.
     *
     * @param path percent-encoded, relative to the output
     * @return size and time; -1 bytes if it is not there, or cannot be looked at
     */
    Output now(String path);

    /** Whether an output may be written there without replacing anything. */
    default boolean isFree(String path) {
        return now(path).bytes() < 0;
    }
}
