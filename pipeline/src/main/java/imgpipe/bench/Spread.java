package imgpipe.bench;

import java.util.Arrays;

/**
 * What several measurements of one thing say.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param min the least
 * @param max the greatest
 */
public record Spread(double median, double min, double max) {
    /**
     * Sums measurements up.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** The same in a unit of which one holds {@code divisor} of this; positive. */
    public Spread dividedBy(double divisor) {
        return new Spread(median / divisor, min / divisor, max / divisor);
    }
}
