package imgpipe.job;

/** A run that could not begin: nothing was written. */
public final class JobException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kept it from beginning. */
    public enum Reason {
        /** What was asked for makes no sense. */
        USAGE,
        /** Something that is needed cannot be had. */
        FAILED,
        /** There is no room for the run's own files. */
        DISK_FULL,
        /** Another run has the output. */
        LOCKED
    }

    private final Reason reason;

    /**
     * A refusal with a sentence for people.
     *
     * @param sentence what is wrong, which file or option, what to do
     */
    public JobException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    /** The same, keeping what led to it. */
    public JobException(Reason reason, String sentence, Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    /** What kept the run from beginning. */
    public Reason reason() {
        return reason;
    }
}
