package imgpipe.dispatch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** No worker outlives a coordinator that is killed. */
@Isolated
@Timeout(60)
class CoordinatorDeathIT {
    @TempDir Path folder;

    @Test
    void workersWithAPictureInHandEnd() throws Exception {
        killAfter("", "busy");
    }

    @Test
    void workersThatHaveNotOpenedTheirPipesEnd() throws Exception {
        killAfter("hang-before-pipes", "ready");
    }

    @Test
    void workersIgnoreTheSignalsOfTheTerminal() throws Exception {
        Process coordinator = coordinator("");
        await(coordinator, "busy");
        List<ProcessHandle> workers = coordinator.descendants().toList();
        assertThat(workers).hasSize(2);
        for (ProcessHandle worker : workers) {
            for (String signal : List.of("-INT", "-TERM", "-HUP")) {
                new ProcessBuilder("kill", signal, Long.toString(worker.pid())).start().waitFor();
            }
        }
        // A JVM that heeds a signal is gone in some 20 ms.
        assertThat(coordinator.waitFor(Duration.ofMillis(500))).isFalse();
        assertThat(workers).allMatch(ProcessHandle::isAlive);
        end(coordinator, workers);
    }

    private void killAfter(String misbehave, String word) throws Exception {
        Process coordinator = coordinator(misbehave);
        await(coordinator, word);
        List<ProcessHandle> workers = coordinator.descendants().toList();
        while (workers.size() < 2) {
            workers = coordinator.descendants().toList();
        }
        end(coordinator, workers);
    }

    private static void end(Process coordinator, List<ProcessHandle> workers) throws Exception {
        coordinator.destroyForcibly().waitFor();
        long killed = System.nanoTime();
        // Asked, not told: the handle of a process that is no child tells of its end up to 5 s
        // late.
        while (workers.stream().anyMatch(ProcessHandle::isAlive)) {
            assertThat(Duration.ofNanos(System.nanoTime() - killed))
                    .isLessThan(Duration.ofSeconds(2));
            LockSupport.parkNanos(10_000_000);
        }
    }

    private Process coordinator(String misbehave) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LonelyCoordinator.class.getName(),
                        folder.toString(),
                        misbehave)
                .redirectErrorStream(true)
                .start();
    }

    private static void await(Process coordinator, String word) throws IOException {
        BufferedReader said = coordinator.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        while (line != null && !line.equals(word)) {
            line = said.readLine();
        }
        assertThat(line).isEqualTo(word);
    }
}
