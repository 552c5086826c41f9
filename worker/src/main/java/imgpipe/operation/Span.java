package imgpipe.operation;

import imgpipe.image.Plane;
import imgpipe.resample.Kernel;
import imgpipe.resample.Taps;

/**
 * The samples of a row or column of a plane that lie under a part of its picture.
 *
 * @param first the first that does, also if only in part
 * @param count how many do, also if only in part
 * @param start where the picture's part begins, in samples from the beginning of the first one; 0
 *     to 1
 * @param length of the part, in samples
 */
record Span(int first, int count, double start, double length) {
    /** What is but rounding, in samples. */
    private static final double ROUNDING = 1e-6;

    /**
     * Where a part lies.
     *
     * @param from pixels before the part
     * @param pixels of the part
     * @param side pixels of the whole picture
     * @param span samples that the picture covers
     * @param samples of the plane
     */
    static Span of(int from, int pixels, int side, double span, int samples) {
        double unit = span / side;
        double begin = from * unit;
        double end = from + pixels == side ? span : (from + pixels) * unit;
        int first = Math.clamp((long) Math.floor(begin + ROUNDING), 0, samples - 1);
        int last = Math.clamp((long) Math.ceil(end - ROUNDING), first + 1, samples);
        double start = Math.abs(begin - first) < ROUNDING ? 0 : begin - first;
        double length = end - first - start;
        boolean ends = Math.abs(length + start - (last - first)) < ROUNDING;
        return new Span(first, last - first, start, ends ? last - first - start : length);
    }

    /**
     * Whether the part begins with the first sample, and ends with the last or with the picture: a
     * plane of just these samples is the part.
     */
    boolean isWhole() {
        return start == 0 && length > count - 1;
    }

    /** The samples of a plane that lie in these columns and rows, shared with it. */
    Plane of(Span rows, Plane plane) {
        return count == plane.width() && rows.count == plane.height()
                ? plane
                : plane.part(
                        first,
                        rows.first,
                        count,
                        rows.count,
                        isWhole() ? length : count,
                        rows.isWhole() ? rows.length : rows.count);
    }

    /** Taps that make the part of these samples, or a part of it that begins later. */
    Taps taps(double skipped, double step, int out, Kernel kernel) {
        return Taps.of(count, start + skipped, step, out, kernel);
    }

    /** Taps that make the part of these samples. */
    Taps taps(double step, int out, Kernel kernel) {
        return taps(0, step, out, kernel);
    }
}
