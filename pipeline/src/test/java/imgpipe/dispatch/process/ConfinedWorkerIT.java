package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real workers that try what they must not, with confinement and without. */
@ExtendWith(Leftovers.class)
@Timeout(60)
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

    /** Has a worker try something. What it says of it is "done", or the exception. */
    private String attempt(boolean confined, String what, Object... arguments) throws Exception {
        StringBuilder name = new StringBuilder(what);
        for (Object argument : arguments) {
            name.append(' ').append(argument);
        }
        PoolSettings settings =
                new PoolSettings(
                        1,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        64 << 20,
                        WorkerPoolIT.NEVER,
                        folder.resolve("out/.imgpipe"),
                        List.of("-XX:TieredStopAtLevel=1"),
                        IntrudingWorker.class.getName(),
                        System.getProperty("java.class.path"),
                        Map.of(),
                        confined ? new Reach(List.of(in), out) : null);
        Shards shards = new Shards(out).with(name.toString());
        Recorder recorder = new Recorder();
        try (WorkerPool pool = new WorkerPool(settings)) {
            pool.run(shards.source(), recorder);
        }
        return switch (recorder.outcome(shards.tasks().getFirst())) {
            case Outcome.Done done -> "done";
            case Outcome.Failed failed -> failed.sentence();
            case Outcome.Quarantined quarantined -> quarantined.sentence();
        };
    }

    private void refuses(int abi, String what, Object... arguments) throws Exception {
        assertThat(attempt(false, what, arguments)).as("without confinement").isEqualTo("done");
        assumeTrue(
                Confinement.ofThisKernel() instanceof Confinement.Landlock(int here) && here >= abi,
                "needs Landlock ABI " + abi);
        assertThat(attempt(true, what, arguments))
                .as("confined")
                .containsPattern("AccessDenied|Permission denied|Operation not permitted");
    }

    @Test
    void readsWhatIsGrantedOnly() throws Exception {
        assertThat(attempt(true, "read", in.resolve("picture"))).isEqualTo("done");
        refuses(1, "read", folder.resolve("secret"));
    }

    @Test
    void doesNotFollowALinkOutOfItsReach() throws Exception {
        Path link = Files.createSymbolicLink(in.resolve("link"), folder.resolve("secret"));
        refuses(1, "read", link);
    }

    @Test
    void readsNoOtherProcessesEnvironment() throws Exception {
        refuses(1, "read", "/proc/" + ProcessHandle.current().pid() + "/environ");
    }

    @Test
    void writesToTheTemporaryFolderOnly() throws Exception {
        assertThat(attempt(true, "write", out.resolve("new"))).isEqualTo("done");
        refuses(1, "write", folder.resolve("new"));
    }

    @Test
    void changesNeitherTheSourcesNorTheOutputsNorTheLedger() throws Exception {
        refuses(1, "write", in.resolve("picture"));
        refuses(1, "write", folder.resolve("out/new.jpg"));
        refuses(1, "write", folder.resolve("out/.imgpipe/ledger.jsonl"));
        refuses(1, "write", folder.resolve("out/.imgpipe/tmp/tasks"));
    }

    @Test
    void removesNothing() throws Exception {
        assertThat(attempt(true, "remove", folder.resolve("secret"))).contains("AccessDenied");
        assertThat(folder.resolve("secret")).exists();
        assertThat(attempt(false, "remove", folder.resolve("secret"))).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/true", "/bin/ls"})
    void runsNoOtherProgram(String program) throws Exception {
        refuses(1, "execute", program);
    }

    @Test
    void connectsToNothing() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            refuses(4, "connect", server.getLocalPort());
        }
    }

    @Test
    void waitsForNoConnection() throws Exception {
        refuses(4, "listen");
    }

    @Test
    void sendsNoSignalToOtherProcesses() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            assertThat(attempt(false, "probe-signal", other.pid())).isEqualTo("done");
            assumeTrue(
                    Confinement.ofThisKernel() instanceof Confinement.Landlock(int abi) && abi >= 6,
                    "needs Landlock ABI 6");
            assertThat(attempt(true, "probe-signal", other.pid())).contains("not permitted");
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void hasNoFileOfTheCoordinatorOpenAndNoSecretInItsEnvironment() throws Exception {
        Path lock = folder.resolve("out/.imgpipe/lock");
        try (var _ = Files.newOutputStream(lock)) {
            for (boolean confined : new boolean[] {true, false}) {
                assertThat(attempt(confined, "inherits", folder)).isEqualTo("done");
            }
        }
    }

    @Test
    void leavesTheCoordinatorFree() throws Exception {
        assertThat(attempt(true, "read", in.resolve("picture"))).isEqualTo("done");
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
        assertThat(attempt(true, "segv")).contains("signal");
        assertThat(folder.resolve("out/.imgpipe/worker-0-hs_err.log")).isNotEmptyFile();
    }
}
