package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.ColorModel;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Size;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnTest {
    private static final Picture PICTURE = Pictures.grey(new int[][] {{1, 2, 3}, {4, 5, 6}});

    private static Picture after(String recipe, Picture picture) {
        Picture made = picture;
        for (Operation operation : Recipes.recipe(recipe).operations()) {
            made = operation.apply(made, new PlainContext());
        }
        return made;
    }

    private static int[][] rows(String recipe) {
        return Pictures.rows(after(recipe, PICTURE));
    }

    @Test
    void turnsClockwise() {
        assertThat(rows("rotate 90")).isDeepEqualTo(new int[][] {{4, 1}, {5, 2}, {6, 3}});
        assertThat(rows("rotate 180")).isDeepEqualTo(new int[][] {{6, 5, 4}, {3, 2, 1}});
        assertThat(rows("rotate 270")).isDeepEqualTo(new int[][] {{3, 6}, {2, 5}, {1, 4}});
        assertThat(rows("rotate -90")).isDeepEqualTo(rows("rotate 270"));
        assertThat(Recipes.operation("rotate 90").resultSize(new Size(3, 2)))
                .isEqualTo(new Size(2, 3));
    }

    @Test
    void mirrors() {
        assertThat(rows("flip horizontal")).isDeepEqualTo(new int[][] {{3, 2, 1}, {6, 5, 4}});
        assertThat(rows("flip vertical")).isDeepEqualTo(new int[][] {{4, 5, 6}, {1, 2, 3}});
    }

    @Test
    void leavesAPictureAloneThatIsNotTurned() {
        assertThat(after("rotate 0", PICTURE)).isSameAs(PICTURE);
        assertThat(after("rotate 360", PICTURE)).isSameAs(PICTURE);
    }

    @Test
    void keepsWhatTheFileSaysOfItsOrientation() {
        Picture lying = PICTURE.with(Orientation.TURN_LEFT);
        assertThat(after("rotate 90", lying).orientation()).isEqualTo(Orientation.TURN_LEFT);
        assertThat(after("orient | rotate 90", lying).orientation()).isEqualTo(Orientation.UPRIGHT);
        assertThat(Pictures.rows(after("orient | rotate 90", lying)))
                .isDeepEqualTo(Pictures.rows(PICTURE));
    }

    @Test
    void isTheIdentityAfterFourQuartersOrTwoFlips() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            Picture picture =
                    Pictures.of(
                            1 + random.nextInt(70),
                            1 + random.nextInt(70),
                            ColorModel.GREY,
                            random.nextBoolean(),
                            (plane, x, y) -> random.nextInt(256));
            for (String recipe :
                    List.of(
                            "rotate 90 | rotate 90 | rotate 90 | rotate 90",
                            "rotate 90 | rotate 270",
                            "flip horizontal | flip horizontal",
                            "flip vertical | flip vertical",
                            "flip horizontal | flip vertical | rotate 180")) {
                assertThat(Pictures.rows(after(recipe, picture)))
                        .as("%s, seed %d", recipe, seed)
                        .isDeepEqualTo(Pictures.rows(picture));
            }
        }
    }
}
