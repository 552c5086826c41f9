package imgpipe.codec;

import java.util.Arrays;
import java.util.Iterator;

/**
 * The rows of a picture as a PNG stores them, filtered, one after another.
 *
 * <p>Each row gets the filter whose bytes, taken as numbers with a sign, are smallest in sum: the
 * heuristic of ISO/IEC 15948, 12.8.
 */
final class PngPacker {
    /** The fast sums are made of every seventh byte, so of all channels in turn. */
    private static final int SAMPLE = 7;

    private final PngPixels pixels;
    private final PngLayout layout;
    private final PngFiltering filtering;
    private final Iterator<PngPass> passes;
    private final byte[] filtered;
    private final byte[] tried;
    private byte[] row;
    private byte[] above;
    private PngPass pass;
    private int y;

    PngPacker(PngPixels pixels, PngLayout layout, PngFiltering filtering) {
        this.pixels = pixels;
        this.layout = layout;
        this.filtering = filtering;
        passes = layout.passes().iterator();
        pass = passes.next();
        int longest = Math.toIntExact(1 + layout.rowBytes(layout.size().width()) + PngFilter.SLACK);
        filtered = new byte[longest];
        tried = new byte[filtering == PngFiltering.FULL ? longest : 0];
        row = new byte[longest];
        above = new byte[longest];
    }

    boolean hasNext() {
        return y < pass.size().height() || passes.hasNext();
    }

    /** The next row; valid until the one after it is asked for. */
    byte[] next() {
        if (y == pass.size().height()) {
            pass = passes.next();
            y = 0;
            Arrays.fill(above, (byte) 0);
        }
        pixels.load(pass, y, row);
        byte[] chosen = filter(length(), layout.distance());
        byte[] last = above;
        above = row;
        row = last;
        y++;
        return chosen;
    }

    /** Bytes of the row that was made last, with the filter's number. */
    int length() {
        return (int) (1 + layout.rowBytes(pass.size().width()));
    }

    private byte[] filter(int length, int distance) {
        switch (filtering) {
            case NONE -> PngFilter.apply(PngFilter.NONE, row, above, filtered, length, distance);
            case FAST ->
                    PngFilter.apply(
                            choice(length, distance), row, above, filtered, length, distance);
            case FULL -> {
                return best(length, distance);
            }
        }
        return filtered;
    }

    private int choice(int length, int distance) {
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

    private byte[] best(int length, int distance) {
        byte[] best = filtered;
        byte[] next = tried;
        long least = Long.MAX_VALUE;
        for (int filter = PngFilter.NONE; filter <= PngFilter.PAETH; filter++) {
            PngFilter.apply(filter, row, above, next, length, distance);
            long sum = 0;
            for (int i = 1; i < length; i++) {
                sum += Math.abs(next[i]);
            }
            if (sum < least) {
                least = sum;
                byte[] worse = best;
                best = next;
                next = worse;
            }
        }
        return best;
    }
}
