package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.Launch.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * imgpipe as its users start it: what it makes, what it refuses, what it says and leaves behind.
 */
@Timeout(120)
class EndToEndIT {
    @TempDir private Path temporary;

    private Workplace place;

    @BeforeEach
    void enterAPlace() throws IOException {
        place = new Workplace(temporary.toRealPath());
    }

    @Test
    void doesAllSamplesAndThenNoneAgain() throws Exception {
        String samples = Path.of("..", "samples").toRealPath().toString();

        Ended first = place.imgpipe("resize", samples, "out", "--size", "90", "--json");
        Map<String, String> made = place.content("out");
        Ended second = place.imgpipe("resize", samples, "out", "--size", "90", "--json");

        assertThat(first.code()).as(first.error()).isZero();
        assertThat(first.json("done")).isEqualTo(made.size()).isGreaterThan(20);
        assertThat(second.code()).isZero();
        assertThat(second.json("skipped")).isEqualTo(made.size());
        assertThat(second.json("done")).isZero();
        assertThat(place.content("out")).isEqualTo(made);
        assertThat(place.temporary("out")).isEmpty();
    }

    @Test
    void losesOnlyThePicturesThatAreBad() throws Exception {
        byte[] good = Files.readAllBytes(place.picture("in/good.jpg", 300, 200));
        Files.write(place.file("in/cut.jpg"), Arrays.copyOf(good, good.length / 2));
        Files.write(place.file("in/empty.jpg"), new byte[0]);
        Files.writeString(place.file("in/text.jpg"), "no picture");
        Files.createSymbolicLink(place.file("in/nowhere.jpg"), Path.of("gone"));
        Files.write(place.file("secret.jpg"), good);
        Files.createSymbolicLink(place.file("in/outside.jpg"), Path.of("../secret.jpg"));
        Files.writeString(place.file("in/notes.txt"), "no picture, and not called one");
        assertThat(
                        new ProcessBuilder("mkfifo", place.file("in/pipe.jpg").toString())
                                .start()
                                .waitFor())
                .isZero();

        Ended run = place.imgpipe("resize", "in", "out", "--json");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.error())
                .contains("cut.jpg: TRUNCATED: ")
                .contains("empty.jpg: NOT_A_PICTURE: the file is empty")
                .contains("text.jpg: NOT_A_PICTURE: ")
                .contains("nowhere.jpg: READ: it is a link that leads nowhere")
                .contains("outside.jpg: READ: it is a link that leads out of the input")
                .contains("pipe.jpg: READ: it is not a regular file");
        assertThat(place.content("out")).containsOnlyKeys("good.jpg");
        assertThat(run.json("found")).isEqualTo(7);
        assertThat(run.json("done")).isEqualTo(1);
        assertThat(run.json("failed")).isEqualTo(6);
        assertThat(run.json("skipped") + run.json("quarantined") + run.json("notStarted")).isZero();
        assertThat(run.json("ignored")).isEqualTo(1);
        assertThat(run.json("exitCode")).isEqualTo(3);
    }

    @Test
    void saysWhatMayNotBeReadAndWritten() throws Exception {
        Path locked = place.picture("in/locked.jpg", 30, 20);
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(locked), "this user may read everything");
        place.picture("in/sub/a.jpg", 30, 20);
        Path closed = Files.createDirectories(place.file("out/sub"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));

        Ended run = place.imgpipe("resize", "in", "out");

        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.error())
                .contains("locked.jpg: READ: it cannot be read: permission denied")
                .contains("sub/a.jpg: WRITE: it cannot be written to sub/a.jpg: permission denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resize nope out|nope",
                "resize in in|input folder",
                "resize in in/out|inside the input",
                "resize in/deep in|contains the input",
                "resize in out --sice 3|--size",
                "resize in out --size 0x5|--size",
                "resize in out --quality 101|--quality",
                "resize in out --workers 0|--workers",
                "resize in out --size 5 --size 6|--size",
                "resise in out|resize",
                "run shrink in out|recipe",
                "convert in out --to webp|would both become a.webp",
            })
    void refusesAndWritesNothing(String row) throws Exception {
        place.picture("in/a.jpg", 30, 20);
        place.picture("in/a.png", 30, 20);
        place.picture("in/deep/b.jpg", 30, 20);
        Map<String, String> before = place.content("in");

        Ended run = place.imgpipe(row.substring(0, row.indexOf('|')).split(" "));

        assertThat(run.code()).as(run.error()).isEqualTo(2);
        assertThat(run.error())
                .startsWith("imgpipe: ")
                .contains(row.substring(row.indexOf('|') + 1))
                .hasLineCount(1);
        assertThat(run.output()).isEmpty();
        assertThat(place.file("out")).doesNotExist();
        assertThat(place.file("in/.imgpipe")).doesNotExist();
        assertThat(place.content("in")).isEqualTo(before);
    }

    @Test
    void hasNothingToDoInAnEmptyFolder() throws Exception {
        Files.createDirectory(place.file("in"));

        Ended run = place.imgpipe("resize", "in", "out");

        assertThat(run.code()).isZero();
        assertThat(run.error()).contains("no picture found");
    }

    @Test
    void logsFromTheCommandToTheExitCode() throws Exception {
        place.picture("in/a.jpg", 30, 20);

        place.imgpipe("resize", "in", "out", "--log-file", "log", "-q");

        assertThat(Files.readAllLines(place.file("log")))
                .satisfies(
                        lines ->
                                assertThat(lines.getFirst())
                                        .contains("resize")
                                        .contains("in → out"))
                .satisfies(
                        lines ->
                                assertThat(lines.getLast())
                                        .contains(" done 1, skipped 0, failed 0 of 1 picture in ")
                                        .endsWith("; exit code 0"));
        assertThat(place.imgpipe("report", "out").output())
                .contains("    resize  in → out\n", ", exit code 0\n");
    }

    @Test
    void asksForPicturesThatWereThereBefore() throws Exception {
        place.picture("in/a.jpg", 30, 20);
        assertThat(place.imgpipe("resize", "in", "out", "--size", "9").code()).isZero();
        String record = Files.readString(place.file("out/.imgpipe/job.json"));
        String jobLog = Files.readString(place.file("out/.imgpipe/joblog.tsv"));
        Files.delete(place.file("in/a.jpg"));

        Ended run = place.imgpipe("resize", "-q", "in", "out");

        assertThat(run.code()).isZero();
        assertThat(run.error()).contains("IN has no picture now", "1 picture", "is it mounted?");
        assertThat(place.file("out/.imgpipe/job.json")).hasContent(record);
        assertThat(place.file("out/.imgpipe/joblog.tsv")).hasContent(jobLog);
    }

    @Test
    void leavesWhatItMadeInPlace() throws Exception {
        place.picture("in/a.jpg", 300, 200);
        String[] command = {
            "resize", "in", "in", "--in-place", "--size", "50", "-j", "1", "--json"
        };

        Ended first = place.imgpipe(command);
        Map<String, String> made = place.content("in");
        Ended second = place.imgpipe(command);

        assertThat(first.json("done")).isEqualTo(1);
        assertThat(second.json("skipped")).isEqualTo(1);
        assertThat(place.content("in")).isEqualTo(made).containsOnlyKeys("a.jpg");
    }

    @Test
    void doesNotTakeItsOwnResultsInPlaceForSources() throws Exception {
        place.picture("in/a.jpg", 30, 20);
        String[] command = {
            "convert", "in", "in", "--in-place", "--to", "png", "-j", "1", "--json"
        };

        place.imgpipe(command);
        Ended second = place.imgpipe(command);

        assertThat(second.code()).as(second.error()).isZero();
        assertThat(second.json("found")).isEqualTo(1);
        assertThat(second.json("skipped")).isEqualTo(1);
        assertThat(place.content("in")).containsOnlyKeys("a.jpg", "a.png");
    }

    @Test
    void replacesNoSourceByTheOutputOfAnother() throws Exception {
        place.picture("in/a.jpg", 30, 20);
        place.picture("in/a-small.jpg", 30, 20);
        Map<String, String> before = place.content("in");

        Ended run =
                place.imgpipe("resize", "in", "in", "--in-place", "--name", "{stem}-small.{ext}");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.error()).contains("a.jpg would replace a-small.jpg");
        assertThat(place.content("in")).isEqualTo(before);
    }

    @Test
    void writesNothingInADryRun() throws Exception {
        place.picture("in/a.jpg", 30, 20);

        Ended run = place.imgpipe("convert", "in", "out", "--to", "png", "--dry-run");

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.output()).contains("a.jpg -> a.png").contains("\n1 would be written, ");
        assertThat(place.file("out")).doesNotExist();
    }

    @Test
    void redoesWhatHasChangedAndNothingElse() throws Exception {
        Path a = place.picture("in/a.jpg", 30, 20);
        place.picture("in/b.jpg", 30, 20);
        String[] command = {"resize", "in", "out", "--size", "9", "--json", "-j", "1"};
        place.imgpipe(command);

        Files.setLastModifiedTime(a, java.nio.file.attribute.FileTime.fromMillis(1_000_000));
        assertThat(place.imgpipe(command).json("done")).as("touched source").isEqualTo(1);
        Files.delete(place.file("out/b.jpg"));
        assertThat(place.imgpipe(command).json("done")).as("deleted output").isEqualTo(1);
        command[4] = "8";
        assertThat(place.imgpipe(command).json("done")).as("other option").isEqualTo(2);
        assertThat(place.imgpipe(command).json("skipped")).as("same again").isEqualTo(2);
    }

    @Test
    void takesListedNamesThatAreNoText() throws Exception {
        place.picture("in/bytes%FF%FE.jpg", 30, 20);
        place.picture("in/new%0Aline.jpg", 30, 20);
        place.input("in/bytes\u00ff\u00fe.jpg\0in/new\nline.jpg\0");

        Ended run = place.imgpipe("resize", "-", "out", "-0", "--size", "9");

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(place.content("out"))
                .containsOnlyKeys("in/bytes%FF%FE.jpg", "in/new%0Aline.jpg");
    }

    @Test
    void findsAPictureThatStandardInputListsTwice() throws Exception {
        place.picture("in/a.jpg", 30, 20);
        place.input("in/a.jpg\n./in/a.jpg\n");

        Ended run = place.imgpipe("resize", "-", "out");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.error()).contains("in/a.jpg is listed twice");
        assertThat(place.file("out")).doesNotExist();
    }

    @Test
    void saysWhichArgumentsDoNotReachIt() throws Exception {
        place.picture("in/a.jpg", 30, 20);
        String line = "exec \"$0\" resize in \"$(printf 'out\\377')\"";

        Ended run =
                place.launch(Map.of())
                        .start(
                                Path.of("/bin/sh"),
                                "-c",
                                line,
                                Launch.LAUNCHER.toRealPath().toString())
                        .end();

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.error()).contains("has bytes that are no UTF-8");
        assertThat(place.content(".").keySet()).allMatch(name -> !name.startsWith("out"));
    }

    @Test
    void removesNothingBehindALink() throws Exception {
        place.picture("in/a.jpg", 30, 20);
        Files.createDirectories(place.file("precious/tmp"));
        Files.writeString(place.file("precious/tmp/letter"), "dear", StandardCharsets.UTF_8);
        Files.createDirectory(place.file("out"));
        Files.createSymbolicLink(place.file("out/.imgpipe"), Path.of("../precious"));

        Ended run = place.imgpipe("resize", "in", "out");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.error()).contains(".imgpipe is a link");
        assertThat(place.file("precious/tmp/letter")).hasContent("dear");
    }
}
