package imgpipe;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.Launch.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are cut, changed, or ask for more than they are: a short part of what chaos tries. */
@Timeout(120)
class DamageIT {
    private static final long SEED = 1;

    @TempDir private static Path drawing;
    @TempDir private Path temporary;

    /** A whole file of each format. */
    private static List<Path> wholes;

    private Workplace place;

    @BeforeAll
    static void makeWholes() throws Exception {
        Workplace there = new Workplace(drawing.toRealPath());
        there.picture("drawn/picture.png", 90, 70);
        String[] command = {
            "thumbs", "drawn", "whole", "--sizes", "90x70", "--to", "jpeg,png,gif,webp,tiff,bmp"
        };
        Ended made = there.imgpipe(command);
        assertThat(made.code()).as(made.error()).isZero();
        String[] progressive = {
            "thumbs", "drawn", "scans", "--sizes", "90x70", "--to", "jpeg,png", "--progressive"
        };
        made = there.imgpipe(progressive);
        assertThat(made.code()).as(made.error()).isZero();
        wholes = new ArrayList<>();
        for (String out : List.of("whole", "scans")) {
            for (String name : there.content(out).keySet()) {
                wholes.add(there.file(out + "/" + name));
            }
        }
        assertThat(wholes).hasSize(8);
    }

    @BeforeEach
    void enterAPlace() throws IOException {
        place = new Workplace(temporary.toRealPath());
    }

    private static String extension(Path file) {
        String name = file.toString();
        return name.substring(name.lastIndexOf('.'));
    }

    @Test
    void noCutFileComesOutDamaged() throws Exception {
        for (int i = 0; i < wholes.size(); i++) {
            byte[] whole = Files.readAllBytes(wholes.get(i));
            Files.createDirectories(place.file("in/" + i));
            for (int percent = 4; percent <= 100; percent += 8) {
                Files.write(
                        place.file("in/" + i + "/" + percent + extension(wholes.get(i))),
                        Arrays.copyOf(whole, whole.length * percent / 100));
            }
        }

        Ended run = place.imgpipe("convert", "in", "out", "--to", "png", "--json");

        assertThat(run.code()).as(run.error()).isEqualTo(3);
        assertThat(run.json("workerDeaths")).isZero();
        Map<String, String> outputs = place.content("out");
        for (int i = 0; i < wholes.size(); i++) {
            String whole = outputs.get(i + "/100.png");
            assertThat(whole).as("%s", wholes.get(i)).isNotNull();
            for (int percent = 4; percent < 100; percent += 8) {
                assertThat(outputs.getOrDefault(i + "/" + percent + ".png", whole))
                        .as("%s cut at %d %%", wholes.get(i), percent)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void filesWithBitsFlippedAreDoneOrFail() throws Exception {
        Random random = new Random(SEED);
        int number = 0;
        for (Path file : wholes) {
            byte[] whole = Files.readAllBytes(file);
            Files.createDirectories(place.file("in"));
            for (int i = 0; i < 15; i++) {
                byte[] damaged = whole.clone();
                // In half of them near the begin, where the structure is.
                int reach = i % 2 == 0 ? Math.min(300, whole.length) : whole.length;
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    damaged[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(place.file("in/" + number++ + extension(file)), damaged);
            }
        }

        Ended run = place.imgpipe("convert", "in", "out", "--to", "png", "--json");

        assertThat(run.code()).as("seed %d: %s", SEED, run.error()).isEqualTo(3);
        assertThat(run.json("workerDeaths")).as("seed %d: %s", SEED, run.error()).isZero();
        assertThat(run.json("done") + run.json("failed")).isEqualTo(number);
        assertThat(run.output())
                .as("seed %d", SEED)
                .doesNotContain("TIMEOUT", "INTERNAL", "MEMORY");
    }

    @Test
    void bombsAreRefusedByTheirHeadersWithASmallHeap() throws Exception {
        place.picture("in/good.jpg", 60, 40);
        Map<String, byte[]> bombs = Bombs.all();
        for (Map.Entry<String, byte[]> bomb : bombs.entrySet()) {
            Files.write(place.file("in/" + bomb.getKey()), bomb.getValue());
        }

        Ended run =
                place.launch(Map.of("IMGPIPE_OPTS", "-Xmx256m"))
                        .imgpipe(
                                "resize",
                                "in",
                                "out",
                                "--size",
                                "9",
                                "--worker-memory",
                                "256m",
                                "--json");

        assertThat(run.code()).as(run.error()).isEqualTo(3);
        assertThat(run.json("failed")).as(run.output()).isEqualTo(bombs.size());
        assertThat(run.output().split("\"kind\" : \"LIMIT\"", -1)).hasSize(bombs.size() + 1);
        assertThat(run.json("workerDeaths")).isZero();
        assertThat(place.content("out")).containsOnlyKeys("good.jpg");
    }
}
