package imgpipe.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import imgpipe.transfer.store.Intake;
import imgpipe.transfer.store.Store;
import imgpipe.transfer.store.StoreException;
import imgpipe.transfer.store.StoreException.Fault;
import imgpipe.transfer.store.StoredObject;
import imgpipe.transfer.store.TransferSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DownloaderTest {
    private static final int SIZE = 1000;

    @TempDir private Path spool;
    private final Heard heard = new Heard();
    private final Shelf shelf = new Shelf();

    /** A store of objects of one size; the number in an address tells what is wrong with it. */
    private static final class Shelf implements Store {
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger asked = new AtomicInteger();
        private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
        private volatile boolean tellsSizes = true;
        private volatile int parallelism = Integer.MAX_VALUE;
        private volatile @Nullable CountDownLatch gate;
        private volatile CountDownLatch together = new CountDownLatch(0);

        @Override
        public void list(String after, Listing listing) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int parallelism() {
            return parallelism;
        }

        @Override
        public boolean fetch(String address, String validator, Intake intake)
                throws StoreException, InterruptedException {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                asked.incrementAndGet();
                together.countDown();
                together.await();
                CountDownLatch closed = gate;
                if (closed != null) {
                    closed.await();
                }
                int attempt = attempts.merge(address, 1, Integer::sum);
                if (address.endsWith("gone")) {
                    throw new StoreException(Fault.MISSING, "it is gone", null);
                }
                if (address.endsWith("flaky") && attempt == 1) {
                    throw new StoreException(Fault.RESET, "reset", null);
                }
                if (!intake.begin(tellsSizes ? SIZE : -1, "tag")) {
                    return false;
                }
                byte[] piece = new byte[SIZE / 4];
                for (int i = 0; i < 4; i++) {
                    intake.write(piece, 0, piece.length);
                    Thread.onSpinWait();
                }
                intake.end();
                return true;
            } finally {
                now.decrementAndGet();
            }
        }

        @Override
        public @Nullable StoredObject put(String name, Path file, long crc32c, boolean onlyIfNew) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    private static final class Heard implements DownloadListener {
        private final BlockingQueue<SpooledFile> arrived = new LinkedBlockingQueue<>();
        private final Map<Long, String> ends = Collections.synchronizedMap(new TreeMap<>());
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile @Nullable Known known;

        @Override
        public @Nullable Known known(Task task) {
            return known;
        }

        @Override
        public void arrived(Task task, SpooledFile file) {
            ends.put(task.id(), "arrived");
            arrived.add(file);
        }

        @Override
        public void unchanged(Task task) {
            ends.put(task.id(), "unchanged");
        }

        @Override
        public void failed(Task task, StoreException why) {
            ends.put(task.id(), why.fault() + ": " + why.sentence());
        }

        @Override
        public void moved() {}

        @Override
        public void broken(String why) {
            ends.put(-1L, why);
        }

        @Override
        public void ended() {
            over.countDown();
        }
    }

    private Downloader downloader(int transfers, long room) {
        return new Downloader(
                shelf,
                new Retries(
                        new TransferSettings(
                                transfers,
                                transfers,
                                3,
                                Duration.ofSeconds(5),
                                true,
                                Set.of(),
                                null,
                                false),
                        new Outages("from", _ -> {})),
                spool,
                new ByteBudget(room),
                transfers,
                10_000,
                heard);
    }

    private static Downloader.Tasks tasks(int count, String end, long bytes) {
        Queue<Task> tasks = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            tasks.add(
                    new Task(
                            i,
                            "n" + i,
                            "http://host/" + i + end,
                            bytes,
                            0,
                            List.of(new Rendition("/out/x", "jpeg"))));
        }
        return tasks::poll;
    }

    private long inSpool() throws Exception {
        try (Stream<Path> files = Files.list(spool)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void fetchesAllWithAsManyTransfersAsAllowed() throws Exception {
        shelf.together = new CountDownLatch(8);
        try (Downloader downloader = downloader(8, 1 << 20)) {
            downloader.start(tasks(200, "", SIZE));
            heard.over.await();
        }
        assertThat(heard.arrived).hasSize(200);
        assertThat(shelf.most.get()).isEqualTo(8);
        assertThat(shelf.asked.get()).isEqualTo(200);
    }

    /** Of 5 pictures that fit the sixth has to wait, also if nobody knows how large it will be. */
    @Test
    void waitsForRoomAndGoesOnWhenThereIsSome() throws Exception {
        for (boolean told : new boolean[] {true, false}) {
            shelf.tellsSizes = told;
            heard.ends.clear();
            try (Downloader downloader = downloader(4, 5 * SIZE)) {
                downloader.start(tasks(50, "", told ? SIZE : 0));
                for (int i = 0; i < 50; i++) {
                    SpooledFile file = heard.arrived.poll(10, TimeUnit.SECONDS);
                    assertThat(file).as("%d arrived, sizes told: %s", i, told).isNotNull();
                    assertThat(inSpool()).isLessThanOrEqualTo(5 * SIZE);
                    assertThat(file.path()).hasSize(SIZE);
                    file.close();
                }
            }
            assertThat(heard.ends.values()).hasSize(50).containsOnly("arrived");
            assertThat(spool).isEmptyDirectory();
        }
    }

    @Test
    void tellsOfFailuresAndTriesAgainWhatMayPass() throws Exception {
        try (Downloader downloader = downloader(2, 1 << 20)) {
            downloader.start(tasks(3, "gone", SIZE));
            heard.over.await();
        }
        assertThat(heard.ends.values()).hasSize(3).allMatch(end -> end.startsWith("MISSING: it"));
        assertThat(shelf.asked.get()).isEqualTo(3);
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void triesAgainWhatFailedInPassing() throws Exception {
        try (Downloader downloader = downloader(2, 1 << 20)) {
            downloader.start(tasks(3, "flaky", SIZE));
            heard.over.await();
        }
        assertThat(heard.ends.values()).hasSize(3).containsOnly("arrived");
        assertThat(shelf.asked.get()).isEqualTo(6);
    }

    @Test
    void leavesWhatHasNotChanged() throws Exception {
        heard.known = new Known(SIZE, "tag");
        try (Downloader downloader = downloader(2, 1 << 20)) {
            downloader.start(tasks(5, "", 0));
            heard.over.await();
        }
        assertThat(heard.ends.values()).hasSize(5).containsOnly("unchanged");
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void asksAStoreThatIsReadForwardsOneByOneAndInOrder() throws Exception {
        shelf.parallelism = 1;
        try (Downloader downloader = downloader(8, 1 << 20)) {
            downloader.start(tasks(30, "", SIZE));
            heard.over.await();
        }
        assertThat(heard.arrived)
                .extracting(file -> Integer.parseInt(file.path().getFileName().toString()))
                .isSorted()
                .hasSize(30);
        assertThat(shelf.most.get()).isEqualTo(1);
    }

    @RepeatedTest(20)
    void endsAtOnceWhenItIsClosed() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        shelf.gate = never;
        Downloader downloader = downloader(4, 1 << 20);
        downloader.start(tasks(1000, "", SIZE));
        while (shelf.now.get() < 4) {
            Thread.onSpinWait();
        }
        downloader.close();

        heard.over.await();
        assertThat(heard.ends).isEmpty();
        assertThat(shelf.asked.get()).isEqualTo(4);
        assertThat(spool).isEmptyDirectory();
    }
}
