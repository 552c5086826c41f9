package imgpipe.operation;

import imgpipe.image.Rgb;

/**
 * A word of a recipe.
 *
 * @param text without white space but between single quotes, which still stand around it
 * @param position of its first character in the recipe, counted from 0
 */
record Word(String text, int position) {
    /** The complaint that it is not what should stand here. */
    RecipeException isNot(String what) {
        return new RecipeException(
                "\"" + text + "\" (character " + (position + 1) + " of the recipe) is not " + what,
                position);
    }

    /** Whether it is a setting of this name: {@code q=80} is one of {@code q}. */
    boolean sets(String name) {
        return text.startsWith(name + "=");
    }

    /** Whether it as a whole stands in single quotes. */
    boolean isQuoted() {
        return text.length() > 1 && text.startsWith("'") && text.endsWith("'");
    }

    /**
     * What stands behind its {@code =}; the whole word if it has none. Without the single quotes
     * around it, in which {@code ''} is one.
     */
    String value() {
        String value = isQuoted() ? text : text.substring(text.indexOf('=') + 1);
        boolean quoted = value.length() > 1 && value.startsWith("'") && value.endsWith("'");
        return quoted ? value.substring(1, value.length() - 1).replace("''", "'") : value;
    }

    /** Its value, or the whole word, as a whole number of a range. */
    long number(long least, long most) throws RecipeException {
        try {
            long number = Long.parseLong(value());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the complaint.
        }
        throw isNot(
                "a whole number "
                        + (most == Long.MAX_VALUE ? "from " + least : least + " to " + most));
    }

    /** Its value, or the whole word, as a decimal number of a range. */
    double decimal(double least, double most) throws RecipeException {
        try {
            double number = Double.parseDouble(value());
            if (number >= least && number <= most && value().matches("[-+.\\d]+")) {
                // Of two zeros only the one without a sign.
                return number + 0.0;
            }
        } catch (NumberFormatException e) {
            // Falls through to the complaint.
        }
        throw isNot("a number from " + Numbers.text(least) + " to " + Numbers.text(most));
    }

    /** Its value, or the whole word, as a color. */
    Rgb color() throws RecipeException {
        return Rgb.of(value()).orElseThrow(() -> isNot("a color; write white, #fff or #ffffff"));
    }
}
