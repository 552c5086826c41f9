package imgpipe.codec;

/** A file that is not the picture it should be, or one that cannot be read or written here. */
public final class PictureException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** No known format begins like this. */
        NOT_A_PICTURE,
        /** A known format, but a variant of it or a size that this codec does not handle. */
        UNSUPPORTED,
        /** The file ends before the picture does. */
        TRUNCATED,
        /** The file contradicts its format. */
        CORRUPT,
        /** It asks for more than is allowed. */
        LIMIT
    }

    private final Reason reason;

    /**
     * A failure with a sentence for people: what is wrong, and what to do where that is known.
     *
     * @param sentence without the file's name, which the caller knows
     */
    public PictureException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    /** The same, keeping what led to it. */
    public PictureException(Reason reason, String sentence, Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }
}
