package imgpipe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.shard.Limits;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PyramidTest {
    private static final List<Integer> SIZES = List.of(700, 350, 175, 88);

    @TempDir private Path folder;

    /** Beside one decode for each size, both against a Lanczos filter over every pixel. */
    @Test
    void makesSmallRenditionsOfLargeOnesAsGoodAsFromTheSource() throws IOException {
        Path photo = Path.of("..", "samples", "lake.jpg").toRealPath();
        List<String> recipes = SIZES.stream().map(PyramidTest::resize).toList();
        List<BufferedImage> together = make(photo, recipes);

        for (int i = 0; i < SIZES.size(); i++) {
            BufferedImage alone = make(photo, List.of(recipes.get(i))).getFirst();
            // A step before the resize asks for every pixel.
            BufferedImage best = make(photo, List.of("flatten | " + recipes.get(i))).getFirst();

            assertThat(psnr(together.get(i), best))
                    .as("at " + SIZES.get(i))
                    .isGreaterThan(psnr(alone, best) - 0.2);
        }
    }

    @Test
    void makesNoSmallRenditionFromLessThanItNeeds() throws IOException {
        Path photo = Path.of("..", "samples", "lake.jpg").toRealPath();
        List<BufferedImage> made = make(photo, List.of(resize(700), resize(600)));
        BufferedImage best = make(photo, List.of("flatten | " + resize(600))).getFirst();

        assertThat(psnr(made.get(1), best)).isGreaterThan(35);
    }

    private static String resize(int size) {
        return "resize " + size + "x" + size + " | png";
    }

    private List<BufferedImage> make(Path source, List<String> recipes) throws IOException {
        Task task =
                new Task(
                        1,
                        "x",
                        source.toUri().getRawPath(),
                        Files.size(source),
                        Files.getLastModifiedTime(source).to(TimeUnit.NANOSECONDS),
                        recipes.stream().map(recipe -> new Rendition("/x", recipe)).toList());
        try (Engine engine = Engine.create()) {
            assertThat(engine.run(task, Limits.DEFAULT, folder)).isInstanceOf(Outcome.Done.class);
        }
        List<BufferedImage> pictures = new ArrayList<>();
        for (int i = 0; i < recipes.size(); i++) {
            pictures.add(ImageIO.read(folder.resolve(task.temporaryName(i)).toFile()));
        }
        return pictures;
    }

    private static double psnr(BufferedImage one, BufferedImage other) {
        double squares = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    int difference =
                            (one.getRGB(x, y) >> shift & 0xFF)
                                    - (other.getRGB(x, y) >> shift & 0xFF);
                    squares += (double) difference * difference;
                }
            }
        }
        double mean = squares / (3.0 * one.getWidth() * one.getHeight());
        return 10 * Math.log10(255 * 255 / mean);
    }
}
