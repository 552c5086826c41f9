package imgpipe.resample;

import imgpipe.image.Plane;
import imgpipe.image.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** All planes of one picture, from one size to another. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResamplerBenchmark {
    /** By which arithmetic. */
    public enum Arithmetic {
        VECTORS,
        PLAIN_LOOPS
    }

    /** From which size to which, and how much less chroma there is. */
    public enum Work {
        /** A camera's picture, decoded at a quarter. */
        CAMERA_420(1000, 750, 800, 600, 2),
        /** A picture whose chroma is whole, decoded at a half. */
        HALF_444(1600, 1200, 800, 600, 1),
        /** A picture that no decoder made smaller. */
        WHOLE_444(4000, 3000, 800, 600, 1),
        SMALL_420(640, 480, 256, 192, 2),
        ENLARGED_444(800, 600, 1600, 1200, 1);

        private final int fromWidth;
        private final int fromHeight;
        private final int width;
        private final int height;
        private final int chroma;

        Work(int fromWidth, int fromHeight, int width, int height, int chroma) {
            this.fromWidth = fromWidth;
            this.fromHeight = fromHeight;
            this.width = width;
            this.height = height;
            this.chroma = chroma;
        }
    }

    @Param public Arithmetic arithmetic = Arithmetic.VECTORS;
    @Param public Work work = Work.CAMERA_420;

    private final Workspace workspace = new Workspace();
    private final List<Plane> sources = new ArrayList<>();
    private final List<Plane> targets = new ArrayList<>();
    private Resampler resampler = Resampler.create();

    /** Random planes. */
    @Setup
    public void makePlanes() {
        resampler =
                new BlockResampler(
                        switch (arithmetic) {
                            case VECTORS -> new VectorLanes();
                            case PLAIN_LOOPS -> new ScalarLanes();
                        });
        Random random = new Random(1);
        for (int i = 0; i < 3; i++) {
            int divisor = i == 0 ? 1 : work.chroma;
            Plane source =
                    Plane.allocate(workspace, work.fromWidth / divisor, work.fromHeight / divisor);
            byte[] row = new byte[source.width()];
            for (int y = 0; y < source.height(); y++) {
                random.nextBytes(row);
                source.store(y, row);
            }
            sources.add(source);
            targets.add(Plane.allocate(workspace, work.width / divisor, work.height / divisor));
        }
    }

    /** With Lanczos3. */
    @Benchmark
    public List<Plane> resample() {
        for (int i = 0; i < sources.size(); i++) {
            resampler.resample(sources.get(i), across(i), down(i), targets.get(i));
        }
        return targets;
    }

    /** The same where a fourth plane of the same size says how opaque each sample is. */
    @Benchmark
    public List<Plane> resampleWeighted() {
        for (int i = 0; i < sources.size(); i++) {
            Plane source = sources.get(i);
            resampler.resample(source, source, across(i), down(i), targets.get(i));
        }
        return targets;
    }

    private Taps across(int plane) {
        int in = sources.get(plane).width();
        int out = targets.get(plane).width();
        return Taps.of(in, 0, (double) in / out, out, Kernel.LANCZOS3);
    }

    private Taps down(int plane) {
        int in = sources.get(plane).height();
        int out = targets.get(plane).height();
        return Taps.of(in, 0, (double) in / out, out, Kernel.LANCZOS3);
    }

    /** Gives the planes' memory back. */
    @TearDown
    public void close() {
        workspace.close();
    }
}
