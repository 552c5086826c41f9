package imgpipe.job;

import imgpipe.image.ImageFormat;
import imgpipe.operation.Box;
import imgpipe.operation.Recipe;
import imgpipe.operation.Resize;
import org.jspecify.annotations.Nullable;

/**
 * One of the outputs that every picture of a run gets.
 *
 * @param recipe operations and settings; without a format each picture keeps its own, or takes the
 *     nearest writable one
 * @param size the size asked for as names of outputs show it, or empty
 */
public record RenditionSpec(Recipe recipe, String size) {
    /** Stands in tasks in place of a recipe where pictures are copied as they are. */
    public static final String COPY = "copy";

    /** Named by the size that the recipe resizes to, if it does. */
    public static RenditionSpec of(Recipe recipe) {
        Box box = box(recipe);
        return new RenditionSpec(recipe, box == null ? "" : nameOf(box.toString()));
    }

    /** A size as users type it, in letters that every file name can have. */
    public static String nameOf(String typed) {
        return typed.replace("^", "c").replace("%", "pct");
    }

    /**
     * The output's name.
     *
     * @param template of the run
     * @param source see {@link NameTemplate#expand}
     * @param own what the source's extension says to write when nobody asks for a format
     */
    public String name(NameTemplate template, String source, ImageFormat own) {
        ImageFormat asked = recipe.format();
        boolean both =
                box(recipe) instanceof Box.Pixels(int width, int height) && width > 0 && height > 0;
        String[] sides = both ? String.valueOf(box(recipe)).split("x", 2) : new String[] {"", ""};
        return template.expand(source, asked == null ? own : asked, size, sides[0], sides[1]);
    }

    private static @Nullable Box box(Recipe recipe) {
        return recipe.operations().stream()
                .filter(Resize.class::isInstance)
                .map(operation -> ((Resize) operation).box())
                .reduce((first, last) -> last)
                .orElse(null);
    }
}
