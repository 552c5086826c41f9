package imgpipe.operation;

/** A recipe that makes no sense. */
public final class RecipeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    /**
     * A complaint with a sentence for people.
     *
     * @param sentence what is wrong and what would be right
     * @param position where in the text, counted from 0
     */
    public RecipeException(String sentence, int position) {
        super(sentence);
        this.position = position;
    }

    /** Where in the text, in characters counted from 0. */
    public int position() {
        return position;
    }
}
