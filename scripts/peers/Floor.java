import imgpipe.codec.DecodeRequest;
import imgpipe.codec.ffm.TurboJpegCodec;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What libjpeg-turbo alone costs, through imgpipe's own binding: each picture is decoded at the
 * scale that imgpipe chooses, then a picture of the target's size is encoded. That one is cut out
 * of the decoded planes: nothing is resampled, nothing is written.
 *
 * <p>{@code Floor IN BOX THREADS MOST}: at most MOST pictures of IN, into a box of BOX x BOX.
 * Prints the pictures done, and the seconds of user and system time that they took together; a
 * first pass over some of them, until the code is compiled, is not counted.
 */
class Floor {
    private static final double MARGIN = 1.2;
    private static final long WARM_UP_NANOS = 2_000_000_000L;

    private final int box;
    private final int threads;

    Floor(int box, int threads) {
        this.box = box;
        this.threads = threads;
    }

    static void main(String[] args) throws Exception {
        Floor floor = new Floor(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        List<Path> files;
        try (Stream<Path> paths = Files.list(Path.of(args[0]))) {
            files = paths.sorted().limit(Long.parseLong(args[3])).toList();
        }
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP_NANOS) {
            floor.pass(files.subList(0, Math.min(files.size(), 8 * floor.threads)));
        }
        Spent spent = floor.pass(files);
        System.out.printf(
                Locale.ROOT, "%d %.3f %.3f%n", spent.pictures(), spent.user(), spent.system());
    }

    /** CPU time of the threads that work, without that of the compiler and the collector. */
    private record Spent(int pictures, double user, double system) {
        Spent plus(Spent other) {
            return new Spent(pictures + other.pictures, user + other.user, system + other.system);
        }
    }

    private Spent pass(List<Path> files) throws Exception {
        AtomicInteger next = new AtomicInteger();
        Callable<Spent> worker = () -> work(files, next);
        Spent sum = new Spent(0, 0, 0);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Spent>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(pool.submit(worker));
            }
            for (Future<Spent> result : results) {
                sum = sum.plus(result.get());
            }
        }
        return sum;
    }

    private Spent work(List<Path> files, AtomicInteger next) throws Exception {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        int done = 0;
        try (TurboJpegCodec codec =
                        TurboJpegCodec.load()
                                .orElseThrow(() -> new IOException("no libturbojpeg found"));
                Workspace workspace = new Workspace()) {
            long user = clock.getCurrentThreadUserTime();
            long all = clock.getCurrentThreadCpuTime();
            for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
                workspace.reset();
                one(codec, read(files.get(i), workspace), workspace);
                done++;
            }
            user = clock.getCurrentThreadUserTime() - user;
            all = clock.getCurrentThreadCpuTime() - all;
            return new Spent(done, user / 1e9, (all - user) / 1e9);
        }
    }

    private void one(TurboJpegCodec codec, MemorySegment jpeg, Workspace workspace)
            throws Exception {
        Size stored = codec.header(ImageFormat.JPEG, jpeg).size();
        double scale = Math.min(1, (double) box / Math.max(stored.width(), stored.height()));
        Size target =
                new Size(
                        (int) Math.max(1, Math.round(stored.width() * scale)),
                        (int) Math.max(1, Math.round(stored.height() * scale)));
        Size least =
                new Size(
                        (int) Math.ceil(target.width() * MARGIN),
                        (int) Math.ceil(target.height() * MARGIN));
        DecodeRequest request = new DecodeRequest(least, 1, true, false);
        Picture picture = codec.decode(ImageFormat.JPEG, jpeg, request, workspace).picture();
        if (picture.color() != ColorModel.YCC && picture.color() != ColorModel.GREY) {
            return; // CMYK has to be converted first, which is no part of the floor
        }
        Size chroma = EncodeSettings.DEFAULT.chroma().plane(target);
        List<Plane> cut = new ArrayList<>();
        for (Plane plane : picture.planes()) {
            Size size = cut.isEmpty() ? target : chroma;
            cut.add(Plane.whole(plane.samples(), size.width(), size.height(), plane.stride()));
        }
        codec.encode(
                Picture.of(target, picture.color(), false, cut),
                ImageFormat.JPEG,
                EncodeSettings.DEFAULT,
                workspace);
    }

    private static MemorySegment read(Path file, Workspace workspace) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            MemorySegment bytes = workspace.allocate(channel.size());
            var buffer = bytes.asByteBuffer();
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            return bytes;
        }
    }
}
