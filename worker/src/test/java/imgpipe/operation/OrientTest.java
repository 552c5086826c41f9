package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrientTest {
    /**
     * The letter F's upper left corner, in the way of Exif 2.32: the 0th row and column stand where
     * each value says.
     */
    private static final Picture STORED = Pictures.grey(new int[][] {{1, 2, 3}, {4, 5, 6}});

    private static int[][] upright(int exif) {
        return Pictures.rows(
                new Orient().apply(STORED.with(Orientation.ofExif(exif)), new PlainContext()));
    }

    @Test
    void leavesAnUprightPictureAlone() {
        assertThat(new Orient().apply(STORED, new PlainContext())).isSameAs(STORED);
    }

    @Test
    void putsTheZerothRowAndColumnWhereExifSays() {
        // 2: row 0 is the top, column 0 the right side; 3: bottom, right; 4: bottom, left;
        // 5: left, top; 6: right, top; 7: right, bottom; 8: left, bottom.
        assertThat(upright(2)).isDeepEqualTo(new int[][] {{3, 2, 1}, {6, 5, 4}});
        assertThat(upright(3)).isDeepEqualTo(new int[][] {{6, 5, 4}, {3, 2, 1}});
        assertThat(upright(4)).isDeepEqualTo(new int[][] {{4, 5, 6}, {1, 2, 3}});
        assertThat(upright(5)).isDeepEqualTo(new int[][] {{1, 4}, {2, 5}, {3, 6}});
        assertThat(upright(6)).isDeepEqualTo(new int[][] {{4, 1}, {5, 2}, {6, 3}});
        assertThat(upright(7)).isDeepEqualTo(new int[][] {{6, 3}, {5, 2}, {4, 1}});
        assertThat(upright(8)).isDeepEqualTo(new int[][] {{3, 6}, {2, 5}, {1, 4}});
    }

    @Test
    void isUprightAfterwards() {
        Picture turned =
                new Orient().apply(STORED.with(Orientation.TURN_RIGHT), new PlainContext());
        assertThat(turned.orientation()).isEqualTo(Orientation.UPRIGHT);
        assertThat(turned.size()).isEqualTo(new Size(2, 3));
    }

    @Test
    void keepsSharedChromaInPlaceWhenAnOddPictureIsMirrored() {
        // 3 pixels wide, 4:2:0: the second chroma sample covers half a sample of picture. Left is
        // red, right is not.
        Plane luma = Plane.whole(Arena.ofAuto().allocate(6), 3, 2, 3);
        Plane chroma = new Plane(Arena.ofAuto().allocate(2), 2, 1, 2, 1.5, 1);
        chroma.set(0, 0, 200);
        chroma.set(1, 0, 100);
        Picture stored =
                Picture.of(new Size(3, 2), ColorModel.YCC, false, List.of(luma, chroma, chroma))
                        .with(Orientation.MIRRORED);

        Picture turned = new Orient().apply(stored, new PlainContext(Chroma.S420));

        // Chroma centres lie at pixels 1 and 3, pixel centres at 0.5, 1.5 and 2.5: by the triangle
        // 200, 175, 125.
        assertThat(Pictures.rows(turned.planes().get(1))[0]).containsExactly(125, 175, 200);
    }
}
