package imgpipe.job;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds hashes that were added twice, among any number: they are kept as sorted runs, in memory up
 * to a size and in files beyond it, and merged at the end. Hashes of 64 bits meet by chance; who
 * asks compares the names behind those found.
 */
final class Collisions implements AutoCloseable {
    private final Path folder;
    private final long[] run;
    private int size;
    private final List<Path> spilled = new ArrayList<>();

    /**
     * An empty set.
     *
     * @param folder where runs are kept
     * @param runSize how many hashes are held in memory
     */
    Collisions(Path folder, int runSize) {
        this.folder = folder;
        run = new long[runSize];
    }

    void add(long hash) throws IOException {
        if (size == run.length) {
            spill();
        }
        run[size++] = hash;
    }

    private void spill() throws IOException {
        Arrays.sort(run, 0, size);
        Path file = folder.resolve("hashes-" + spilled.size());
        spilled.add(file);
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            for (int i = 0; i < size; i++) {
                out.writeLong(run[i]);
            }
        }
        size = 0;
    }

    /** The hashes that were added more than once, at most {@code most} of them. */
    Set<Long> twice(int most) throws IOException {
        if (!spilled.isEmpty()) {
            spill();
            return mergeRuns(most);
        }
        Arrays.sort(run, 0, size);
        Set<Long> twice = new TreeSet<>();
        for (int i = 1; i < size && twice.size() < most; i++) {
            if (run[i] == run[i - 1]) {
                twice.add(run[i]);
            }
        }
        return twice;
    }

    private Set<Long> mergeRuns(int most) throws IOException {
        Set<Long> twice = new TreeSet<>();
        PriorityQueue<Run> runs =
                new PriorityQueue<>(Comparator.comparingLong((Run each) -> each.head));
        try {
            for (Path file : spilled) {
                Run each = new Run(file);
                if (each.advance()) {
                    runs.add(each);
                }
            }
            boolean first = true;
            long last = 0;
            while (!runs.isEmpty() && twice.size() < most) {
                Run lowest = runs.remove();
                if (!first && lowest.head == last) {
                    twice.add(last);
                }
                first = false;
                last = lowest.head;
                if (lowest.advance()) {
                    runs.add(lowest);
                }
            }
        } finally {
            for (Run each : runs) {
                each.in.close();
            }
        }
        return twice;
    }

    private static final class Run {
        private final DataInputStream in;
        private long head;

        Run(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        }

        boolean advance() throws IOException {
            try {
                head = in.readLong();
                return true;
            } catch (EOFException e) {
                in.close();
                return false;
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Path file : spilled) {
            Files.deleteIfExists(file);
        }
    }
}
