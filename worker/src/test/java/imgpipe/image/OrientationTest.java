package imgpipe.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrientationTest {
    @Test
    void followsOneTurnByAnother() {
        assertThat(Orientation.TURN_RIGHT.then(Orientation.TURN_RIGHT))
                .isEqualTo(Orientation.UPSIDE_DOWN);
        assertThat(Orientation.TURN_RIGHT.then(Orientation.TURN_LEFT))
                .isEqualTo(Orientation.UPRIGHT);
        // A quarter turn and then left for right is the mirror at the diagonal; the other way round
        // it is the other diagonal.
        assertThat(Orientation.TURN_RIGHT.then(Orientation.MIRRORED))
                .isEqualTo(Orientation.TRANSPOSED);
        assertThat(Orientation.MIRRORED.then(Orientation.TURN_RIGHT))
                .isEqualTo(Orientation.TRANSVERSED);
    }

    /** Follows the pixel (x, y) of a picture of 3x2 through both turns, one at a time. */
    @Test
    void movesEveryPixelAsTheTwoDoOneAfterTheOther() {
        for (Orientation first : Orientation.values()) {
            for (Orientation second : Orientation.values()) {
                for (int pixel = 0; pixel < 6; pixel++) {
                    Place start = new Place(pixel % 3, pixel / 3, new Size(3, 2));
                    assertThat(start.by(first.then(second)))
                            .as("%s then %s", first, second)
                            .isEqualTo(start.by(first).by(second));
                }
            }
        }
    }

    private record Place(int x, int y, Size size) {
        Place by(Orientation orientation) {
            Size turned = orientation.turn(size);
            int newX = orientation.transposes() ? y : x;
            int newY = orientation.transposes() ? x : y;
            return new Place(
                    orientation.mirrorsX() ? turned.width() - 1 - newX : newX,
                    orientation.mirrorsY() ? turned.height() - 1 - newY : newY,
                    turned);
        }
    }
}
