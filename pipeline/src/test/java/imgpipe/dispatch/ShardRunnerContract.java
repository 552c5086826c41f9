package imgpipe.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every runner owes. The engine does a task whose name is {@code ok}, lets one fail that is
 * called {@code fail}, throws an exception for {@code exception} and an error for {@code overflow},
 * and takes a tenth of a second for {@code slow}.
 */
@Timeout(60)
public interface ShardRunnerContract {
    ShardRunner runner(int workers, Path logs);

    @Test
    default void everyTaskHasOneOutcome(@TempDir Path folder) throws Exception {
        Shards shards = new Shards(folder);
        shards.with("ok", "fail", "ok", "exception", "ok", "overflow", "ok").withGood(20, 3);
        Recorder recorder = new Recorder();
        try (ShardRunner runner = runner(2, folder)) {
            runner.run(shards.source(), recorder);
        }
        Map<String, List<String>> ends = recorder.ends(shards.tasks());
        assertThat(ends.keySet())
                .containsExactlyInAnyOrder("done", "failed CORRUPT", "failed INTERNAL");
        assertThat(ends.get("failed CORRUPT")).containsExactly("fail");
        assertThat(ends.get("failed INTERNAL")).containsExactly("exception", "overflow");
        assertThat(ends.get("done")).hasSize(64);
        assertThat(recorder.deaths()).isEmpty();
    }

    @Test
    default void usesAllItsWorkers(@TempDir Path folder) throws Exception {
        Shards shards = new Shards(folder);
        for (int i = 0; i < 30; i++) {
            shards.with("slow");
        }
        Recorder recorder = new Recorder();
        try (ShardRunner runner = runner(2, folder)) {
            assertThat(runner.workers()).isEqualTo(2);
            runner.run(shards.source(), recorder);
        }
        assertThat(recorder.workers()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    default void returnsWhenThereIsNothingToDo(@TempDir Path folder) throws Exception {
        try (ShardRunner runner = runner(2, folder)) {
            runner.run(() -> null, new Recorder());
        }
    }

    @Test
    default void stopFinishesWhatIsInHandAndBeginsNothing(@TempDir Path folder) throws Exception {
        Shards shards = new Shards(folder);
        for (int i = 0; i < 20; i++) {
            shards.with("slow", "slow", "slow", "slow", "slow", "slow", "slow", "slow", "slow");
        }
        CompletableFuture<ShardRunner> running = new CompletableFuture<>();
        Recorder recorder =
                new Recorder() {
                    @Override
                    public void started(int worker, Task task) {
                        super.started(worker, task);
                        running.join().stop();
                        running.join().stop();
                    }
                };
        try (ShardRunner runner = runner(2, folder)) {
            running.complete(runner);
            runner.run(shards.source(), recorder);
        }
        // Each of the two workers may have begun another picture before it heard.
        assertThat(recorder.finished()).isBetween(1, 4);
        for (Task task : shards.tasks()) {
            if (recorder.starts(task) > 0) {
                assertThat(recorder.outcome(task)).isInstanceOf(Outcome.Done.class);
            }
        }
    }

    @Test
    default void stopEndsTheWaitForShards(@TempDir Path folder) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ShardRunner runner = runner(2, folder)) {
            Thread.ofPlatform()
                    .daemon()
                    .start(
                            () -> {
                                try {
                                    asked.await();
                                    runner.stop();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            runner.run(
                    () -> {
                        asked.countDown();
                        new CountDownLatch(1).await();
                        return null;
                    },
                    new Recorder());
        }
    }

    @Test
    default void doesNothingWhenStoppedBefore(@TempDir Path folder) throws Exception {
        Shards shards = new Shards(folder).withGood(2, 2);
        Recorder recorder = new Recorder();
        try (ShardRunner runner = runner(2, folder)) {
            runner.stop();
            runner.run(shards.source(), recorder);
        }
        assertThat(recorder.finished()).isZero();
    }

    @Test
    default void endsWhenInterrupted(@TempDir Path folder) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Recorder recorder =
                new Recorder() {
                    @Override
                    public void started(int worker, Task task) {
                        started.countDown();
                    }
                };
        try (ShardRunner runner = runner(1, folder)) {
            FutureTask<Boolean> run =
                    new FutureTask<>(
                            () -> {
                                assertThatThrownBy(
                                                () ->
                                                        runner.run(
                                                                new Shards(folder)
                                                                        .with("hang")
                                                                        .source(),
                                                                recorder))
                                        .isInstanceOf(InterruptedException.class);
                                return true;
                            });
            Thread thread = Thread.ofPlatform().daemon().start(run);
            started.await();
            thread.interrupt();
            assertThat(run.get()).isTrue();
        }
    }

    @Test
    default void closeEndsARun(@TempDir Path folder) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Recorder recorder =
                new Recorder() {
                    @Override
                    public void started(int worker, Task task) {
                        started.countDown();
                    }
                };
        ShardRunner runner = runner(1, folder);
        FutureTask<Boolean> run =
                new FutureTask<>(
                        () -> {
                            runner.run(new Shards(folder).with("hang", "ok").source(), recorder);
                            return true;
                        });
        Thread.ofPlatform().daemon().start(run);
        started.await();
        runner.close();
        assertThat(run.get()).isTrue();
        assertThat(recorder.finished()).isZero();
    }

    @Test
    default void aListenerThatThrowsEndsTheRun(@TempDir Path folder) {
        Recorder recorder =
                new Recorder() {
                    @Override
                    public void finished(int worker, Task task, Outcome outcome) {
                        throw new IllegalStateException("the ledger is full");
                    }
                };
        try (ShardRunner runner = runner(2, folder)) {
            assertThatThrownBy(
                            () -> runner.run(new Shards(folder).withGood(5, 2).source(), recorder))
                    .hasMessage("the ledger is full");
        }
    }

    @Test
    default void aSourceThatThrowsEndsTheRun(@TempDir Path folder) {
        try (ShardRunner runner = runner(2, folder)) {
            assertThatThrownBy(
                            () ->
                                    runner.run(
                                            () -> {
                                                throw new IllegalStateException("the plan is bad");
                                            },
                                            new Recorder()))
                    .hasMessage("the plan is bad");
        }
    }
}
