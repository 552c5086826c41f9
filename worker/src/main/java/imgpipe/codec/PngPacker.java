package imgpipe.codec;

import imgpipe.image.Picture;
import imgpipe.image.Plane;
import java.util.List;

/**
 * The rows of a picture as a PNG stores them, filtered, one after another.
 *
 * <p>Of the filters None, Sub and Up each row gets the one whose bytes, taken as numbers with a
 * sign, are smallest in sum: the heuristic of ISO/IEC 15948, 12.8. Paeth and Average would make
 * files one to two percent smaller, and cost more time than they save the compressor.
 */
final class PngPacker {
    /** The sums are made of every seventh byte, so of all channels in turn. */
    private static final int SAMPLE = 7;

    private final List<Plane> planes;
    private final int width;
    private final int height;
    private final int length;
    private final byte[] samples;
    private final byte[] filtered;
    private byte[] row;
    private byte[] above;
    private int y;

    PngPacker(Picture picture) {
        planes = picture.planes();
        width = picture.size().width();
        height = picture.size().height();
        length = Math.addExact(1, Math.multiplyExact(width, planes.size()));
        samples = new byte[width];
        filtered = new byte[length + PngFilter.SLACK];
        row = new byte[length + PngFilter.SLACK];
        above = new byte[length + PngFilter.SLACK];
    }

    /** Bytes of a row with the filter's number. */
    int length() {
        return length;
    }

    boolean hasNext() {
        return y < height;
    }

    /** The next row; valid until the one after it is asked for. */
    byte[] next() {
        int channels = planes.size();
        for (int band = 0; band < channels; band++) {
            planes.get(band).load(y, samples);
            for (int x = 0, at = 1 + band; x < width; x++, at += channels) {
                row[at] = samples[x];
            }
        }
        PngFilter.apply(choice(channels), row, above, filtered, length, channels);
        byte[] last = above;
        above = row;
        row = last;
        y++;
        return filtered;
    }

    private int choice(int distance) {
        int none = 0;
        int sub = 0;
        int up = 0;
        for (int i = 1 + distance; i < length; i += SAMPLE) {
            none += Math.abs(row[i]);
            sub += Math.abs((byte) (row[i] - row[i - distance]));
            up += Math.abs((byte) (row[i] - above[i]));
        }
        if (none <= sub && none <= up) {
            return PngFilter.NONE;
        }
        return sub < up ? PngFilter.SUB : PngFilter.UP;
    }
}
