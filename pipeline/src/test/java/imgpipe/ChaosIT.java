package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.Launch.Ended;
import imgpipe.Launch.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A short part, with one seed, of what {@code scripts/chaos} does for hours: whoever is killed and
 * whenever, the outputs are those of a run that nothing disturbed, and nothing is left over.
 */
@Isolated
@Timeout(120)
class ChaosIT {
    private static final long SEED = 1;
    private static final int PICTURES = 120;

    @TempDir private static Path temporary;

    private static Workplace place;
    private static Map<String, String> undisturbed;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        place = new Workplace(temporary.toRealPath());
        Files.createDirectory(place.file("pipes"));
        Path first = place.picture("in/0.jpg", 640, 480);
        for (int i = 1; i < PICTURES; i++) {
            Files.copy(first, place.file("in/" + i + ".jpg"));
        }
        Ended run = start("undisturbed").end();
        assertThat(run.code()).as(run.error()).isZero();
        undisturbed = place.content("undisturbed");
        assertThat(undisturbed).hasSize(PICTURES);
    }

    private static Running start(String output) throws Exception {
        return place.launch(Map.of("IMGPIPE_OPTS", "-Djava.io.tmpdir=" + place.file("pipes")))
                .start(
                        Launch.LAUNCHER,
                        "run",
                        "resize 500x500 | png",
                        "in",
                        output,
                        "-j",
                        "2",
                        "--json");
    }

    private static void pause(int milliseconds) {
        LockSupport.parkNanos(milliseconds * 1_000_000L);
    }

    /** Waits until so many outputs are there; whether the run still goes on. */
    private static boolean reaches(Running run, String output, int pictures) throws Exception {
        while (run.process().isAlive() && place.count(output) < pictures) {
            pause(2);
        }
        return run.process().isAlive();
    }

    private static void assertAllDone(String output, Ended run) throws Exception {
        assertThat(run.code()).as("seed %d: %s", SEED, run.error()).isZero();
        assertThat(run.json("done") + run.json("skipped"))
                .isEqualTo(run.json("found"))
                .isEqualTo(PICTURES);
        assertThat(place.content(output)).isEqualTo(undisturbed);
        assertThat(place.temporary(output)).isEmpty();
        assertThat(place.file("pipes")).isEmptyDirectory();
    }

    @Test
    void workersThatAreKilledCostNoPicture() throws Exception {
        Random random = new Random(SEED);
        int kills = 0;
        Running run = start("killed-workers");
        for (int mark = 5; mark < 100; mark += 10 + random.nextInt(10)) {
            if (reaches(run, "killed-workers", mark)) {
                List<ProcessHandle> workers = run.process().children().toList();
                if (!workers.isEmpty()) {
                    workers.get(random.nextInt(workers.size())).destroyForcibly();
                    kills++;
                }
            }
        }

        Ended ended = run.end();

        assertAllDone("killed-workers", ended);
        assertThat(ended.json("workerDeaths")).isBetween(1L, (long) kills);
    }

    @Test
    void runsThatAreKilledEndWithTheSame() throws Exception {
        Random random = new Random(SEED);
        List<ProcessHandle> workers = new ArrayList<>();
        Running run = start("killed-runs");
        for (int kills = 0; kills < 3; kills++) {
            int more = place.count("killed-runs") + 1 + random.nextInt(20);
            if (!reaches(run, "killed-runs", more)) {
                break;
            }
            workers.addAll(run.process().children().toList());
            run.process().destroyForcibly().waitFor();
            awaitEnd(workers);
            run = start("killed-runs");
        }

        assertAllDone("killed-runs", run.end());
        assertThat(workers).as("seed %d", SEED).isNotEmpty();
    }

    /** They notice that their coordinator is gone. */
    private static void awaitEnd(List<ProcessHandle> workers) {
        long begin = System.nanoTime();
        while (workers.stream().anyMatch(ProcessHandle::isAlive)) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("seed %d", SEED)
                    .isLessThan(Duration.ofSeconds(2));
            pause(10);
        }
    }

    @Test
    void aSecondSignalEndsTheRunAtOnce() throws Exception {
        Running run = start("signalled-twice");
        assertThat(reaches(run, "signalled-twice", 5)).isTrue();
        List<ProcessHandle> workers = run.process().children().toList();
        // One that neither answers nor ends, so that the first signal alone takes its time.
        signal("STOP", workers.getFirst());
        signal("TERM", run.process().toHandle());
        pause(200);
        signal("TERM", run.process().toHandle());

        assertThat(run.process().waitFor(Duration.ofSeconds(2))).as("within 2 s").isTrue();
        Ended ended = run.end();

        assertThat(ended.code()).isEqualTo(143);
        awaitEnd(workers);
        assertAllDone("signalled-twice", start("signalled-twice").end());
    }

    @Test
    void signalsToWorkersAloneDoNothing() throws Exception {
        Running run = start("signalled-workers");
        assertThat(reaches(run, "signalled-workers", 3)).isTrue();
        for (ProcessHandle worker : run.process().children().toList()) {
            signal("TERM", worker);
            signal("INT", worker);
            signal("HUP", worker);
        }

        Ended ended = run.end();

        assertAllDone("signalled-workers", ended);
        assertThat(ended.json("workerDeaths")).isZero();
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }
}
