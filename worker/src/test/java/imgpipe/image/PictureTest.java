package imgpipe.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
    private static final Size SIZE = new Size(11, 3);

    private final Workspace workspace = new Workspace();

    @AfterEach
    void giveBack() {
        workspace.close();
    }

    @Test
    void losesAnAlphaPlaneInWhichNothingIsTransparent() {
        Picture picture = of(frame(255), frame(255));

        Picture opaque = picture.withoutIdleAlpha();

        assertThat(opaque.alpha()).isFalse();
        assertThat(opaque.frames()).hasSize(2);
        assertThat(opaque.planes()).isEqualTo(picture.planes().subList(0, 3));
    }

    /** In the first sample, in the last one of a row, and in one between. */
    @ParameterizedTest
    @ValueSource(ints = {0, 10, 15, 32})
    void keepsAnAlphaPlaneWithASampleThatIsTransparent(int position) {
        Frame frame = frame(255);
        frame.planes().getLast().set(position % 11, position / 11, 254);

        assertThat(of(frame(255), frame).withoutIdleAlpha().alpha()).isTrue();
    }

    @Test
    void looksAtNoSampleBesideTheRows() {
        Plane alpha = new Plane(workspace.allocate(16 * 3), 11, 3, 16, 11, 3);
        alpha.samples().fill((byte) 0);
        for (int y = 0; y < 3; y++) {
            alpha.samples().asSlice(16L * y, 11).fill((byte) 255);
        }

        assertThat(alpha.isFull()).isTrue();
    }

    private Picture of(Frame... frames) {
        return Picture.of(SIZE, ColorModel.RGB, true, frames[0].planes())
                .with(SIZE, ColorModel.RGB, true, List.of(frames));
    }

    private Frame frame(int opacity) {
        List<Plane> planes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Plane plane = Plane.allocate(workspace, SIZE.width(), SIZE.height());
            plane.samples().fill((byte) (i == 3 ? opacity : i));
            planes.add(plane);
        }
        return new Frame(planes, 0);
    }
}
