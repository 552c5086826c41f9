package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.dispatch.ShardSource;
import imgpipe.dispatch.Shards;
import imgpipe.shard.Shard;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ShardQueueTest {
    private final Shards shards = new Shards(Path.of("/tmp")).with("a", "b").with("c");

    @Test
    void aWaitingWorkerStaysUntilNothingCanComeBack() throws Exception {
        ShardQueue queue = fed(shards.source());
        Shard first = queue.take(() -> false);
        Shard second = Objects.requireNonNull(queue.take(() -> false));
        assertThat(first).isNotNull();
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Boolean> waiting = other.submit(() -> second.equals(queue.take(() -> false)));
            queue.giveBack(second);
            assertThat(waiting.get()).isTrue();
            queue.done();
            Future<Boolean> ending = other.submit(() -> queue.take(() -> false) == null);
            queue.done();
            assertThat(queue.hasNext()).isTrue();
            queue.done();
            assertThat(ending.get()).isTrue();
        }
        assertThat(queue.hasNext()).isFalse();
    }

    @Test
    void takesFromTheSourceOnlyWhatSomebodyWaitsFor() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        ShardSource source = shards.source();
        ShardQueue queue =
                fed(
                        () -> {
                            taken.incrementAndGet();
                            return source.next();
                        });
        assertThat(taken).hasValue(0);
        assertThat(queue.take(() -> false)).isNotNull();
        assertThat(taken).hasValue(1);
    }

    @Test
    void whoIsGoneWaitsNoLonger() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ShardQueue queue =
                fed(
                        () -> {
                            never.await();
                            return null;
                        });
        AtomicBoolean gone = new AtomicBoolean();
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Boolean> waiting = other.submit(() -> queue.take(gone::get) == null);
            gone.set(true);
            queue.wake();
            assertThat(waiting.get()).isTrue();
        }
        assertThat(queue.hasNext()).isTrue();
    }

    @Test
    void nobodyGetsAnythingAfterAStop() throws Exception {
        ShardQueue queue = fed(shards.source());
        assertThat(queue.take(() -> false)).isNotNull();
        queue.stop();
        assertThat(queue.take(() -> false)).isNull();
        assertThat(queue.hasNext()).isFalse();
    }

    private static ShardQueue fed(ShardSource source) {
        ShardQueue queue = new ShardQueue(source);
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                queue.feed();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        return queue;
    }
}
