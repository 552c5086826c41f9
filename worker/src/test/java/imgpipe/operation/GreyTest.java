package imgpipe.operation;

import static org.assertj.core.api.Assertions.assertThat;

import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.IccProfile;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import imgpipe.resample.Resampler;
import org.junit.jupiter.api.Test;

class GreyTest {
    @Test
    void takesLumaOfColors() {
        int[][] colors = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {10, 20, 30}, {255, 255, 255}};
        Picture picture =
                Pictures.of(
                        5,
                        1,
                        ColorModel.RGB,
                        true,
                        (plane, x, y) -> plane == 3 ? 50 + x : colors[x][plane]);

        Picture grey = new Grey().apply(picture, new PlainContext());

        // 0.299 R + 0.587 G + 0.114 B: 76.245, 149.685, 29.07; 2.99 + 11.74 + 3.42 = 18.15
        assertThat(grey.color()).isEqualTo(ColorModel.GREY);
        assertThat(Pictures.rows(grey.planes().get(0))[0]).containsExactly(76, 150, 29, 18, 255);
        assertThat(Pictures.rows(grey.planes().get(1))[0]).containsExactly(50, 51, 52, 53, 54);
    }

    @Test
    void takesTheLumaThatThereIs() {
        Picture picture = Pictures.of(4, 3, ColorModel.YCC, false, (plane, x, y) -> 10 * plane + x);

        Picture grey = new Grey().apply(picture, new PlainContext());

        assertThat(grey.planes()).containsExactly(picture.planes().getFirst());
    }

    @Test
    void leavesGreyAlone() {
        Picture grey = Pictures.grey(new int[][] {{1, 2}});
        assertThat(new Grey().apply(grey, new PlainContext())).isSameAs(grey);
    }

    @Test
    void appliesTheProfileFirst() {
        Picture red =
                Pictures.of(1, 1, ColorModel.RGB, false, (plane, x, y) -> plane == 0 ? 200 : 0)
                        .withProfile(new IccProfile(new byte[] {1}));

        Picture grey = new Grey().apply(red, new Whitening());

        assertThat(grey.profile()).isNull();
        assertThat(Pictures.rows(grey)[0]).containsExactly(255);
    }

    /** A context whose profiles make everything white. */
    private record Whitening(Workspace workspace, Resampler resampler) implements OperationContext {
        Whitening() {
            this(new Workspace(), Resampler.create());
        }

        @Override
        public Chroma chroma() {
            return Chroma.S444;
        }

        @Override
        public Picture toSrgb(Picture picture) {
            return Pictures.of(
                    picture.size().width(),
                    picture.size().height(),
                    ColorModel.RGB,
                    false,
                    (plane, x, y) -> 255);
        }

        @Override
        public Picture mark(Mark.File file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Picture mark(Mark.Text text, int letters) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean endsInSrgb() {
            return false;
        }
    }
}
