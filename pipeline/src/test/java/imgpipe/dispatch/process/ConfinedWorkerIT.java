package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.dispatch.MemoryPlan;
import imgpipe.dispatch.Recorder;
import imgpipe.dispatch.Shards;
import imgpipe.dispatch.process.confine.Confinement;
import imgpipe.shard.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Real workers that try what they must not, with confinement and without. */
@ExtendWith(Leftovers.class)
@ResourceLock(Leftovers.POOL)
@Timeout(120)
class ConfinedWorkerIT {
    @TempDir Path folder;
    private Path in;
    private Path out;

    @BeforeEach
    void makeFolders() throws Exception {
        in = Files.createDirectory(folder.resolve("in"));
        Files.writeString(in.resolve("picture"), "seen");
        Files.writeString(folder.resolve("secret"), "secret");
        out = Files.createDirectories(folder.resolve("out/.imgpipe/tmp/pictures"));
        Files.writeString(folder.resolve("out/.imgpipe/ledger.jsonl"), "all done");
    }

    /** Has a worker try things. What it says of each is "done", or the exception. */
    private List<String> attempts(boolean confined, String... attempts) throws Exception {
        PoolSettings settings =
                new PoolSettings(
                        1,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        MemoryPlan.of(4L << 30, 1, 0, 1_000_000),
                        WorkerPoolIT.NEVER,
                        folder.resolve("out/.imgpipe"),
                        List.of("-XX:TieredStopAtLevel=1"),
                        IntrudingWorker.class.getName(),
                        System.getProperty("java.class.path"),
                        Map.of(),
                        confined ? new Reach(List.of(in), out) : null);
        Shards shards = new Shards(out).with(attempts);
        Recorder recorder = new Recorder();
        try (WorkerPool pool = new WorkerPool(settings)) {
            pool.run(shards.source(), recorder);
        }
        return shards.tasks().stream().map(task -> text(recorder.outcome(task))).toList();
    }

    private static String text(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> "done";
            case Outcome.Failed failed -> failed.sentence();
            case Outcome.Quarantined quarantined -> quarantined.sentence();
        };
    }

    /** All of it must be possible, and be refused to a confined worker. */
    private void refuses(int abi, String... attempts) throws Exception {
        assertThat(attempts(false, attempts)).as("not confined").containsOnly("done");
        assumeTrue(
                Confinement.ofThisKernel() instanceof Confinement.Landlock(int here) && here >= abi,
                "needs Landlock ABI " + abi);
        assertThat(attempts(true, attempts))
                .as("confined")
                .allMatch(said -> said.matches(".*(AccessDenied|denied|not permitted).*"));
    }

    @Test
    void allowsWhatIsGranted() throws Exception {
        assertThat(attempts(true, "read " + in.resolve("picture"), "write " + out.resolve("new")))
                .containsOnly("done");
    }

    @Test
    void readsNothingElse() throws Exception {
        Path link = Files.createSymbolicLink(in.resolve("link"), folder.resolve("secret"));
        refuses(
                1,
                "read " + folder.resolve("secret"),
                "read " + link,
                "read " + in.resolve("../secret"),
                "read /etc/passwd",
                "read /proc/" + ProcessHandle.current().pid() + "/environ");
    }

    @Test
    void changesNeitherTheSourcesNorTheOutputsNorTheLedger() throws Exception {
        refuses(
                1,
                "write " + folder.resolve("new"),
                "write " + in.resolve("picture"),
                "write " + folder.resolve("out/new.jpg"),
                "write " + folder.resolve("out/.imgpipe/ledger.jsonl"),
                "write " + folder.resolve("out/.imgpipe/tmp/tasks"));
    }

    @Test
    void removesNothing() throws Exception {
        assumeTrue(Confinement.ofThisKernel() instanceof Confinement.Landlock, "needs Landlock");
        assertThat(attempts(true, "remove " + folder.resolve("secret")).getFirst())
                .contains("AccessDenied");
        assertThat(folder.resolve("secret")).exists();
        assertThat(attempts(false, "remove " + folder.resolve("secret"))).containsOnly("done");
    }

    @Test
    void runsNoOtherProgram() throws Exception {
        refuses(1, "execute /bin/true", "execute /bin/ls");
    }

    @Test
    void takesNoPartInTheNetwork() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            refuses(4, "connect " + server.getLocalPort(), "listen");
        }
    }

    @Test
    void sendsNoSignalToOtherProcesses() throws Exception {
        refuses(6, "may-signal " + ProcessHandle.current().pid());
    }

    @Test
    void inheritsNoOpenFileAndNoSecret() throws Exception {
        try (var _ = Files.newOutputStream(folder.resolve("out/.imgpipe/lock"))) {
            assertThat(attempts(true, "inherits " + folder)).containsOnly("done");
            assertThat(attempts(false, "inherits " + folder)).containsOnly("done");
        }
    }

    @Test
    void leavesTheCoordinatorFree() throws Exception {
        assertThat(attempts(true, "read " + in.resolve("picture"))).containsOnly("done");
        Files.writeString(folder.resolve("by coordinator"), "free");
        assertThat(new ProcessBuilder("/bin/true").start().waitFor()).isZero();
        // Threads that are started late, by whatever thread it was that had work for them.
        ForkJoinPool.commonPool()
                .submit(() -> Files.writeString(folder.resolve("by common pool"), "free"))
                .get();
        Thread.ofVirtual()
                .start(() -> assertThat(folder.resolve("by common pool")).isReadable())
                .join();
        assertThat(Files.readString(folder.resolve("by common pool"))).isEqualTo("free");
    }

    @Test
    void keepsTheReportOfAJvmThatDied() throws Exception {
        assertThat(attempts(true, "segv").getFirst()).contains("signal");
        Path kept = folder.resolve("out/.imgpipe");
        try (Stream<Path> files = Files.list(kept)) {
            List<Path> reports =
                    files.filter(file -> file.toString().contains("-hs_err_pid")).toList();
            assertThat(reports).hasSize(2).allSatisfy(each -> assertThat(each).isNotEmptyFile());
            try (Stream<Path> evidence = Files.list(kept.resolve("quarantine"))) {
                assertThat(evidence.findFirst().orElseThrow())
                        .content()
                        .contains(reports.stream().map(report -> "report is " + report).toList())
                        .doesNotContain(out + "/worker");
            }
        }
    }
}
