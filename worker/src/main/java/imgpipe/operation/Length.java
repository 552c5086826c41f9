package imgpipe.operation;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A length along one side of a picture.
 *
 * @param amount in pixels, or in percent of the side; may be negative
 * @param percent which of them
 */
record Length(double amount, boolean percent) {
    private static final Pattern PIXELS = Pattern.compile("[+-]?\\d{1,5}");
    private static final Pattern PERCENT = Pattern.compile("[+-]?\\d{1,5}(\\.\\d+)?%");

    /** {@code 800} or {@code 12.5%}, with a sign or without; empty if it is none. */
    static Optional<Length> parse(String text) {
        if (PIXELS.matcher(text).matches()) {
            return Optional.of(new Length(Integer.parseInt(text), false));
        }
        return PERCENT.matcher(text).matches()
                ? Optional.of(
                        new Length(Double.parseDouble(text.substring(0, text.length() - 1)), true))
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
