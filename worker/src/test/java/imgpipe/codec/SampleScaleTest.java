package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.Plane;
import imgpipe.image.Workspace;
import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleScaleTest {
    /** The nearest of 256 levels, and the two samples between which it changes, by big numbers. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 10, 12, 16, 24, 31, 32})
    void roundsToTheNearestAtEveryDepth(int bits) {
        long max = (1L << bits) - 1;
        try (Workspace workspace = new Workspace()) {
            for (int level = 0; level < 255; level++) {
                // level + 1/2 lies here; max is odd, so that no sample is exactly between two.
                long below = (2L * level + 1) * max / 510;
                assertThat(scaled(below, bits, workspace)).isEqualTo(nearest(below, max));
                assertThat(scaled(below + 1, bits, workspace)).isEqualTo(nearest(below + 1, max));
            }
            assertThat(scaled(max, bits, workspace)).isEqualTo(255);
        }
    }

    private static int nearest(long sample, long max) {
        BigInteger twice = BigInteger.valueOf(sample).multiply(BigInteger.valueOf(510));
        BigInteger half = twice.add(BigInteger.valueOf(max));
        return half.divide(BigInteger.valueOf(2 * max)).intValueExact();
    }

    private static int scaled(long sample, int bits, Workspace workspace) {
        Plane plane = Plane.allocate(workspace, 1, 1);
        SampleScale.store(new int[] {(int) sample}, bits, plane, 0, new byte[1]);
        return plane.at(0, 0);
    }
}
