package imgpipe.cli;

/** What was typed cannot be done; nothing has been written. Exit code 2. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A complaint.
     *
     * @param sentence what is wrong, which option or operand, and what to write instead
     */
    UsageException(String sentence) {
        super(sentence);
    }

    /** The same, keeping what led to it. */
    UsageException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
