package imgpipe.listing;

/** A list cannot be used as it is; the message says which, why and what to do. */
public final class ListException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Such a list. */
    public ListException(String sentence) {
        super(sentence);
    }

    /** What is wrong, for people. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
