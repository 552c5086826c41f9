package imgpipe.operation;

import java.nio.charset.StandardCharsets;

/**
 * Recipes. A text is a recipe or a {@link RecipeException} that points into it; and the text of a
 * recipe is read back to an equal one.
 */
public final class RecipeFuzz {
    private RecipeFuzz() {}

    /** The bytes are the text, in UTF-8. */
    public static void fuzzerTestOneInput(byte[] data) throws RecipeException {
        String text = new String(data, StandardCharsets.UTF_8);
        Recipe recipe;
        try {
            recipe = RecipeParser.parse(text);
        } catch (RecipeException e) {
            if (e.position() < 0 || e.position() > text.length()) {
                throw new IllegalStateException("position " + e.position() + " of " + text, e);
            }
            return;
        }
        Recipe again = RecipeParser.parse(recipe.toString());
        if (!again.equals(recipe) || !again.toString().equals(recipe.toString())) {
            throw new IllegalStateException(recipe + " was read back as " + again);
        }
    }
}
