package imgpipe.resample;

import java.util.Locale;
import java.util.Optional;

/**
 * A resampling filter: the weight of a sample by its distance from the centre. When a picture is
 * made smaller the kernel is stretched by the factor, so it is a low-pass filter as well.
 */
public enum Kernel {
    /** Average of the samples whose centres lie under the pixel; one on its edge counts half. */
    BOX(0.5 + Kernel.ON_EDGE),
    /** Triangle. */
    LINEAR(1),
    /**
     * Cubic with B = 0, C = 1/2 (Mitchell and Netravali, "Reconstruction Filters in Computer
     * Graphics", 1988).
     */
    CATMULL_ROM(2),
    /** Cubic with B = C = 1/3 (Mitchell and Netravali, 1988). */
    MITCHELL(2),
    /** sinc(x) sinc(x / 3) (Duchon, "Lanczos Filtering in One and Two Dimensions", 1979). */
    LANCZOS3(3);

    /** A sample as near as this to the box's edge is on it, so that rounding does not matter. */
    private static final double ON_EDGE = 1e-9;

    private final double support;

    Kernel(double support) {
        this.support = support;
    }

    /** The kernel with this name, in either case: {@code lanczos3}, {@code catmull-rom}, … */
    public static Optional<Kernel> of(String name) {
        String word = name.toUpperCase(Locale.ROOT).replace('-', '_');
        for (Kernel kernel : values()) {
            if (kernel.name().equals(word)) {
                return Optional.of(kernel);
            }
        }
        return Optional.empty();
    }

    /** Distance from which on the weight is zero. */
    public double support() {
        return support;
    }

    /** The weight at a distance of x samples, not normalised. */
    public double weight(double x) {
        double a = Math.abs(x);
        if (a >= support) {
            return 0;
        }
        return switch (this) {
            case BOX -> a > 0.5 - ON_EDGE ? 0.5 : 1;
            case LINEAR -> 1 - a;
            case CATMULL_ROM -> cubic(a, 0, 0.5);
            case MITCHELL -> cubic(a, 1.0 / 3, 1.0 / 3);
            case LANCZOS3 -> lanczos(a);
        };
    }

    private static double cubic(double a, double b, double c) {
        return a < 1
                ? ((12 - 9 * b - 6 * c) * a * a * a + (-18 + 12 * b + 6 * c) * a * a + 6 - 2 * b)
                        / 6
                : ((-b - 6 * c) * a * a * a
                                + (6 * b + 30 * c) * a * a
                                + (-12 * b - 48 * c) * a
                                + 8 * b
                                + 24 * c)
                        / 6;
    }

    /** One sine for two: sin 3t = sin t (3 - 4 sin² t), where t = πa / 3. */
    private static double lanczos(double a) {
        if (a == 0) {
            return 1;
        }
        double t = Math.PI * a / 3;
        double sine = Math.sin(t);
        double squared = sine * sine;
        return squared * (3 - 4 * squared) / (3 * t * t);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
