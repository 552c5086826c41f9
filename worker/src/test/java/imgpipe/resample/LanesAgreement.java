package imgpipe.resample;

import imgpipe.image.Plane;
import java.lang.foreign.Arena;
import jdk.incubator.vector.FloatVector;

/**
 * Whether plain loops and what a JVM prefers to them make the same bytes, in this JVM or, by {@code
 * main}, in one with other vectors.
 */
final class LanesAgreement {
    private LanesAgreement() {}

    public static void main(String[] args) {
        check(Long.parseLong(args[0]), Integer.parseInt(args[1]));
        System.out.println(
                "agreed with " + FloatVector.SPECIES_PREFERRED.vectorBitSize() + " bits");
    }

    /**
     * @throws AssertionError for the first case, of so many from a seed on, where they differ
     */
    static void check(long seed, int cases) {
        Resampler vectors = Resampler.create();
        Resampler scalars = new BlockResampler(new ScalarLanes());
        for (long i = seed; i < seed + cases; i++) {
            try (Arena arena = Arena.ofConfined()) {
                RandomCase random = RandomCase.of(i, arena);
                int padding = (int) (i % 5);
                Plane expected = random.target(arena, 0, padding);
                Plane actual = random.target(arena, (int) (i % 67), padding);
                Taps across = random.horizontal();
                Taps down = random.vertical();
                scalars.resample(random.source(), across, down, expected);
                vectors.resample(random.source(), across, down, actual);
                compare("seed " + i, expected, actual);
                scalars.resample(random.source(), random.weight(), across, down, expected);
                vectors.resample(random.source(), random.weight(), across, down, actual);
                compare("weighted, seed " + i, expected, actual);
                Plane weight = i % 2 == 0 ? random.weight() : null;
                scalars.resampleLinear(random.source(), weight, across, down, expected);
                vectors.resampleLinear(random.source(), weight, across, down, actual);
                compare("linear, seed " + i, expected, actual);
            }
        }
    }

    private static void compare(String name, Plane expected, Plane actual) {
        long differs = expected.samples().mismatch(actual.samples());
        if (differs >= 0) {
            throw new AssertionError(name + ": byte " + differs + " of " + expected);
        }
    }
}
