package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.Launch.Ended;
import imgpipe.Launch.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals as terminals, shells, service managers and people send them. */
@Timeout(120)
class SignalsIT {
    private static final int PICTURES = 40;

    private static final String[] COMMAND = {
        "run", "resize 700x700 | png", "in", "out", "-j", "2", "--json"
    };

    @TempDir private static Path source;
    @TempDir private Path temporary;

    @BeforeAll
    static void makePictures() throws IOException {
        Workplace made = new Workplace(source.toRealPath());
        Path first = made.picture("in/0.jpg", 1200, 900);
        for (int i = 1; i < PICTURES; i++) {
            Files.copy(first, made.file("in/" + i + ".jpg"));
        }
    }

    private Workplace place() throws IOException {
        Workplace place = new Workplace(temporary.toRealPath());
        if (!Files.exists(place.file("in"))) {
            Files.createSymbolicLink(place.file("in"), source.toRealPath().resolve("in"));
        }
        return place;
    }

    private static void awaitTheMiddle(Workplace place, Running run) throws Exception {
        while (place.count("out") < 2) {
            if (!run.process().isAlive()) {
                fail("it ended before its middle: " + run.end());
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void send(String signal, List<Long> processes) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(process -> command.add(Long.toString(process)));
        new ProcessBuilder(command).start().waitFor();
    }

    /** Whether this process ignores it, and with it all that it starts: a "&" is enough for INT. */
    private static boolean isIgnored(String signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        int number = List.of("HUP", "INT").indexOf(signal);
        return number >= 0
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line -> (mask(line) & (1L << number)) != 0);
    }

    private static long mask(String line) {
        return Long.parseUnsignedLong(line.substring(line.indexOf(':') + 1).strip(), 16);
    }

    private static void assertSums(Ended run) {
        assertThat(run.json("done") + run.json("skipped") + run.json("notStarted"))
                .isEqualTo(run.json("found"));
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 143"})
    void finishesThePictureInHandThoughTheWorkersAreSignalledToo(String signal, int code)
            throws Exception {
        assumeTrue(
                !isIgnored(signal), "needs tests that are started without " + signal + " ignored");
        Workplace place = place();
        Running run = place.launch(Map.of()).start(Launch.LAUNCHER, COMMAND);
        awaitTheMiddle(place, run);
        List<Long> all = new ArrayList<>(run.process().children().map(ProcessHandle::pid).toList());
        all.add(run.process().pid());

        send(signal, all);
        Ended ended = run.end();

        assertThat(ended.code()).as(ended.error()).isEqualTo(code);
        assertThat(ended.json("workerDeaths")).isZero();
        assertSums(ended);
        assertThat(place.content("out")).hasSize((int) ended.json("done"));
        assertThat(place.temporary("out")).isEmpty();
    }

    /** As {@code nohup} does with HUP, and a shell without job control with INT behind a "&". */
    @ParameterizedTest
    @ValueSource(strings = {"HUP", "INT"})
    void staysDeafToASignalThatItsStarterHasItIgnore(String signal) throws Exception {
        Workplace place = place();
        Running run =
                place.launch(Map.of())
                        .start(
                                Path.of("/bin/sh"),
                                words(
                                        "trap '' " + signal + "; exec \"$0\" \"$@\"",
                                        Launch.LAUNCHER.toRealPath().toString()));
        awaitTheMiddle(place, run);

        send(signal, List.of(run.process().pid()));
        Ended ended = run.end();

        assertThat(ended.code()).as(ended.error()).isZero();
        assertThat(ended.json("done")).isEqualTo(PICTURES);
    }

    private static String[] words(String line, String program) {
        List<String> words = new ArrayList<>(List.of("-c", line, program));
        words.addAll(List.of(COMMAND));
        return words.toArray(String[]::new);
    }

    @Test
    void endsInOrderAtAnyMoment() throws Exception {
        long seed = 20_261_101;
        Random random = new Random(seed);
        Workplace place = place();
        for (int i = 0; i < 4; i++) {
            int wait = random.nextInt(1500);
            String what = "signal after " + wait + " ms, seed " + seed;
            Running run = place.launch(Map.of()).start(Launch.LAUNCHER, COMMAND);
            LockSupport.parkNanos(wait * 1_000_000L);
            List<ProcessHandle> workers = run.process().children().toList();
            send("TERM", List.of(run.process().pid()));
            Ended ended = run.end();

            // A JVM that is signalled before it runs anything of imgpipe may call that an error.
            if (!ended.output().startsWith("Error occurred during initialization of VM")) {
                // It may have been done by then.
                assertThat(ended.code()).as(what + ended.error()).isIn(143, 0);
                if (!ended.output().isEmpty()) {
                    assertSums(ended);
                }
            }
            if (Files.exists(place.file("out/.imgpipe/tmp"))) {
                assertThat(place.temporary("out")).as(what).isEmpty();
            }
            assertThat(workers).as(what).noneMatch(ProcessHandle::isAlive);
        }
        Ended last = place.imgpipe(COMMAND);
        assertThat(last.code()).as(last.error()).isZero();
        assertThat(last.json("done") + last.json("skipped")).isEqualTo(PICTURES);
        assertThat(place.content("out")).hasSize(PICTURES);
    }
}
