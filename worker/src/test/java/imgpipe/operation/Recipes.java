package imgpipe.operation;

/** Operations as text. */
final class Recipes {
    private Recipes() {}

    /** The only operation of a recipe. */
    static Operation operation(String text) {
        return recipe(text).operations().getFirst();
    }

    static Recipe recipe(String text) {
        try {
            return RecipeParser.parse(text);
        } catch (RecipeException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
