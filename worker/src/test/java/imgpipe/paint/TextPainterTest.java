package imgpipe.paint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Rgb;
import imgpipe.image.Workspace;
import org.junit.jupiter.api.Test;

class TextPainterTest {
    /** A bar is as wide, and as opaque, in each of its rows, however many are painted at once. */
    @Test
    void leavesNoSeamInLargeLetters() {
        assumeTrue(TextPainter.obstacle("I").isEmpty(), "no font is installed");
        try (Workspace workspace = new Workspace()) {
            Picture picture = TextPainter.draw("I", Rgb.WHITE, 1000, workspace);
            Plane opacity = picture.planes().getLast();
            int height = picture.size().height();
            assertThat(height).isGreaterThan(600);
            int middle = picture.size().width() / 2;
            for (int y = 1; y < height - 1; y++) {
                assertThat(opacity.at(middle, y)).as("row %d", y).isEqualTo(255);
            }
            for (int x = 0; x < picture.size().width(); x++) {
                // Whatever serifs there are, they end far from the seams.
                assertThat(opacity.at(x, 255)).isEqualTo(opacity.at(x, 256));
                assertThat(opacity.at(x, 511)).isEqualTo(opacity.at(x, 512));
            }
        }
    }
}
