package imgpipe.operation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words of a recipe, taken from the front. Steps are separated by {@code |}; a text of several
 * words stands in single quotes, where two of them are one that belongs to it.
 */
final class Words {
    private static final Pattern WORD = Pattern.compile("\\||[^\\s|']*'(?:[^']+|'')*+'|[^\\s|]+");

    private final Iterator<Word> rest;
    private final int end;
    private @Nullable Word ahead;

    Words(String text) {
        List<Word> all = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            all.add(new Word(matcher.group(), matcher.start()));
        }
        rest = all.iterator();
        end = text.length();
    }

    /** The next word, which stays where it is; null at the end of the recipe. */
    @Nullable Word peek() {
        if (ahead == null && rest.hasNext()) {
            ahead = rest.next();
        }
        return ahead;
    }

    /** Takes the next word. */
    Word next(String expected) throws RecipeException {
        Word word = peek();
        if (word == null) {
            throw new RecipeException("the recipe ends where " + expected + " should stand", end);
        }
        ahead = null;
        return word;
    }

    /** Takes the next word of this step; null at its end. */
    @Nullable Word nextInStep() {
        Word word = peek();
        if (word == null || word.text().equals("|")) {
            return null;
        }
        ahead = null;
        return word;
    }
}
