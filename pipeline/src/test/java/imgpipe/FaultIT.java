package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.Launch.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What disks do to a run: kills around the calls that make something last, calls that fail, no
 * room. The long campaigns are in {@code scripts/chaos}.
 */
@Timeout(120)
class FaultIT {
    private static final Path STRACE = Path.of("/usr/bin/strace");
    private static final int PICTURES = 5;

    @TempDir private static Path temporary;

    private static Workplace place;
    private static Map<String, String> undisturbed;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        place = new Workplace(temporary.toRealPath());
        for (int i = 0; i < PICTURES; i++) {
            place.picture("in/" + (i % 2) + "/" + i + ".png", 120 + i, 90);
        }
        Ended run = place.imgpipe(command("in", "undisturbed"));
        assertThat(run.code()).as(run.error()).isZero();
        undisturbed = place.content("undisturbed");
        assertThat(undisturbed).hasSize(PICTURES);
    }

    /** One thread moves files: strace counts calls thread by thread. */
    private static String[] command(String in, String out, String... more) {
        List<String> command =
                new ArrayList<>(List.of("convert", in, out, "--to", "jpeg", "--engine", "threads"));
        command.addAll(List.of("--transfers", "1", "--workers", "1", "--json"));
        command.addAll(List.of(more));
        return command.toArray(String[]::new);
    }

    /** Runs with a fault, in calls for the file of this name only if there is one. */
    private static Ended inject(String fault, String path, String... command)
            throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(STRACE), "faults are injected with strace");
        List<String> arguments = new ArrayList<>(List.of("-f", "-qq", "-o", "/dev/null"));
        if (!path.isEmpty()) {
            arguments.addAll(List.of("-P", place.file(path).toString()));
        }
        String call = fault.substring(0, fault.indexOf(':'));
        arguments.addAll(List.of("-e", "trace=" + call, "-e", "inject=" + fault));
        arguments.add(Launch.LAUNCHER.toAbsolutePath().toString());
        arguments.addAll(List.of(command));
        return place.launch(Map.of()).start(STRACE, arguments.toArray(String[]::new)).end();
    }

    private static void assertSums(Ended run) {
        assertThat(
                        run.json("done")
                                + run.json("skipped")
                                + run.json("failed")
                                + run.json("notStarted"))
                .isEqualTo(run.json("found"))
                .isEqualTo(PICTURES);
    }

    private static void assertCompletes(String out) throws IOException, InterruptedException {
        for (String name : place.content(out).keySet()) {
            assertThat(place.content(out).get(name)).as(name).isEqualTo(undisturbed.get(name));
        }
        Ended again = place.imgpipe(command("in", out));
        assertThat(again.code()).as(again.error()).isZero();
        assertSums(again);
        assertThat(place.content(out)).isEqualTo(undisturbed);
        assertThat(place.temporary(out)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"rename,2", "fsync,3", "fdatasync,2"})
    void goesOnAfterAKillAtACallThatMakesSomethingLast(String call, int number) throws Exception {
        String out = "killed-" + call;

        Ended killed = inject(call + ":signal=SIGKILL:when=" + number, "", command("in", out));

        assertThat(killed.code()).as(killed.error()).isEqualTo(137);
        assertCompletes(out);
    }

    @Test
    void encodesNothingTwiceInPlaceAfterAKillBetweenTheNameAndTheLedger() throws Exception {
        place.picture("place/a.jpg", 300, 200);
        Files.createDirectories(place.file("place/.imgpipe/tmp"));
        String[] command = {
            "resize", "place", "place", "--in-place", "--size", "200", "--engine", "threads"
        };

        Ended killed = inject("fsync:signal=SIGKILL:when=1", "place", command);

        assertThat(killed.code()).as(killed.error()).isEqualTo(137);
        Map<String, String> made = place.content("place");
        Ended again = place.imgpipe(command);
        assertThat(again.output()).startsWith("done 0, skipped 1,");
        assertThat(place.content("place")).isEqualTo(made);
    }

    @Test
    void takesNoResultOfAKilledRunForASource() throws Exception {
        place.picture("beside/a.png", 300, 200);
        Files.createDirectories(place.file("beside/.imgpipe/tmp"));
        String[] command = command("beside", "beside", "--in-place");

        Ended killed = inject("fsync:signal=SIGKILL:when=1", "beside", command);

        assertThat(killed.code()).as(killed.error()).isEqualTo(137);
        assertThat(place.content("beside")).containsOnlyKeys("a.png", "a.jpg");
        Ended again = place.imgpipe(command);
        assertThat(again.code()).as(again.error()).isZero();
        assertThat(again.json("skipped")).isEqualTo(1);
    }

    @Test
    void callsNothingDoneThatCouldNotBeForcedToTheDisk() throws Exception {
        Ended run =
                inject(
                        "fsync:error=EIO",
                        "unsynced/.imgpipe/tmp/pictures/2-0",
                        command("in", "unsynced"));

        assertThat(run.code()).as(run.error()).isEqualTo(3);
        assertThat(run.error()).contains("could not be forced to the disk: Input/output error");
        assertThat(run.json("failed")).isEqualTo(1);
        assertSums(run);
        assertThat(place.content("unsynced")).hasSize(PICTURES - 1);
        assertCompletes("unsynced");
    }

    @Test
    void endsWithItsSumsWhenTheLedgerFails() throws Exception {
        Ended run =
                inject(
                        "fdatasync:error=EIO:when=2",
                        "bad-ledger/.imgpipe/ledger.jsonl",
                        command("in", "bad-ledger"));

        assertThat(run.code()).as(run.error()).isEqualTo(1);
        assertThat(run.error())
                .contains("ledger.jsonl cannot be written: Input/output error")
                .doesNotContain("no room");
        assertThat(run.json("notStarted")).isPositive();
        assertSums(run);
        assertCompletes("bad-ledger");
    }

    /** A small file system in memory; empty where none can be mounted. */
    private static AutoCloseable mount(String folder, String options) throws Exception {
        String path = Files.createDirectories(place.file(folder)).toString();
        boolean mounted =
                new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "tmpfs", path)
                                .redirectErrorStream(true)
                                .redirectOutput(place.file("mount.log").toFile())
                                .start()
                                .waitFor()
                        == 0;
        assumeTrue(mounted, "only root mounts file systems");
        return () -> new ProcessBuilder("umount", "-l", path).start().waitFor();
    }

    @ParameterizedTest
    @CsvSource({"size=32k, size=2m", "nr_inodes=14, nr_inodes=500"})
    void stopsOnAFullDiskAndGoesOnWithMoreRoom(String little, String more) throws Exception {
        String out = "full-" + little.substring(0, 4);
        try (AutoCloseable mount = mount(out, little)) {
            assertThat(mount).isNotNull();
            Ended run = place.imgpipe(command("in", out));

            assertThat(run.code()).as(run.error()).isEqualTo(4);
            assertSums(run);
            assertThat(run.json("notStarted")).isPositive();
            assertThat(place.content(out)).hasSize((int) run.json("done"));
            String path = place.file(out).toString();
            new ProcessBuilder("mount", "-o", "remount," + more, path).start().waitFor();
            assertCompletes(out);
        }
    }

    @Test
    void publishesOnAFileSystemInsideTheOutput() throws Exception {
        try (AutoCloseable mount = mount("spread/1", "size=4m")) {
            assertThat(mount).isNotNull();
            Ended run = place.imgpipe(command("in", "spread"));

            assertThat(run.code()).as(run.error()).isZero();
            assertThat(place.content("spread")).isEqualTo(undisturbed);
            try (Stream<Path> files = Files.list(place.file("spread/1"))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("1.jpg", "3.jpg");
            }
            Ended again = place.imgpipe(command("in", "spread"));
            assertThat(again.json("skipped")).isEqualTo(PICTURES);
        }
    }
}
