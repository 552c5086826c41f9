package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import imgpipe.Launch.Ended;
import imgpipe.Launch.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Whatever ends in the middle, worker or run: the outputs are those of a run that nothing
 * disturbed.
 */
@Isolated
@Timeout(120)
class ResumeIT {
    private static final int PICTURES = 60;

    @TempDir private static Path temporary;

    private static Workplace place;
    private static Map<String, String> undisturbed;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        place = new Workplace(temporary.toRealPath());
        Path first = place.picture("in/0.jpg", 1200, 900);
        for (int i = 1; i < PICTURES; i++) {
            Files.copy(first, place.file("in/" + i + ".jpg"));
        }
        Ended run = place.imgpipe(command("undisturbed"));
        assertThat(run.code()).as(run.error()).isZero();
        undisturbed = place.content("undisturbed");
        assertThat(undisturbed).hasSize(PICTURES);
    }

    private static String[] command(String output, String... more) {
        List<String> command =
                new ArrayList<>(
                        List.of("run", "resize 700x700 | png", "in", output, "-j", "2", "--json"));
        command.addAll(List.of(more));
        return command.toArray(String[]::new);
    }

    /** Starts a run and returns when it is in the middle. */
    private static Running startAndReachTheMiddle(String output) throws Exception {
        Running run = place.launch(Map.of()).start(Launch.LAUNCHER, command(output));
        while (place.count(output) < 3) {
            if (!run.process().isAlive()) {
                fail("it ended before its middle: " + run.end());
            }
            LockSupport.parkNanos(5_000_000);
        }
        return run;
    }

    private static List<ProcessHandle> workers(Running run) {
        List<ProcessHandle> workers = run.process().children().toList();
        assertThat(workers).isNotEmpty();
        return workers;
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    private static void assertSums(Ended run) {
        assertThat(run.json("done") + run.json("skipped") + run.json("notStarted"))
                .isEqualTo(run.json("found"))
                .isEqualTo(PICTURES);
    }

    private static void assertCompletes(String output) throws IOException, InterruptedException {
        Ended again = place.imgpipe(command(output));
        assertThat(again.code()).as(again.error()).isZero();
        assertSums(again);
        assertThat(again.json("skipped")).as("what was done is not done again").isPositive();
        assertThat(place.content(output)).isEqualTo(undisturbed);
        assertThat(place.temporary(output)).isEmpty();
    }

    @Test
    void makesTheSameOnThreads() throws Exception {
        Ended run = place.imgpipe(command("threads", "--engine", "threads"));

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(place.content("threads")).isEqualTo(undisturbed);
    }

    @Test
    void outlivesKilledWorkers() throws Exception {
        Running run = startAndReachTheMiddle("killed-worker");
        workers(run).getFirst().destroyForcibly();

        Ended ended = run.end();

        assertThat(ended.code()).as(ended.error()).isZero();
        assertThat(ended.json("workerDeaths")).isEqualTo(1);
        assertThat(place.content("killed-worker")).isEqualTo(undisturbed);
        assertThat(place.temporary("killed-worker")).isEmpty();
    }

    @Test
    void goesOnAfterASignal() throws Exception {
        Running run = startAndReachTheMiddle("terminated");
        List<ProcessHandle> workers = workers(run);
        signal("TERM", run.process().toHandle());

        Ended ended = run.end();

        assertThat(ended.code()).as(ended.error()).isEqualTo(143);
        assertThat(ended.json("notStarted")).isPositive();
        assertSums(ended);
        assertThat(place.content("terminated")).hasSize((int) ended.json("done"));
        assertThat(place.temporary("terminated")).isEmpty();
        assertThat(workers).noneMatch(ProcessHandle::isAlive);
        assertCompletes("terminated");
    }

    @Test
    void goesOnAfterItWasKilled() throws Exception {
        Running run = startAndReachTheMiddle("killed");
        List<ProcessHandle> workers = workers(run);
        run.process().destroyForcibly().waitFor();
        long killed = System.nanoTime();
        while (workers.stream().anyMatch(ProcessHandle::isAlive)) {
            assertThat(Duration.ofNanos(System.nanoTime() - killed))
                    .isLessThan(Duration.ofSeconds(2));
            LockSupport.parkNanos(10_000_000);
        }

        assertCompletes("killed");
    }

    @Test
    void endsWithItsWorkersAlthoughOneIsStopped() throws Exception {
        Running run = startAndReachTheMiddle("stopped-worker");
        List<ProcessHandle> workers = workers(run);
        signal("STOP", workers.getFirst());
        signal("TERM", run.process().toHandle());
        long asked = System.nanoTime();

        assertThat(run.process().waitFor(Duration.ofSeconds(5))).as("within 5 s").isTrue();
        Ended ended = run.end();

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(6));
        assertThat(ended.code()).isEqualTo(143);
        assertSums(ended);
        assertThat(workers).noneMatch(ProcessHandle::isAlive);
        assertCompletes("stopped-worker");
    }

    @Test
    void refusesASecondRunOnTheSameOutput() throws Exception {
        Running run = startAndReachTheMiddle("busy");
        Path elsewhere = Files.createDirectories(place.file("elsewhere"));

        Ended second =
                new Launch(elsewhere, place.folder(), place.launch(Map.of()).environment())
                        .imgpipe("resize", "../in", "../busy");

        assertThat(second.code()).isEqualTo(75);
        assertThat(second.error())
                .contains("another run (process " + run.process().pid() + ")")
                .hasLineCount(1);
        assertThat(run.end().code()).isZero();
        assertThat(place.content("busy")).isEqualTo(undisturbed);
    }
}
