package imgpipe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is expected of the samples is what exiftool 12.57 and ImageMagick 6.9 say of them. */
class IdentifyVerbTest {
    private static final Path SAMPLES = Path.of("..", "samples");

    @TempDir private Path folder;

    private static String sample(String name) {
        return SAMPLES.resolve(name).toString();
    }

    @Test
    void printsALineForEachFile() {
        String turned = sample("orientation/coast-6.jpg");
        String wide = sample("profiles/coast-p3.jpg");
        Captured captured = Captured.run("identify", turned, wide);

        assertThat(captured.code()).isEqualTo(ExitCode.OK);
        assertThat(captured.err()).isEmpty();
        assertThat(captured.out().lines())
                .satisfiesExactly(
                        line ->
                                assertThat(line.split(" {2,}"))
                                        .containsExactly(
                                                turned,
                                                "JPEG 160x240 (upright 240x160)",
                                                "4:2:0",
                                                "exif",
                                                "8.1 kB"),
                        line ->
                                assertThat(line.split(" {2,}"))
                                        .containsExactly(
                                                wide,
                                                "JPEG 720x480",
                                                "4:4:4",
                                                "Display P3 primaries, gam...",
                                                "67.8 kB"));
        assertThat(captured.out().lines().map(line -> line.indexOf("JPEG")).distinct()).hasSize(1);
    }

    @Test
    void goesThroughFoldersAndLeavesOutWhatIsNoPicture() throws IOException {
        Files.createDirectories(folder.resolve("b/.hidden"));
        Files.copy(Path.of(sample("lake.jpg")), folder.resolve("b/x.jpg"));
        Files.copy(Path.of(sample("lake.jpg")), folder.resolve("b/.hidden/y.jpg"));
        Files.copy(Path.of(sample("lake.jpg")), folder.resolve("a"));
        Files.writeString(folder.resolve("note.txt"), "none");

        assertThat(Captured.run("identify", folder.toString()).out().lines())
                .singleElement()
                .asString()
                .startsWith(folder + "/b/x.jpg");
        Captured all = Captured.run("identify", "--all-files", folder.toString());
        assertThat(all.out().lines().map(line -> line.replaceFirst(" .*", "")))
                .containsExactly(folder + "/a", folder + "/b/x.jpg");
        assertThat(all.err())
                .isEqualTo(
                        "imgpipe: "
                                + folder
                                + "/note.txt: the file does not begin like any known picture"
                                + " format (NOT_A_PICTURE)\n");
        assertThat(all.code()).isEqualTo(ExitCode.SOME_FAILED);
    }

    @Test
    void printsOneArrayWithFailuresInTheirPlaces() throws IOException {
        Path cut = folder.resolve("cut.png");
        Files.write(cut, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0});
        Captured captured =
                Captured.run(
                        "identify",
                        "--json",
                        sample("graphics/flight.gif"),
                        cut.toString(),
                        folder.resolve("missing").toString(),
                        sample("landscapes/night.png"));

        List<Map<String, String>> objects = objects(captured.out());
        assertThat(objects).hasSize(4);
        assertThat(objects.get(0))
                .containsEntry("file", sample("graphics/flight.gif"))
                .containsEntry("format", "gif")
                .containsEntry("width", "180")
                .containsEntry("height", "120")
                .containsEntry("frames", "8")
                .containsEntry("loops", "0")
                .containsEntry("color", "palette")
                .containsEntry("bytes", "88177")
                .containsEntry("exif", "null");
        assertThat(objects.get(1)).containsEntry("kind", "TRUNCATED");
        assertThat(objects.get(2)).containsEntry("kind", "READ");
        assertThat(objects.get(3))
                .containsEntry("bits", "16")
                .containsEntry("color", "RGB")
                .containsEntry("alpha", "false");
        assertThat(captured.err().lines()).hasSize(2);
        assertThat(captured.code()).isEqualTo(ExitCode.SOME_FAILED);
    }

    @Test
    void wantsAFile() {
        assertThat(Captured.run("identify").code()).isEqualTo(ExitCode.USAGE);
        assertThat(Captured.run("identify", "a", "").err()).contains("FILE... is empty");
        assertThat(Captured.run("identify", "--size", "3", "a").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    @Timeout(20)
    void waitsForNoPipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.jpg");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        assertThat(Captured.run("identify", pipe.toString()).err())
                .contains("it is not a regular file");
    }

    @Test
    void listsFormatsAsJsonToo() throws IOException {
        List<Map<String, String>> formats = objects(Captured.run("formats", "--json").out());

        assertThat(formats)
                .anySatisfy(
                        format ->
                                assertThat(format)
                                        .containsEntry("format", "gif")
                                        .containsEntry("animated", "true"));
    }

    /** The members of each object of an array; those of an object in it count as its own. */
    private static List<Map<String, String>> objects(String json) throws IOException {
        List<Map<String, String>> objects = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT && depth++ == 0) {
                    objects.add(new TreeMap<>());
                } else if (token == JsonToken.END_OBJECT) {
                    depth--;
                } else if (token.isScalarValue() && parser.currentName() != null) {
                    objects.getLast().put(parser.currentName(), parser.getText());
                }
            }
        }
        return objects;
    }
}
