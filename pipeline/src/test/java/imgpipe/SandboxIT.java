package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs by confined workers: what they may reach must be all that they need. */
@Timeout(120)
class SandboxIT {
    @TempDir Path folder;
    private Workplace place;

    @BeforeEach
    void makePlace() {
        place = new Workplace(folder);
    }

    /** Runs twice, confined and not, and demands the same outputs and that there are so many. */
    private void sameAsWithout(int outputs, String... arguments) throws Exception {
        sameAsWithout(arguments);
        assertThat(place.content("confined")).hasSize(outputs);
    }

    /** The same, however many there are. */
    private void sameAsWithout(String... arguments) throws Exception {
        for (String output : List.of("confined", "free")) {
            if (Files.exists(folder.resolve(output))) {
                try (Stream<Path> files = Files.walk(folder.resolve(output))) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
        Launch.Ended confined = run("confined", arguments);
        assertThat(confined.error()).doesNotContain("ccess").doesNotContain("ermission");
        List<String> free = new ArrayList<>(List.of(arguments));
        free.add("--no-sandbox");
        Launch.Ended without = run("free", free.toArray(String[]::new));
        assertThat(confined.code()).as(confined.error()).isEqualTo(without.code());
        assertThat(place.content("confined")).isEqualTo(place.content("free"));
        assertThat(place.temporary("confined")).isEmpty();
    }

    /** With the codecs that are installed for this user, if there are any. */
    private Map<String, String> codecs() {
        String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
        Path installed = Path.of(System.getProperty("user.home"), ".cache/imgpipe/native", machine);
        return Files.isDirectory(installed)
                ? Map.of("IMGPIPE_NATIVE", installed.toString())
                : Map.of();
    }

    private Launch.Ended run(String output, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.replaceAll(each -> each.equals("OUT") ? folder.resolve(output).toString() : each);
        return place.launch(codecs()).imgpipe(all.toArray(String[]::new));
    }

    private void samples() throws IOException {
        Path from = Launch.distribution().resolve("samples");
        Path to = Files.createDirectory(folder.resolve("in"));
        int count = 0;
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(count++ + "-" + suffix(file)));
            }
        }
        Path heif = Path.of("../worker/src/test/resources/imgpipe/codec/heif");
        for (String name : List.of("full-420.heic", "full-420.avif", "icc.avif")) {
            Files.copy(heif.resolve(name), to.resolve(count++ + "-" + name));
        }
    }

    /** The end of a name, which every locale knows. */
    private static String suffix(Path file) {
        String name = file.toUri().getRawPath();
        return name.substring(name.lastIndexOf('.') - 1).replaceAll("[^A-Za-z0-9.]", "");
    }

    @Test
    void everyFormatIsReadAndWritten() throws Exception {
        samples();
        place.picture("in/a.png", 60, 40);
        sameAsWithout("resize", "--size", "200", "in", "OUT");
        assertThat(place.content("confined")).hasSizeGreaterThan(20);
        sameAsWithout(
                6,
                "thumbs",
                "--sizes",
                "30",
                "--to",
                "jpeg,png,webp,gif,tiff,bmp",
                "in/a.png",
                "OUT");
        sameAsWithout("convert", "--to", "avif", "in/a.png", "OUT");
    }

    @Test
    void textAndMarksFromElsewhereAreLaidOver() throws Exception {
        place.picture("in/a.jpg", 300, 200);
        place.picture("elsewhere/mark.png", 30, 20);
        sameAsWithout(1, "watermark", "--text", "a line", "in", "OUT");
        Files.createSymbolicLink(folder.resolve("mark.png"), folder.resolve("elsewhere/mark.png"));
        sameAsWithout(1, "watermark", "--mark", "mark.png", "in", "OUT");
    }

    @Test
    void inputsAreReadWhereverTheyAre() throws Exception {
        place.picture("real/sub/a.jpg", 30, 20);
        // The letter ü in UTF-8, and bytes that are no text.
        place.picture("real/%C3%BC.jpg", 30, 20);
        place.picture("real/%FF%FE.jpg", 30, 20);
        Files.createSymbolicLink(folder.resolve("real/link.jpg"), Path.of("sub/a.jpg"));
        Files.createSymbolicLink(folder.resolve("in"), folder.resolve("real"));
        sameAsWithout(4, "convert", "--to", "png", "in", "OUT");
        sameAsWithout(
                4,
                "convert",
                "--to",
                "png",
                "--overwrite",
                "always",
                folder + "/real/./sub/..",
                "OUT");
        sameAsWithout(
                4,
                "convert",
                "--to",
                "png",
                "--overwrite",
                "always",
                "real/**",
                "OUT",
                "--job-dir",
                "jobs");
    }

    @Test
    void listsAndSingleFilesAreRead() throws Exception {
        place.picture("in/sub/a.jpg", 30, 20);
        Files.writeString(folder.resolve("list"), folder.resolve("in/sub/a.jpg") + "\n");
        sameAsWithout(1, "convert", "--files-from", "list", "--root", "/", "OUT", "--to", "png");
        Launch.Ended single = run("single", "convert", "--to", "png", "in/sub/a.jpg", "OUT");
        assertThat(single.code()).as(single.error()).isZero();
    }

    @Test
    void sourcesCanBeReplacedInPlace() throws Exception {
        place.picture("in/a.jpg", 300, 200);
        long before = Files.size(folder.resolve("in/a.jpg"));
        Launch.Ended ended = place.imgpipe("resize", "--size", "20", "--in-place", "in", "in");
        assertThat(ended.code()).as(ended.error()).isZero();
        assertThat(Files.size(folder.resolve("in/a.jpg"))).isLessThan(before);
    }

    @Test
    void webpIsWrittenWithoutTheSystemsLibrary() throws Exception {
        place.picture("in/a.png", 60, 40);
        Launch.Ended ended =
                place.launch(Map.of("IMGPIPE_NATIVE", folder.toString()))
                        .imgpipe("convert", "--to", "webp", "in", "out");
        assertThat(ended.code()).as(ended.error()).isZero();
        assertThat(place.temporary("out")).isEmpty();
    }

    @Test
    void theDoctorTellsHowFarItGoes() throws Exception {
        assertThat(place.imgpipe("doctor").output())
                .containsPattern("sandbox +workers are (confined by Landlock ABI|not confined: )");
    }
}
