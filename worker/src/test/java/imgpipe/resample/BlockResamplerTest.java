package imgpipe.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import imgpipe.image.Plane;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("lanes")
class BlockResamplerTest {
    @Parameter Lanes lanes = new ScalarLanes();

    private final Arena arena = Arena.ofConfined();

    static List<Lanes> lanes() {
        return List.of(new ScalarLanes(), new VectorLanes());
    }

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void averagesFourSamplesByABoxOfTwo() {
        Plane source = plane(4, 2, 10, 20, 0, 0, 30, 41, 255, 255);

        // 101 / 4 = 25.25; 510 / 4 = 127.5, rounded up
        assertThat(samples(scale(source, 2, 1, Kernel.BOX))).containsExactly(25, 128);
    }

    @Test
    void interpolatesWhenEnlargingLinearly() {
        Plane source = plane(3, 1, 0, 100, 200);

        assertThat(samples(scale(source, 6, 1, Kernel.LINEAR)))
                .containsExactly(0, 25, 75, 125, 175, 200);
    }

    @Test
    void repeatsSamplesWhenEnlargingByABox() {
        Plane source = plane(2, 2, 1, 2, 3, 4);

        assertThat(samples(scale(source, 4, 4, Kernel.BOX)))
                .containsExactly(1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4);
    }

    @Test
    void clampsWhereLanczosOvershoots() {
        int[] edge = new int[40];
        Arrays.fill(edge, 20, 40, 255);

        int[] result = samples(scale(plane(40, 1, edge), 80, 1, Kernel.LANCZOS3));

        assertThat(result).contains(0, 255);
        assertThat(result[0]).isZero();
        assertThat(result[79]).isEqualTo(255);
        // A quarter of a sample before and after the edge: 0.5 - and + the same.
        assertThat(result[39] + result[40]).isEqualTo(255);
    }

    @Test
    void keepsAConstantUnderEveryKernelAndSize() {
        for (int value : new int[] {0, 1, 127, 254, 255}) {
            Plane source = target(37, 23);
            source.samples().fill((byte) value);
            for (Kernel kernel : Kernel.values()) {
                for (int size : new int[] {1, 5, 16, 22, 23, 37, 38, 129}) {
                    assertThat(samples(scale(source, size, size, kernel)))
                            .as("%s to %d", kernel, size)
                            .containsOnly(value);
                }
            }
        }
    }

    @Test
    void commutesWithMirroring() {
        Random random = new Random(5);
        Plane source = target(53, 31);
        Plane mirrored = target(53, 31);
        for (int y = 0; y < 31; y++) {
            for (int x = 0; x < 53; x++) {
                source.set(x, y, random.nextInt());
                mirrored.set(52 - x, 30 - y, source.at(x, y));
            }
        }
        for (Kernel kernel : Kernel.values()) {
            for (int size : new int[] {3, 17, 40, 90}) {
                Plane a = scale(source, size, size, kernel);
                Plane b = scale(mirrored, size, size, kernel);
                for (int y = 0; y < size; y++) {
                    for (int x = 0; x < size; x++) {
                        // Sums in the other order may round otherwise where the fraction is 1/2.
                        assertThat(b.at(size - 1 - x, size - 1 - y))
                                .as("%s to %d at %d,%d", kernel, size, x, y)
                                .isCloseTo(a.at(x, y), within(1));
                    }
                }
            }
        }
    }

    @Test
    void copiesWithAStepOfOne() {
        Plane source = plane(3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        Plane target = target(2, 2);
        Taps taps = Taps.of(3, 1, 1, 2, Kernel.MITCHELL);

        new BlockResampler(lanes).resample(source, taps, taps, target);

        assertThat(samples(target)).containsExactly(5, 6, 8, 9);
    }

    @Test
    void copiesColumnsWhileRowsAreFiltered() {
        Plane source = plane(3, 2, 10, 20, 255, 20, 40, 0);

        assertThat(samples(scale(source, 3, 1, Kernel.BOX))).containsExactly(15, 30, 128);
    }

    @Test
    void agreesWithDoublePrecision() {
        Resampler resampler = new BlockResampler(lanes);
        for (long seed = 1; seed <= 60; seed++) {
            RandomCase random = RandomCase.of(seed, arena);
            Plane target = random.target(arena);
            resampler.resample(random.source(), random.horizontal(), random.vertical(), target);
            double[][] exact = Reference.filter(random, (x, y) -> random.source().at(x, y));
            assertClose(seed, target, exact, 0.501);
        }
    }

    @Test
    void agreesWithDoublePrecisionWhereSamplesAreWeighted() {
        Resampler resampler = new BlockResampler(lanes);
        for (long seed = 1; seed <= 60; seed++) {
            RandomCase random = RandomCase.of(seed, arena);
            Plane source = random.source();
            Plane weight = random.weight();
            Plane target = random.target(arena);
            resampler.resample(source, weight, random.horizontal(), random.vertical(), target);
            double[][] sums = Reference.filter(random, (x, y) -> source.at(x, y) * weight.at(x, y));
            double[][] weights = Reference.filter(random, weight::at);
            for (int y = 0; y < target.height(); y++) {
                for (int x = 0; x < target.width(); x++) {
                    // What is all but transparent has no color that matters.
                    sums[y][x] =
                            Math.abs(weights[y][x]) < 0.5
                                    ? target.at(x, y)
                                    : weights[y][x] > 0 ? sums[y][x] / weights[y][x] : 0;
                }
            }
            assertClose(seed, target, sums, 0.55);
        }
    }

    @Test
    void keepsColorUnderTransparentPixelsOut() {
        Plane source = plane(4, 1, 200, 13, 13, 77);
        Plane weight = plane(4, 1, 255, 0, 0, 0);
        Plane target = target(2, 1);

        new BlockResampler(lanes)
                .resample(
                        source,
                        weight,
                        Taps.of(4, 0, 2, 2, Kernel.BOX),
                        Taps.of(1, 0, 1, 1, Kernel.BOX),
                        target);

        assertThat(samples(target)).containsExactly(200, 0);
    }

    @Test
    void refusesTapsOfAnotherSize() {
        Plane plane = target(4, 4);
        Taps taps = Taps.of(4, 0, 1, 4, Kernel.BOX);
        Taps others = Taps.of(5, 0, 1, 4, Kernel.BOX);

        assertThatThrownBy(() -> new BlockResampler(lanes).resample(plane, taps, others, plane))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new BlockResampler(lanes)
                                        .resample(plane, target(3, 4), taps, taps, target(4, 4)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesNothingBetweenRows() {
        MemorySegment memory = arena.allocate(3 * 10 + 4).fill((byte) 99);
        Plane target = Plane.whole(memory, 4, 4, 10);
        Taps taps = Taps.of(20, 0, 5, 4, Kernel.LINEAR);

        new BlockResampler(lanes).resample(target(20, 20), taps, taps, target);

        for (int y = 0; y < 3; y++) {
            for (int x = 4; x < 10; x++) {
                assertThat(memory.get(ValueLayout.JAVA_BYTE, y * 10 + x)).isEqualTo((byte) 99);
            }
        }
    }

    private static void assertClose(long seed, Plane target, double[][] exact, double tolerance) {
        for (int y = 0; y < target.height(); y++) {
            for (int x = 0; x < target.width(); x++) {
                assertThat((double) target.at(x, y))
                        .as("seed %d at %d,%d", seed, x, y)
                        .isCloseTo(Math.clamp(exact[y][x], 0, 255), within(tolerance));
            }
        }
    }

    private Plane scale(Plane source, int width, int height, Kernel kernel) {
        Plane target = target(width, height);
        new BlockResampler(lanes)
                .resample(
                        source,
                        Taps.of(source.width(), 0, source.spanX() / width, width, kernel),
                        Taps.of(source.height(), 0, source.spanY() / height, height, kernel),
                        target);
        return target;
    }

    private Plane target(int width, int height) {
        return Plane.whole(arena.allocate((long) width * height), width, height, width);
    }

    private Plane plane(int width, int height, int... samples) {
        Plane plane = target(width, height);
        for (int i = 0; i < samples.length; i++) {
            plane.set(i % width, i / width, samples[i]);
        }
        return plane;
    }

    private static int[] samples(Plane plane) {
        int[] samples = new int[plane.width() * plane.height()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = plane.at(i % plane.width(), i / plane.width());
        }
        return samples;
    }
}
