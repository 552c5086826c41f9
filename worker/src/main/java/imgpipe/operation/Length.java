package imgpipe.operation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length along one side of a picture, or from there.
 *
 * @param amount in pixels, or in percent of the side; may be negative
 * @param percent which of both
 */
public record Length(double amount, boolean percent) {
    private static final Pattern TEXT = Pattern.compile("([+-]?\\d{1,5}(?:\\.\\d+)?)(%?)");

    /** A length that lies within a picture: 0 to 65,535 pixels or 100 %; empty if it is none. */
    public static Optional<Length> parseWithin(String text) {
        return parse(text)
                .filter(length -> length.amount >= 0)
                .filter(length -> length.amount <= (length.percent ? 100 : Box.LONGEST));
    }

    /** {@code 800}, {@code -20} or {@code 12.5%}; empty if it is none. */
    static Optional<Length> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new Length(
                                // Of two zeros only the one without a sign.
                                Double.parseDouble(matcher.group(1)) + 0.0,
                                !matcher.group(2).isEmpty()))
                : Optional.empty();
    }

    /** In pixels of a side so long, rounded. */
    int of(int side) {
        return (int) Math.round(percent ? side * amount / 100 : amount);
    }

    @Override
    public String toString() {
        return Numbers.text(amount) + (percent ? "%" : "");
    }
}
