package imgpipe.resample;

import imgpipe.image.Plane;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;

/** Planes of random sizes, strides and alignments, and taps that fit them. */
record RandomCase(
        Plane source, Plane weight, Taps horizontal, Taps vertical, Window across, Window down) {
    private static final List<Kernel> KERNELS = List.of(Kernel.values());

    /** The arguments of {@link Taps#of}. */
    record Window(int in, double start, double step, int out, Kernel kernel) {
        static Window of(Random random, int largest) {
            int in = 1 + random.nextInt(largest);
            int out = 1 + random.nextInt(largest);
            double start = random.nextInt(3) == 0 ? 0 : (random.nextDouble() - 0.2) * in;
            double step =
                    switch (random.nextInt(4)) {
                        case 0 -> 1;
                        case 1 -> (in - start) / out + 0.01;
                        default -> (double) in / out;
                    };
            Kernel kernel = KERNELS.get(random.nextInt(KERNELS.size()));
            return new Window(
                    in, random.nextBoolean() ? start : Math.rint(start), step, out, kernel);
        }

        Taps taps() {
            return Taps.of(in, start, step, out, kernel);
        }
    }

    static RandomCase of(long seed, Arena arena) {
        Random random = new Random(seed);
        Window across = Window.of(random, 200);
        Window down = Window.of(random, 100);
        return new RandomCase(
                plane(random, arena, across.in, down.in),
                plane(random, arena, across.in, down.in),
                across.taps(),
                down.taps(),
                across,
                down);
    }

    /** A plane for the result, whose memory ends with its last sample. */
    Plane target(Arena arena) {
        return target(arena, 0, 3);
    }

    /**
     * The same at some alignment.
     *
     * @param offset bytes from a multiple of 64
     * @param padding bytes from the end of one row to the beginning of the next
     */
    Plane target(Arena arena, int offset, int padding) {
        int stride = across.out + padding;
        long bytes = (long) stride * (down.out - 1) + across.out;
        MemorySegment memory = arena.allocate(offset + bytes, 64);
        return Plane.whole(memory.asSlice(offset, bytes), across.out, down.out, stride);
    }

    private static Plane plane(Random random, Arena arena, int width, int height) {
        int stride = width + random.nextInt(20);
        int offset = random.nextInt(70);
        long bytes = (long) stride * (height - 1) + width;
        byte[] samples = new byte[Math.toIntExact(offset + bytes)];
        random.nextBytes(samples);
        if (random.nextBoolean()) {
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (byte) (samples[i] < 0 ? -1 : 0);
            }
        }
        MemorySegment memory = arena.allocate(samples.length, 64);
        memory.copyFrom(MemorySegment.ofArray(samples));
        return Plane.whole(memory.asSlice(offset, bytes), width, height, stride);
    }
}
