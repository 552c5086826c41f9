package imgpipe.operation;

/** A picture that a recipe cannot be applied to, such as one with nothing where a crop begins. */
public final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A complaint about the picture in hand.
     *
     * @param sentence for people, without the picture's name
     */
    public UnfitException(String sentence) {
        super(sentence);
    }
}
