package imgpipe.bench;

import java.util.Locale;

/**
 * A coordinate system of a {@link Drawing}: what was chosen to the right, as the number of workers,
 * and what came of it upwards from 0.
 *
 * @param left of the y axis, in pixels of the picture
 * @param top of the y axis
 * @param width of the x axis
 * @param height of the y axis
 * @param least at the left end of the x axis
 * @param most at its right end, at least as much
 * @param highest value at its upper end, positive
 */
public record Panel(
        double left, double top, double width, double height, int least, int most, double highest) {
    /** Between the y axis and the first value, and behind the last one. */
    static final double MARGIN = 30;

    /** Where a choice stands; one alone stands in the middle. */
    public double x(double choice) {
        return most == least
                ? left + width / 2
                : left + MARGIN + (choice - least) / (most - least) * (width - 2 * MARGIN);
    }

    /** Where a value stands. */
    public double y(double value) {
        return bottom() - value / highest * height;
    }

    /** Of the y axis. */
    public double bottom() {
        return top + height;
    }

    /** Of the x axis. */
    public double right() {
        return left + width;
    }

    /** A coordinate as it is written: a tenth of a pixel is fine enough. */
    static String at(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate);
    }
}
