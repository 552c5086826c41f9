package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures come out of archives and go into them; the system's own tar is the other side. */
@Timeout(120)
class ArchiveIT {
    private static final int PICTURES = 25;

    @TempDir private static Path drawn;
    private static Map<String, String> expected;

    @TempDir private Path folder;
    private Workplace place;

    @BeforeAll
    static void resizeWithoutArchives() throws Exception {
        Workplace there = new Workplace(drawn.toRealPath());
        draw(there);
        assertThat(there.imgpipe("resize", "--size=40", "in", "expected").code()).isZero();
        expected = there.content("expected");
        assertThat(expected).hasSize(PICTURES);
    }

    @BeforeEach
    void enterAPlace() throws IOException {
        place = new Workplace(folder);
        draw(place);
    }

    private static void draw(Workplace place) throws IOException {
        for (int i = 0; i < PICTURES; i++) {
            place.picture("in/" + i % 3 + "/p." + i + (i % 4 == 0 ? ".png" : ".jpg"), 90 + i, 70);
        }
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void readsTarsAndZipsWithoutUnpackingThem() throws Exception {
        run("tar", "-C", "in", "-cf", "in.tar", ".");
        run("tar", "-C", "in", "-czf", "in.tgz", ".");
        for (String archive : List.of("in.tar", "in.tgz")) {
            Launch.Ended made =
                    place.imgpipe("resize", "--size=40", "--json", archive, "out-" + archive);
            assertThat(made.code()).as(made.error()).isZero();
            assertThat(place.content("out-" + archive)).isEqualTo(expected);

            Launch.Ended again =
                    place.imgpipe("resize", "--size=40", "--json", archive, "out-" + archive);
            assertThat(again.json("skipped")).isEqualTo(PICTURES);
        }
        zip("in.zip");
        Launch.Ended zip = place.imgpipe("resize", "--size=40", "in.zip", "out-zip");
        assertThat(zip.code()).as(zip.error()).isZero();
        assertThat(place.content("out-zip")).isEqualTo(expected);
        Launch.Ended fetched = place.imgpipe("fetch", "in.tgz", "unpacked");
        assertThat(fetched.code()).as(fetched.error()).isZero();
        assertThat(place.content("unpacked")).isEqualTo(place.content("in"));
    }

    private void zip(String name) throws IOException {
        try (ZipOutputStream zip =
                        new ZipOutputStream(Files.newOutputStream(folder.resolve(name)));
                Stream<Path> files = Files.walk(folder.resolve("in"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(folder.resolve("in").relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
    }

    @Test
    void saysWhatIsWrongWithAnArchive() throws Exception {
        run("tar", "-C", "in", "-cf", "in.tar", ".");
        byte[] whole = Files.readAllBytes(folder.resolve("in.tar"));
        Files.write(folder.resolve("cut.tar"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(folder.resolve("none.zip"), "no archive");
        run("tar", "-P", "-C", "in/0", "-cf", "evil.tar", "../1/p.1.jpg", "p.3.jpg");

        Launch.Ended cut = place.imgpipe("resize", "cut.tar", "out");
        assertThat(cut.code()).isEqualTo(1);
        assertThat(cut.error()).contains("cut.tar", "cut off").hasLineCount(1);
        Launch.Ended none = place.imgpipe("resize", "none.zip", "out");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.error()).contains("is no archive").hasLineCount(1);
        run("tar", "-C", "in/0", "-cf", "twice.tar", "p.3.jpg");
        run("tar", "-C", "in/0", "-rf", "twice.tar", "p.3.jpg");
        Launch.Ended twice = place.imgpipe("resize", "twice.tar", "out");
        assertThat(twice.code()).isEqualTo(2);
        assertThat(twice.error()).contains("p.3.jpg is in ", "twice.tar twice", "unpack it");
        Launch.Ended evil = place.imgpipe("resize", "--json", "evil.tar", "out");
        assertThat(evil.code()).isEqualTo(3);
        assertThat(evil.json("done")).isEqualTo(1);
        assertThat(evil.error()).contains("leaves the tree");
        assertThat(place.content("out")).containsOnlyKeys("p.3.jpg");
    }

    @Test
    void writesNumberedTarsThatTarReads() throws Exception {
        Launch.Ended made =
                place.imgpipe("resize", "--size=40", "--to-tar=10", "--json", "in", "t");
        assertThat(made.code()).as(made.error()).isZero();
        assertThat(made.json("done")).isEqualTo(PICTURES);
        assertThat(names("t")).containsExactly("00000.tar", "00001.tar", "00002.tar");
        assertThat(place.temporary("t")).isEmpty();
        assertThat(pictures("t", "first")).isEqualTo(sorted(expected));

        Launch.Ended again =
                place.imgpipe("resize", "--size=40", "--to-tar=10", "--json", "in", "t");
        assertThat(again.json("skipped")).isEqualTo(PICTURES);
        assertThat(names("t")).hasSize(3);

        Files.delete(folder.resolve("t/00001.tar"));
        Launch.Ended rest =
                place.imgpipe("resize", "--size=40", "--to-tar=10", "--json", "in", "t");
        assertThat(rest.json("done")).isEqualTo(10);
        assertThat(pictures("t", "second")).isEqualTo(sorted(expected));
        assertThat(place.imgpipe("verify", "t").error()).contains("tar files");

        Path damaged = folder.resolve("t/00000.tar");
        Files.write(damaged, Arrays.copyOf(Files.readAllBytes(damaged), 1000));
        Launch.Ended stopped = place.imgpipe("resize", "--size=40", "--to-tar=10", "in", "t");
        assertThat(stopped.code()).isEqualTo(1);
        assertThat(stopped.error()).contains("00000.tar", "delete it").hasLineCount(1);
        Files.delete(damaged);
        assertThat(place.imgpipe("resize", "--size=40", "--to-tar=10", "in", "t").code()).isZero();
        assertThat(pictures("t", "third")).isEqualTo(sorted(expected));

        place.picture("in/1/p.1.png", 50, 50);
        Launch.Ended alike = place.imgpipe("resize", "--to-tar=10", "in", "u");
        assertThat(alike.code()).isEqualTo(2);
        assertThat(alike.error()).contains("p.1.jpg", "p.1.png").hasLineCount(1);
    }

    @Test
    void goesOnWithTarsWhereARunWasKilled() throws Exception {
        for (int i = 0; i < 300; i++) {
            Path copy = folder.resolve("many/" + i % 7 + "/c" + i + ".jpg");
            Files.createDirectories(copy.getParent());
            Files.copy(folder.resolve("in/1/p.1.jpg"), copy);
        }
        Launch.Running running =
                place.launch(Map.of())
                        .start(Launch.LAUNCHER, "resize", "--size=40", "--to-tar=20", "many", "t");
        while (place.count("t") < 2 && running.process().isAlive()) {
            Thread.sleep(5);
        }
        running.process().destroyForcibly();
        running.end();

        Launch.Ended rest =
                place.imgpipe("resize", "--size=40", "--to-tar=20", "--json", "many", "t");
        assertThat(rest.code()).as(rest.error()).isZero();
        assertThat(rest.json("skipped")).isPositive();
        assertThat(pictures("t", "all")).hasSize(300);
    }

    private List<String> names(String out) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(out))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Contents of the pictures in all tars, each of which has its description beside it. */
    private List<String> pictures(String out, String unpacked) throws Exception {
        Files.createDirectory(folder.resolve(unpacked));
        for (String tar : names(out)) {
            run("tar", "-C", unpacked, "-xf", out + "/" + tar);
        }
        Map<String, String> all = new TreeMap<>(place.content(unpacked));
        List<String> pictures = new ArrayList<>();
        for (Map.Entry<String, String> file : all.entrySet()) {
            if (!file.getKey().endsWith(".json")) {
                assertThat(all).containsKey(file.getKey().replaceFirst("\\.[a-z]+$", ".json"));
                pictures.add(file.getValue());
            }
        }
        return pictures.stream().sorted().toList();
    }

    private static List<String> sorted(Map<String, String> content) {
        return content.values().stream().sorted().toList();
    }
}
