package imgpipe.job;

/** What to do where an output is there already. */
public enum Overwrite {
    /** Skip what the ledger proves to be up to date, write everything else. */
    CHANGED,
    /** Skip whatever is there. */
    NEVER,
    /** Write everything again. */
    ALWAYS
}
