package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.Launch.Ended;
import imgpipe.Launch.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench} as people start it. What it measures is not looked at. */
@Timeout(120)
class BenchIT {
    private static final String NOTE = "WARNING: Using incubator modules: jdk.incubator.vector\n";

    @TempDir private Path folder;
    private Workplace place;
    private Path temporary;

    private Launch launch() throws Exception {
        place = new Workplace(folder);
        temporary = Files.createDirectories(folder.resolve("tmp"));
        return place.launch(Map.of("JAVA_OPTS", "-Djava.io.tmpdir=" + temporary));
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("hsperf"))
                    .toList();
        }
    }

    @Test
    void measuresAllFormsAndLeavesNothingBehind() throws Exception {
        Launch launch = launch();
        place.picture("in/a.jpg", 320, 200);
        place.picture("in/b.png", 200, 100);

        Ended run =
                launch.imgpipe(
                        "bench",
                        "in",
                        "--size",
                        "64",
                        "-j",
                        "2",
                        "--rounds",
                        "1",
                        "--svg",
                        "c.svg");

        assertThat(run.error()).isEqualTo(NOTE);
        assertThat(run.code()).isZero();
        assertThat(run.output())
                .contains("2 pictures, 0.1 megapixels; medians of 1 round")
                .contains("sequential ", "threads 1 ", "threads 2 ", "processes 1 ", "processes 2 ")
                .contains("2 worker processes make");
        assertThat(folder.resolve("c.svg")).content().startsWith("<svg ").endsWith("</svg>\n");
        assertThat(left()).isEmpty();
    }

    @Test
    void leavesBrokenPicturesOutAndNamesThem() throws Exception {
        Launch launch = launch();
        place.picture("in/a.jpg", 320, 200);
        Files.writeString(place.file("in/b%20c.jpg"), "no picture");

        Ended run =
                launch.imgpipe("bench", "in", "--size", "64", "-j", "1", "--rounds", "1", "--json");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.error()).contains("b c.jpg: NOT_A_PICTURE: ");
        assertThat(run.json("pictures")).isEqualTo(1);
        assertThat(run.json("exitCode")).isEqualTo(3);
        assertThat(left()).isEmpty();
    }

    @Test
    void comparesNothingWhereNoPictureCanBeDone() throws Exception {
        Launch launch = launch();
        Files.createDirectories(place.file("in"));
        Files.writeString(place.file("in/a.jpg"), "no picture");

        Ended run = launch.imgpipe("bench", "in");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.output()).isEmpty();
        assertThat(run.error())
                .contains("a.jpg: NOT_A_PICTURE: ")
                .endsWith("no picture could be done, so there is nothing to compare\n");
        assertThat(left()).isEmpty();
    }

    @Test
    void refusesAnEmptyFolder() throws Exception {
        Launch launch = launch();
        Files.createDirectories(place.file("in"));

        Ended run = launch.imgpipe("bench", "in");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.error().lines().skip(1))
                .containsExactly(
                        "imgpipe: IN \"in\" has no picture to measure with; name a folder that has"
                                + " some");
        assertThat(left()).isEmpty();
    }

    @Test
    void endsWithoutLeavingAnythingWhenTerminated() throws Exception {
        Launch launch = launch();
        place.picture("in/a.jpg", 320, 200);

        Running running =
                launch.start(Launch.LAUNCHER, "bench", "in", "-j", "2", "--rounds", "1000");
        ProcessHandle process = running.process().toHandle();
        // Until a worker of the second pool is up.
        while (process.isAlive() && process.children().count() < 2) {
            Thread.sleep(20);
        }
        List<ProcessHandle> workers = process.children().toList();
        // Not SIGINT, which whoever started the tests may have set to be ignored.
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
        Ended run = running.end();

        assertThat(run.code()).isEqualTo(143);
        assertThat(run.output()).isEmpty();
        assertThat(run.error()).isEqualTo(NOTE);
        assertThat(workers).isNotEmpty();
        for (ProcessHandle worker : workers) {
            worker.onExit().get(10, TimeUnit.SECONDS);
        }
        assertThat(left()).isEmpty();
    }
}
