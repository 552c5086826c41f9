package imgpipe.paint;

import imgpipe.image.Plane;
import java.util.List;

/**
 * CMYK to RGB without a profile: each ink takes away its share of one primary and black of all,
 * (255 - c)(255 - k) / 255, rounded.
 */
final class PlainInks implements ColorTransform {
    static final ColorTransform TRANSFORM = new PlainInks();

    private PlainInks() {}

    @Override
    public void apply(List<Plane> from, List<Plane> to) {
        int width = from.getFirst().width();
        byte[] ink = new byte[width];
        byte[] black = new byte[width];
        for (int y = 0; y < from.getFirst().height(); y++) {
            from.get(3).load(y, black);
            for (int band = 0; band < 3; band++) {
                from.get(band).load(y, ink);
                for (int x = 0; x < width; x++) {
                    int light = (255 - (ink[x] & 0xFF)) * (255 - (black[x] & 0xFF));
                    ink[x] = (byte) ((light + 127) / 255);
                }
                to.get(band).store(y, ink);
            }
        }
    }
}
