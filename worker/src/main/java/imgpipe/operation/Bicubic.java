package imgpipe.operation;

import imgpipe.image.Plane;
import imgpipe.resample.Kernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * A plane between its samples, by the cubic {@link Kernel#CATMULL_ROM}. Around the plane lies one
 * value, so that its edge is smooth.
 */
final class Bicubic {
    private static final int TAPS = 4;

    /** Places between two samples that are told apart: more would not change a byte by one. */
    private static final int PLACES = 1024;

    private static final float[] WEIGHTS = weights();

    private final Plane plane;
    private final MemorySegment samples;
    private final @Nullable MemorySegment opacity;
    private final int opacityStride;
    private final int outside;

    private Bicubic(Plane plane, @Nullable Plane alpha, int outside) {
        this.plane = plane;
        this.outside = outside;
        samples = plane.samples();
        opacity = alpha == null ? null : alpha.samples();
        opacityStride = alpha == null ? 0 : alpha.stride();
    }

    /** A plane around which everything has this value, 0 to 255. */
    static Bicubic on(int outside, Plane plane) {
        return new Bicubic(plane, null, outside);
    }

    /** A color plane whose samples count by their opacity; around it nothing is to be seen. */
    static Bicubic weighted(Plane plane, Plane alpha) {
        return new Bicubic(plane, alpha, 0);
    }

    private static float[] weights() {
        float[] weights = new float[(PLACES + 1) * TAPS];
        for (int place = 0; place <= PLACES; place++) {
            for (int tap = 0; tap < TAPS; tap++) {
                double distance = tap - 1 - (double) place / PLACES;
                weights[place * TAPS + tap] = (float) Kernel.CATMULL_ROM.weight(distance);
            }
        }
        return weights;
    }

    /** The value at a place, 0 to 255; the centre of the first sample is at 0.5, 0.5. */
    int at(double x, double y) {
        double column = Math.floor(x - 0.5);
        double row = Math.floor(y - 0.5);
        if (column < -2 || row < -2 || column > plane.width() || row > plane.height()) {
            return outside;
        }
        int placeX = (int) Math.round((x - 0.5 - column) * PLACES) * TAPS;
        int placeY = (int) Math.round((y - 0.5 - row) * PLACES) * TAPS;
        int left = (int) column - 1;
        int top = (int) row - 1;
        if (opacity != null) {
            return weighted(opacity, left, top, placeX, placeY);
        }
        boolean within =
                left >= 0
                        && top >= 0
                        && left + TAPS <= plane.width()
                        && top + TAPS <= plane.height();
        float sum = 0;
        for (int j = 0; j < TAPS; j++) {
            float line = 0;
            for (int i = 0; i < TAPS; i++) {
                int sample =
                        within || within(left + i, top + j)
                                ? value(samples, plane.stride(), left + i, top + j)
                                : outside;
                line += WEIGHTS[placeX + i] * sample;
            }
            sum += WEIGHTS[placeY + j] * line;
        }
        return rounded(sum);
    }

    private int weighted(MemorySegment alpha, int left, int top, int placeX, int placeY) {
        float sum = 0;
        float weight = 0;
        for (int j = 0; j < TAPS; j++) {
            for (int i = 0; i < TAPS; i++) {
                if (within(left + i, top + j)) {
                    float counts =
                            WEIGHTS[placeY + j]
                                    * WEIGHTS[placeX + i]
                                    * value(alpha, opacityStride, left + i, top + j);
                    weight += counts;
                    sum += counts * value(samples, plane.stride(), left + i, top + j);
                }
            }
        }
        return weight > 0 ? rounded(sum / weight) : 0;
    }

    private boolean within(int x, int y) {
        return x >= 0 && y >= 0 && x < plane.width() && y < plane.height();
    }

    private static int value(MemorySegment samples, int stride, int x, int y) {
        return samples.get(ValueLayout.JAVA_BYTE, (long) y * stride + x) & 0xFF;
    }

    private static int rounded(float value) {
        return Math.clamp(Math.round(value), 0, 255);
    }
}
