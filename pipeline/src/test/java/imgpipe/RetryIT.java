package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.Launch.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that end early by {@code --max-…}, and {@code retry}. */
@Timeout(120)
class RetryIT {
    @TempDir private Path temporary;

    private Workplace place;

    @BeforeEach
    void enterAPlace() throws IOException {
        place = new Workplace(temporary.toRealPath());
    }

    private void cut(String name) throws IOException {
        byte[] good = Files.readAllBytes(place.picture(name, 300, 200));
        Files.write(place.file(name), Arrays.copyOf(good, good.length / 2));
    }

    private static void assertSums(Ended run) {
        assertThat(
                        run.json("done")
                                + run.json("skipped")
                                + run.json("failed")
                                + run.json("quarantined")
                                + run.json("notStarted"))
                .isEqualTo(run.json("found"));
    }

    @Test
    void stopsWhenMorePicturesHaveFailedThanMay() throws Exception {
        for (int i = 0; i < 20; i++) {
            cut("in/" + i + ".jpg");
        }

        Ended run = place.imgpipe("resize", "in", "out", "-j1", "--max-failures", "10%", "--json");

        assertThat(run.code()).as(run.error()).isEqualTo(4);
        assertSums(run);
        // More than two of twenty; the one in hand then may fail as well.
        assertThat(run.json("failed")).isBetween(3L, 4L);
        assertThat(run.json("found")).isEqualTo(20);
        assertThat(run.error())
                .contains("--max-failures")
                .contains("the same command goes on where this run ended");

        Ended again = place.imgpipe("resize", "in", "out", "--max-failures", "20", "--json");

        assertThat(again.code()).isEqualTo(3);
        assertThat(again.json("failed")).isEqualTo(20);
    }

    @Test
    void goesOnBeyondWhatFailedBefore() throws Exception {
        for (int i = 0; i < 4; i++) {
            cut("in/a" + i + ".jpg");
            place.picture("in/b" + i + ".jpg", 30, 20);
        }
        String[] command = {"resize", "in", "out", "-j1", "--max-failures", "1", "--json"};
        long done = 0;
        for (int night = 0; night < 4; night++) {
            done += place.imgpipe(command).json("done");
        }

        assertThat(done).isEqualTo(4);
    }

    @Test
    void countsWhatFailsInTheScanBeforeAnythingIsBegun() throws Exception {
        place.picture("in/good.jpg", 30, 20);
        Files.createSymbolicLink(place.file("in/nowhere.jpg"), Path.of("gone"));

        Ended run = place.imgpipe("resize", "in", "out", "--max-failures", "0", "--json");

        assertThat(run.code()).as(run.error()).isEqualTo(4);
        assertThat(run.json("notStarted")).isEqualTo(1);
        assertThat(place.content("out")).isEmpty();
    }

    @Test
    void hasNotStoppedEarlyWhenNothingIsLeft() throws Exception {
        cut("in/a.jpg");

        Ended run = place.imgpipe("resize", "in", "out", "--max-failures", "0", "--json");

        assertThat(run.code()).as(run.error()).isEqualTo(3);
    }

    @Test
    void beginsNoPictureAfterItsTime() throws Exception {
        Path first = place.picture("in/0.jpg", 3000, 2000);
        for (int i = 1; i < 400; i++) {
            Files.createLink(place.file("in/" + i + ".jpg"), first);
        }
        String[] command = {"resize", "in", "out", "-j1", "--json", "--kernel", "box"};
        String[] bounded = Arrays.copyOf(command, 9);
        bounded[7] = "--max-duration";
        bounded[8] = "1s";

        Ended run = place.imgpipe(bounded);

        assertThat(run.code()).as(run.error()).isEqualTo(4);
        assertThat(run.error()).contains("--max-duration").contains("the same command goes on");
        assertSums(run);
        assertThat(run.json("notStarted")).isPositive();
        assertThat(place.content("out")).hasSize((int) run.json("done"));
        assertThat(place.temporary("out")).isEmpty();
    }

    @Test
    void triesAgainWhatFailedAndNothingElse() throws Exception {
        place.picture("in/good.jpg", 300, 200);
        cut("in/sub/mended.jpg");
        cut("in/bad.jpg");
        cut("in/gone.jpg");
        Files.writeString(place.file("in/text.jpg"), "no picture");
        Ended first = place.imgpipe("resize", "in", "out", "--size", "90", "--max-failures", "9");
        assertThat(first.code()).as(first.error()).isEqualTo(3);
        assertThat(first.error())
                .contains("3 TRUNCATED")
                .contains("imgpipe retry out --kind NOT_A_PICTURE,TRUNCATED");
        String record = Files.readString(place.file("out/.imgpipe/job.json"));
        Files.delete(place.file("in/gone.jpg"));
        place.picture("in/sub/mended.jpg", 300, 200);
        place.picture("in/new.jpg", 300, 200);
        Files.delete(place.file("out/good.jpg"));

        Ended retry = place.imgpipe("retry", "out", "--kind", "truncated", "-j", "1", "--json");

        assertThat(retry.code()).as(retry.error()).isEqualTo(3);
        assertSums(retry);
        assertThat(retry.json("found")).isEqualTo(3);
        assertThat(retry.json("done")).isEqualTo(1);
        assertThat(retry.json("failed")).isEqualTo(2);
        assertThat(retry.error()).contains("gone.jpg: READ: it cannot be read: it is not there");
        assertThat(place.content("out")).containsOnlyKeys("sub/mended.jpg");
        assertThat(Files.readString(place.file("out/.imgpipe/job.json"))).isEqualTo(record);

        Ended report = place.imgpipe("report", "out");

        assertThat(report.output())
                .contains("1  imgpipe retry out --kind NOT_A_PICTURE")
                .contains("2  imgpipe retry out --kind TRUNCATED")
                .contains("bad.jpg");

        // What is done has left the list, and the next run has nothing to do with it.
        assertThat(place.imgpipe("retry", "out", "--json").json("found")).isEqualTo(3);
        Ended next = place.imgpipe("resize", "in", "out", "--size", "90", "--json");
        assertThat(next.json("skipped")).isEqualTo(1);
        assertThat(next.json("done")).as("new.jpg, and good.jpg that was deleted").isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "thumbs in/*.jpg out --sizes 50,20 --to jpeg,png --overwrite never",
                "watermark in/a.jpg out --mark mark.png --overwrite always",
                "run @recipe - out --root in --name {stem}-{srcext}.{ext} --quality 70",
                "resize in in --in-place --size 50"
            })
    void goesByTheRecordOfAnyRunInAnyFolder(String command) throws Exception {
        place.picture("mark.png", 8, 8);
        Files.writeString(place.file("recipe"), "watermark mark.png\n| resize 100x100");
        cut("in/a.jpg");
        place.input("a.jpg\n");
        String[] arguments = (command + " --engine threads").split(" ");
        Ended first = place.imgpipe(arguments);
        assertThat(first.code()).as(first.error()).isEqualTo(3);
        place.picture("in/a.jpg", 300, 200);
        place.input("");
        Files.delete(place.file("recipe"));
        String output = command.contains("--in-place") ? "in" : "out";
        Path elsewhere = Files.createDirectory(place.file("elsewhere"));
        Launch there = new Launch(elsewhere, place.folder(), place.launch(Map.of()).environment());

        Ended retry = there.imgpipe("retry", "../" + output, "--json");

        assertThat(retry.code()).as(retry.error()).isZero();
        assertThat(retry.json("done")).isEqualTo(1);
        assertThat(retry.json("found")).isEqualTo(1);
        assertThat(place.content(output)).isNotEmpty();
    }

    @Test
    void doesNotReplaceTheOutputOfAnotherPicture() throws Exception {
        String[] command = {"convert", "--files-from", "-", "out", "--root", "in", "--to", "webp"};
        cut("in/a.jpg");
        place.picture("in/a.png", 300, 200);
        place.input("a.jpg\n");
        assertThat(place.imgpipe(command).code()).isEqualTo(3);
        place.input("a.png\n");
        assertThat(place.imgpipe(command).code()).isZero();
        byte[] good = Files.readAllBytes(place.file("out/a.webp"));
        place.picture("in/a.jpg", 30, 20);

        refuses(2, "a.jpg would replace a.webp, which was made of another", "retry", "out");

        assertThat(place.file("out/a.webp")).hasBinaryContent(good);
        Files.delete(place.file("out/a.webp"));
        assertThat(place.imgpipe("retry", "out").code()).isZero();
    }

    @Test
    void takesOptionsThatHelpAndShowsWhatItWouldDo() throws Exception {
        cut("in/a.jpg");
        place.imgpipe("resize", "in", "out");

        Ended dry = place.imgpipe("retry", "out", "--lenient", "--dry-run");
        Ended retry = place.imgpipe("retry", "out", "--lenient", "--json");

        assertThat(dry.output()).contains("a.jpg -> a.jpg");
        assertThat(retry.code()).as(retry.error()).isZero();
        assertThat(place.content("out")).containsOnlyKeys("a.jpg");

        Ended nothing = place.imgpipe("retry", "out");

        assertThat(nothing.code()).as(nothing.error()).isZero();
        assertThat(nothing.output()).contains("nothing to retry");
    }

    @Test
    void showsInPlaceWhatARunWouldDoAndNoMore() throws Exception {
        place.picture("in/a.jpg", 300, 200);
        assertThat(place.imgpipe("resize", "in", "in", "--in-place", "--size", "50").code())
                .isZero();

        Launch inside =
                new Launch(place.file("in"), place.folder(), place.launch(Map.of()).environment());
        Ended dry = inside.imgpipe("resize", ".", ".", "--in-place", "--size", "50", "--dry-run");

        assertThat(dry.output()).doesNotContain("->").contains("skipped 1");
    }

    @Test
    void saysWhyItCannotBe() throws Exception {
        cut("in/a.jpg");
        place.imgpipe("resize", "in", "out", "--engine", "threads");
        Path ledger = place.file("out/.imgpipe/ledger.jsonl");
        String record = Files.readString(place.file("out/.imgpipe/job.json"));
        record(ledger, "torn", record.substring(0, 300));
        record(ledger, "newer", record.replace("\"format\" : 1", "\"format\" : 2"));
        record(ledger, "moved", record.replace("/in/\"", "/gone/\""));

        refuses(2, "is no folder", "retry", "nope");
        refuses(2, "no run has left a record", "retry", "in");
        refuses(2, "did you mean TIMEOUT?", "retry", "out", "--kind", "TIMOUT");
        refuses(2, "kinds are NOT_A_PICTURE,", "retry", "out", "--kind", "NONSENSE");
        refuses(1, "job.json is torn", "retry", "torn");
        refuses(1, "job.json is of another version", "retry", "newer");
        refuses(1, "which the pictures were read from, is not there", "retry", "moved");
    }

    private void record(Path ledger, String output, String record) throws IOException {
        Files.createDirectories(place.file(output + "/.imgpipe"));
        Files.copy(ledger, place.file(output + "/.imgpipe/ledger.jsonl"));
        Files.writeString(place.file(output + "/.imgpipe/job.json"), record);
    }

    private void refuses(int code, String sentence, String... arguments) throws Exception {
        Ended run = place.imgpipe(arguments);
        assertThat(run.code()).as(run.error()).isEqualTo(code);
        assertThat(run.error()).startsWith("imgpipe: ").contains(sentence).hasLineCount(1);
        assertThat(run.output()).isEmpty();
    }

    @Test
    void remembersOutputsThatWereNotToBeOverwritten() throws Exception {
        place.picture("in/a.jpg", 300, 200);
        String[] command = {"thumbs", "in", "out", "--sizes", "100,80,60", "--json"};
        place.imgpipe(command);
        Files.delete(place.file("out/a-80.jpg"));
        String[] careful = Arrays.copyOf(command, 8);
        careful[6] = "--overwrite";
        careful[7] = "never";

        assertThat(place.imgpipe(careful).json("done")).isEqualTo(1);

        assertThat(place.imgpipe("verify", "out").output()).startsWith("3 of 3 outputs intact; ");
        assertThat(place.imgpipe(command).json("skipped")).isEqualTo(1);
        // The same of a picture that has changed, and fails: its outputs are of the old one.
        cut("in/a.jpg");
        Files.delete(place.file("out/a-60.jpg"));
        assertThat(place.imgpipe(careful).json("failed")).isEqualTo(1);
        place.picture("in/a.jpg", 200, 200);

        assertThat(place.imgpipe("retry", "out", "--json").json("done")).isEqualTo(1);

        assertThat(place.imgpipe("verify", "out").output()).startsWith("3 of 3 outputs intact; ");
        assertThat(place.imgpipe(command).json("skipped")).isEqualTo(1);
    }
}
