package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imgpipe.dispatch.MemoryPlan;
import imgpipe.dispatch.Recorder;
import imgpipe.dispatch.RunFailedException;
import imgpipe.dispatch.ShardRunner;
import imgpipe.dispatch.ShardSource;
import imgpipe.dispatch.Shards;
import imgpipe.shard.Outcome;
import imgpipe.shard.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By far the longest of these classes, and thus the first that is begun. */
@Order(1)
@ExtendWith(Leftovers.class)
@ResourceLock(Leftovers.POOL)
@Timeout(120)
class WorkerPoolIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    /** For what must be missed, and yet be enough for a machine that is busy. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    static final Recycling NEVER = new Recycling(Long.MAX_VALUE, Long.MAX_VALUE);

    @TempDir Path folder;
    private final Recorder recorder = new Recorder();

    static PoolSettings settings(int workers, Duration timeout, Path logs, String misbehave) {
        return new PoolSettings(
                workers,
                timeout,
                LONG,
                MemoryPlan.of(8L << 30, workers, 256L << 20, 1_000_000),
                NEVER,
                logs,
                List.of("-Dmisbehave=" + misbehave, "-XX:TieredStopAtLevel=1"),
                MisbehavingWorker.class.getName(),
                System.getProperty("java.class.path"),
                Map.of("LC_ALL", "C"),
                null);
    }

    private Shards shards(String... names) {
        return new Shards(folder).with(names);
    }

    private void run(int workers, Duration timeout, Shards shards) throws Exception {
        try (ShardRunner pool = new WorkerPool(settings(workers, timeout, folder, ""))) {
            pool.run(shards.source(), recorder);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exit, CRASH, 2, exited with value 7",
        "halt, CRASH, 2, exited with value 8",
        "segv, CRASH, 2, ended by signal 6",
        "kill, CRASH, 30, killed by signal 9 that imgpipe did not send",
        "memory, MEMORY, 2, ran out of memory",
        "junk, CRASH, 2, broke the protocol",
        "wrong-task, CRASH, 2, broke the protocol",
        "large-half-frame, CRASH, 2, exited with value 6",
        "large-half-frame-crash, CRASH, 2, ended by signal 6",
        "large-half-frame-error, CRASH, 2, broke the protocol",
        "hang, TIMEOUT, 2, no answer within the deadline",
        "freeze, TIMEOUT, 2, no answer within the deadline",
    })
    void onePictureCostsOnePicture(String name, String kind, int tries, String ending)
            throws Exception {
        Shards shards = shards("ok", name, "ok").withGood(4, 2);
        run(2, name.equals("hang") || name.equals("freeze") ? SHORT : LONG, shards);
        Map<String, List<String>> ends = recorder.ends(shards.tasks());
        assertThat(ends).containsOnlyKeys("done", "quarantined " + kind);
        assertThat(ends.get("quarantined " + kind)).containsExactly(name);
        Task suspect = shards.tasks().get(1);
        assertThat(recorder.starts(suspect)).isEqualTo(tries);
        assertThat(((Outcome.Quarantined) recorder.outcome(suspect)).sentence())
                .startsWith(tries + " workers ended with it in hand")
                .contains(ending);
        assertThat(recorder.deaths())
                .hasSize(tries)
                .allSatisfy(
                        report ->
                                assertThat(report)
                                        .contains(ending)
                                        .contains("with " + name)
                                        .contains("misbehaves"));
        assertThat(recorder.retries()).isEqualTo(tries - 1);
        try (Stream<Path> files = Files.list(folder.resolve("quarantine"))) {
            assertThat(files).singleElement().asString().contains(name + "-");
        }
        // No other was in hand when a worker died.
        assertThat(shards.tasks()).filteredOn(task -> recorder.starts(task) > 1).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"exit-once", "kill-once", "memory-once", "half-frame-once"})
    void isTriedAgainAndDone(String name) throws Exception {
        Shards shards = shards("ok", name, "ok").withGood(2, 2);
        run(2, LONG, shards);
        assertThat(recorder.ends(shards.tasks())).containsOnlyKeys("done");
        assertThat(recorder.deaths()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "exit-before-pipes, exited with value 9",
        "error-before-pipes, before pipes",
        "crash-before-pipes, ended by signal 6",
        "unlinks-pipes, NoSuchFileException",
        "exit-before-hello, exited with value 9",
        "wrong-generation, broke the protocol",
        "wrong-pid, broke the protocol",
        "junk, MAGIC: a frame begins with 49 4d 47 50: 23 20 41 20",
    })
    void aRunWhoseWorkersNeverBeginFails(String misbehave, String ending) {
        Shards shards = shards("ok");
        try (ShardRunner pool = new WorkerPool(settings(1, LONG, folder, misbehave))) {
            assertThatThrownBy(() -> pool.run(shards.source(), recorder))
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("6 workers in a row ended before");
        }
        assertThat(recorder.deaths())
                .hasSize(6)
                .allSatisfy(death -> assertThat(death).contains(ending));
        assertThat(recorder.retries()).isZero();
        assertThat(recorder.finished()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"hang-before-pipes", "hang-before-hello"})
    void aWorkerThatNeverStartsIsEnded(String misbehave) throws Exception {
        PoolSettings slow = settings(1, LONG, folder, misbehave);
        PoolSettings quick =
                new PoolSettings(
                        1,
                        LONG,
                        Duration.ofSeconds(1),
                        slow.memory(),
                        NEVER,
                        folder,
                        slow.jvmArguments(),
                        slow.mainClass(),
                        slow.classPath(),
                        Map.of(),
                        null);
        try (ShardRunner pool = new WorkerPool(quick)) {
            assertThatThrownBy(() -> pool.run(shards("ok").source(), recorder))
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("did not start in time");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "never-bye, 1",
        "exit-after-bye, 0",
        "error-after-bye, 0",
        "crash-after-bye, 0",
        "hang-after-bye, 0",
        "leaves-an-heir, 1"
    })
    void theEndOfAWorkerChangesNoOutcome(String misbehave, int deaths) throws Exception {
        Shards shards = shards("ok", "ok");
        try (ShardRunner pool = new WorkerPool(settings(1, LONG, folder, misbehave))) {
            pool.run(shards.source(), recorder);
        }
        assertThat(recorder.ends(shards.tasks())).containsOnlyKeys("done");
        assertThat(recorder.deaths()).hasSize(deaths);
    }

    @ParameterizedTest
    @CsvSource({"10, 9223372036854775807", "9223372036854775807, 1"})
    void aWorkerIsReplacedAfterSoManyPicturesOrSoMuchMemory(long pictures, long bytes)
            throws Exception {
        Shards shards = new Shards(folder).withGood(20, 2);
        PoolSettings usual = settings(2, LONG, folder, "");
        PoolSettings recycling =
                new PoolSettings(
                        2,
                        LONG,
                        LONG,
                        usual.memory(),
                        new Recycling(pictures, bytes),
                        folder,
                        // Each is to print something.
                        List.of("-showversion"),
                        usual.mainClass(),
                        usual.classPath(),
                        Map.of(),
                        null);
        try (ShardRunner pool = new WorkerPool(recycling)) {
            pool.run(shards.source(), recorder);
        }
        assertThat(recorder.ends(shards.tasks())).containsOnlyKeys("done");
        assertThat(recorder.deaths()).isEmpty();
        assertThat(shards.tasks()).allMatch(task -> recorder.starts(task) == 1);
        assertThat(Files.readString(folder.resolve("worker-0.log")))
                .contains("generation 0 ", "generation 1 ");
    }

    @Test
    void knowsTheMemoryOfAProcess() {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/proc/self/status")), "/proc as Linux has it is needed");
        // A JVM has more than 20 MB, and no test of this one needs 100 GB.
        assertThat(Recycling.resident(ProcessHandle.current().pid()))
                .isBetween(20_000_000L, 100_000_000_000L);
        assertThat(Recycling.resident(-1)).isZero();
    }

    @Test
    void aWorkerThatAsksForAShardAndGoesLosesNone() throws Exception {
        Shards shards = shards("ok", "ok");
        ShardSource source = shards.source();
        try (ShardRunner pool = new WorkerPool(settings(1, LONG, folder, "asks-and-goes"))) {
            pool.run(
                    () -> {
                        // Until the worker's goodbye was heard.
                        Thread.sleep(500);
                        return source.next();
                    },
                    recorder);
        }
        assertThat(recorder.ends(shards.tasks())).containsOnlyKeys("done");
    }

    @Test
    void anyNumberOfPicturesThatKillWorkersCostOnlyThemselves() throws Exception {
        Shards shards = new Shards(folder);
        for (int i = 0; i < 10; i++) {
            shards.with("ok", "halt", "halt");
        }
        run(2, LONG, shards);
        Map<String, List<String>> ends = recorder.ends(shards.tasks());
        assertThat(ends).containsOnlyKeys("done", "quarantined CRASH");
        assertThat(ends.get("done")).hasSize(10).containsOnly("ok");
        assertThat(recorder.deaths()).hasSize(40);
    }

    @Test
    void aWorkerThatClosesItsPipeAndStaysIsEnded() throws Exception {
        Shards shards = shards("close-pipe-once", "ok");
        run(1, LONG, shards);
        assertThat(recorder.ends(shards.tasks())).containsOnlyKeys("done");
        assertThat(recorder.deaths()).hasSize(1);
    }

    @Test
    void aShortDeadlinePutsNoInnocentIntoQuarantine() throws Exception {
        // Both take longer than that; a first picture may, and alone each is a first one.
        Shards shards = shards("slow", "slow");
        run(1, Duration.ofMillis(60), shards);
        assertThat(recorder.ends(shards.tasks())).containsOnlyKeys("done");
        assertThat(recorder.deaths()).hasSize(1).allMatch(text -> text.contains("deadline"));
    }

    @Test
    void aWorkerThatFreezesWithNoPictureInHandIsReplaced() throws Exception {
        Shards shards = shards("ok", "ok");
        try (ShardRunner pool = new WorkerPool(settings(1, LONG, folder, "freeze-after-a-task"))) {
            pool.run(shards.source(), recorder);
        }
        assertThat(recorder.ends(shards.tasks())).containsOnlyKeys("done");
        assertThat(recorder.deaths())
                .hasSize(1)
                .first()
                .asString()
                .contains("said nothing though it had no picture in hand");
    }

    @Test
    void whatAWorkerPrintsIsKeptUpToALimit() throws Exception {
        Shards shards = shards("chatter", "chatter", "exit");
        run(1, LONG, shards);
        assertThat(Files.size(folder.resolve("worker-0.log"))).isEqualTo(10_000_000);
        assertThat(recorder.deaths().getFirst()).contains("again and again, 199999");
        assertThat(recorder.ends(shards.tasks()).get("done")).hasSize(2);
    }

    @Test
    void goesOnWithShardsMuchLargerThanThePipe() throws Exception {
        String[] names = new String[5_000];
        Arrays.fill(names, "ok");
        names[2_500] = "exit";
        Shards shards = shards(names);
        run(2, LONG, shards);
        assertThat(recorder.ends(shards.tasks()).get("done")).hasSize(4_999);
    }

    @Test
    void saysThatAShardIsTooLarge() {
        String[] names = new String[30_000];
        Arrays.fill(names, "ok");
        assertThatThrownBy(() -> run(1, LONG, shards(names)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shard 0 with 30000 tasks");
    }

    @Test
    void saysThatAWorkerCannotBeStarted() {
        PoolSettings good = settings(1, LONG, folder, "");
        PoolSettings bad =
                new PoolSettings(
                        1,
                        LONG,
                        LONG,
                        good.memory(),
                        NEVER,
                        folder,
                        List.of(),
                        "no.such.Main",
                        good.classPath(),
                        Map.of(),
                        null);
        try (ShardRunner pool = new WorkerPool(bad)) {
            assertThatThrownBy(() -> pool.run(shards("ok").source(), recorder))
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("exited with value 1")
                    .hasMessageEndingWith("its log is " + folder.resolve("worker-0.log"));
        }
        assertThat(recorder.deaths()).allMatch(death -> death.contains("no.such.Main"));
    }
}
