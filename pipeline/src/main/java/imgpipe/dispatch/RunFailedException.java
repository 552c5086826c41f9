package imgpipe.dispatch;

/** The run cannot go on; what is done stays done and a later run continues. */
public final class RunFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A failure with a sentence for people.
     *
     * @param sentence what happened and what to do
     */
    public RunFailedException(String sentence) {
        super(sentence);
    }

    /** The same, keeping what led to it. */
    public RunFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
