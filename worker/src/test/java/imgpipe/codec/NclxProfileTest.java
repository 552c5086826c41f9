package imgpipe.codec;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.ColorModel;
import imgpipe.image.IccProfile;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import imgpipe.paint.ColorConversion;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NclxProfileTest {
    private static final int SRGB_CURVE = 13;
    private static final int PQ = 16;

    private static List<Integer> inSrgb(IccProfile profile, int... samples) {
        try (Workspace workspace = new Workspace()) {
            List<Plane> planes =
                    IntStream.of(samples)
                            .mapToObj(
                                    sample -> {
                                        Plane plane = Plane.allocate(workspace, 1, 1);
                                        plane.set(0, 0, sample);
                                        return plane;
                                    })
                            .toList();
            Picture picture =
                    Picture.of(new Size(1, 1), ColorModel.RGB, false, planes).withProfile(profile);
            return new ColorConversion()
                    .toSrgb(picture, workspace).planes().stream()
                            .map(plane -> plane.at(0, 0))
                            .toList();
        }
    }

    /** Figures by numpy from the chromaticities in H.273; to D50 and back changes nothing. */
    @Test
    void colorsAreThoseOfThePrimaries() {
        int[][] expected = {{12, 156, 119, 85}, {9, 167, 116, 85}};
        for (int[] colors : expected) {
            IccProfile profile = NclxProfile.of(colors[0], SRGB_CURVE).orElseThrow();
            List<Integer> result = inSrgb(profile, 150, 120, 90);
            for (int i = 0; i < 3; i++) {
                assertThat(result.get(i))
                        .as("primaries %d, color %d", colors[0], i)
                        .isCloseTo(colors[i + 1], Offset.offset(1));
            }
        }
    }

    @Test
    void greyStaysGrey() {
        IccProfile profile = NclxProfile.of(12, SRGB_CURVE).orElseThrow();
        for (int level : new int[] {0, 1, 128, 255}) {
            assertThat(inSrgb(profile, level, level, level))
                    .allSatisfy(sample -> assertThat(sample).isCloseTo(level, Offset.offset(1)));
        }
    }

    @Test
    void srgbItselfAndHighDynamicRangeHaveNone() {
        assertThat(NclxProfile.of(1, SRGB_CURVE)).isEmpty();
        assertThat(NclxProfile.of(2, 2)).isEmpty();
        assertThat(NclxProfile.of(9, PQ)).isEmpty();
    }
}
