package imgpipe.bench;

import java.util.Locale;

/**
 * One of the chart's two coordinate systems: workers to the right, a value upwards from 0.
 *
 * @param left of the y axis, in pixels of the picture
 * @param top of the y axis
 * @param width of the x axis
 * @param height of the y axis
 * @param most workers at its right end, at least 1
 * @param highest value at its upper end, positive
 */
record Panel(double left, double top, double width, double height, int most, double highest) {
    /** Between the y axis and the first value, and behind the last one. */
    static final double MARGIN = 30;

    /** Where a number of workers stands; one alone stands in the middle. */
    double x(double workers) {
        return most == 1
                ? left + width / 2
                : left + MARGIN + (workers - 1) / (most - 1) * (width - 2 * MARGIN);
    }

    /** Where a value stands. */
    double y(double value) {
        return bottom() - value / highest * height;
    }

    double bottom() {
        return top + height;
    }

    double right() {
        return left + width;
    }

    /** A coordinate as it is written: a tenth of a pixel is fine enough. */
    static String at(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate);
    }
}
