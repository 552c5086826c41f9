package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionTest {
    /** A subject of 40x40 pixels on a plain background of slight noise. */
    private static Picture subject(int left, int top, Random random, boolean red) {
        return Pictures.of(
                300,
                200,
                ColorModel.RGB,
                false,
                (plane, x, y) -> {
                    int noise = random.nextInt(7) - 3;
                    boolean inside = x >= left && x < left + 40 && y >= top && y < top + 40;
                    if (!inside) {
                        return 170 + noise;
                    }
                    int detail = (x / 3 + y / 3) % 2 * 90;
                    return red ? (plane == 0 ? 220 : 40) + noise : 100 + detail + noise;
                });
    }

    @ParameterizedTest
    @CsvSource({
        "5, 80, true",
        "250, 10, true",
        "20, 150, false",
        "220, 155, false",
        "130, 80, true"
    })
    void keepsTheSubject(int left, int top, boolean red) {
        Picture picture = subject(left, top, new Random(3), red);
        View whole = View.of(picture);
        for (Size part : List.of(new Size(100, 100), new Size(200, 200), new Size(90, 60))) {
            Window window = Attention.window(picture, whole, part, new PlainContext());
            assertThat(window.size()).isEqualTo(part);
            assertThat(window.left()).isBetween(0, 300 - part.width());
            assertThat(window.top()).isBetween(0, 200 - part.height());
            assertThat(window.left()).as("%s", part).isLessThanOrEqualTo(left);
            assertThat(window.left() + part.width()).isGreaterThanOrEqualTo(left + 40);
            assertThat(window.top()).isLessThanOrEqualTo(top);
            assertThat(window.top() + part.height()).isGreaterThanOrEqualTo(top + 40);
        }
    }

    @Test
    void keepsTheMiddleOfAPlainPicture() {
        Picture plain = Pictures.of(300, 200, ColorModel.GREY, false, (p, x, y) -> 90);
        assertThat(Attention.window(plain, View.of(plain), new Size(100, 100), new PlainContext()))
                .isEqualTo(new Window(100, 50, new Size(100, 100)));
    }

    @Test
    void overlooksWhatIsTransparent() {
        Picture opaque = subject(20, 80, new Random(3), true);
        Plane alpha = Plane.whole(Arena.ofAuto().allocate(300 * 200), 300, 200, 300);
        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 300; x++) {
                alpha.set(x, y, x < 100 ? 0 : 255);
            }
        }
        List<Plane> planes = new ArrayList<>(opaque.planes());
        planes.add(alpha);
        Picture picture = Picture.of(opaque.size(), ColorModel.RGB, true, planes);
        assertThat(
                        Attention.window(
                                        picture,
                                        View.of(picture),
                                        new Size(100, 200),
                                        new PlainContext())
                                .left())
                .isGreaterThan(60);
    }

    /** Crop, resize, and both at once, of a picture that lies on its side. */
    @Test
    void seesThePictureUpright() {
        Picture stored = subject(250, 80, new Random(3), true).with(Orientation.TURN_RIGHT);
        // Turned right, its right side is below: the subject is there, and the rest is grey.
        for (String text :
                List.of(
                        "orient | crop 200x100 smart | resize 40x20",
                        "orient | resize 40x20^ smart",
                        "orient | crop 200x200 smart | resize 40x20^ smart")) {
            Recipe recipe = Recipes.recipe(text);
            PlainContext context = new PlainContext(Chroma.S444);
            Picture atOnce = recipe.steps(stored.orientation()).getFirst().apply(stored, context);
            Picture oneByOne = stored;
            for (Operation operation : recipe.operations()) {
                oneByOne = operation.apply(oneByOne, context);
            }
            for (Picture result : List.of(atOnce, oneByOne)) {
                assertThat(result.size()).as(text).isEqualTo(new Size(40, 20));
                int red = 0;
                for (int y = 0; y < 20; y++) {
                    for (int x = 0; x < 40; x++) {
                        red += result.planes().get(1).at(x, y) < 60 ? 1 : 0;
                    }
                }
                // 40x40 pixels at a fifth.
                assertThat(red).as(text).isBetween(40, 80);
            }
        }
    }
}
