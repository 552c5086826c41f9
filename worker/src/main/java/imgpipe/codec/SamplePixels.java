package imgpipe.codec;

import imgpipe.image.Plane;
import java.util.List;

/** Grey or RGB, with or without alpha, a byte a sample. */
final class SamplePixels implements PngPixels {
    private final List<Plane> planes;
    private final byte[] samples;

    SamplePixels(List<Plane> planes) {
        this.planes = planes;
        samples = new byte[planes.getFirst().width()];
    }

    @Override
    public void load(PngPass pass, int y, byte[] row) {
        int channels = planes.size();
        int step = pass.acrossStep();
        for (int band = 0; band < channels; band++) {
            planes.get(band).load(pass.top() + y * pass.downStep(), samples);
            for (int x = pass.left(), at = 1 + band;
                    x < samples.length;
                    x += step, at += channels) {
                row[at] = samples[x];
            }
        }
    }
}
