package imgpipe.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What somebody may have meant who mistyped a name. */
final class NearestName {
    private NearestName() {}

    /**
     * The known name that begins with what was typed; or the one that takes the fewest changes to
     * reach, if they are few for its length.
     */
    static Optional<String> of(String typed, List<String> known) {
        String letters = letters(typed);
        Optional<String> longer =
                known.stream()
                        .filter(name -> letters.length() > 1 && letters(name).startsWith(letters))
                        .findFirst();
        return longer.isPresent()
                ? longer
                : known.stream()
                        .filter(name -> distance(typed, name) <= mistakes(name))
                        .min(Comparator.comparingInt(name -> distance(typed, name)));
    }

    /** Two letters in the wrong order are two changes. */
    private static int mistakes(String name) {
        return letters(name).length() < 4 ? 1 : Math.max(2, letters(name).length() / 3);
    }

    private static String letters(String name) {
        return name.replaceFirst("^-+", "");
    }

    /** Levenshtein's distance: insertions, deletions and substitutions from one to the other. */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
