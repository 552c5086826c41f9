package imgpipe.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Between RGB and the Y, Cb, Cr of JFIF 1.02: ITU-R BT.601 with full range. In fixed point of 16
 * bits, rounded to the nearest, so that every result is within one of the exact formula's.
 */
public final class YccConversion {
    private static final int ONE = 1 << 16;
    private static final int HALF = ONE / 2;
    private static final int CENTRE = 128;

    private YccConversion() {}

    /**
     * A {@link ColorModel#YCC} picture as RGB. Chroma planes with fewer samples than luma are
     * widened linearly, sample centres and spans as {@link Plane} has them; alpha planes are
     * shared.
     */
    public static Picture toRgb(Picture picture, Workspace workspace) {
        require(picture, ColorModel.YCC);
        return converted(picture, ColorModel.RGB, workspace, true);
    }

    /** An RGB picture as Y, Cb, Cr, all planes of full size (4:4:4); alpha planes are shared. */
    public static Picture fromRgb(Picture picture, Workspace workspace) {
        require(picture, ColorModel.RGB);
        return converted(picture, ColorModel.YCC, workspace, false);
    }

    private static void require(Picture picture, ColorModel color) {
        if (picture.color() != color) {
            throw new IllegalArgumentException("a " + picture.color() + " picture, not " + color);
        }
    }

    private static Picture converted(
            Picture picture, ColorModel color, Workspace workspace, boolean toRgb) {
        Size size = picture.size();
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : picture.frames()) {
            List<Plane> planes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                planes.add(Plane.allocate(workspace, size.width(), size.height()));
            }
            convert(frame.planes(), planes, size, toRgb);
            if (picture.alpha()) {
                planes.add(frame.planes().getLast());
            }
            frames.add(new Frame(planes, frame.delayMillis()));
        }
        return picture.with(size, color, picture.alpha(), frames);
    }

    private static void convert(List<Plane> from, List<Plane> to, Size size, boolean toRgb) {
        List<PlaneRows> rows = new ArrayList<>();
        for (Plane plane : from.subList(0, 3)) {
            rows.add(new PlaneRows(plane, size));
        }
        byte[][] out = new byte[3][size.width()];
        for (int y = 0; y < size.height(); y++) {
            byte[] first = rows.get(0).at(y);
            byte[] second = rows.get(1).at(y);
            byte[] third = rows.get(2).at(y);
            if (toRgb) {
                rgb(first, second, third, out);
            } else {
                ycc(first, second, third, out);
            }
            for (int i = 0; i < 3; i++) {
                to.get(i).store(y, out[i]);
            }
        }
    }

    private static void rgb(byte[] luma, byte[] blues, byte[] reds, byte[][] out) {
        for (int x = 0; x < luma.length; x++) {
            int y = ((luma[x] & 0xFF) << 16) + HALF;
            int blue = (blues[x] & 0xFF) - CENTRE;
            int red = (reds[x] & 0xFF) - CENTRE;
            out[0][x] = clamp((y + 91881 * red) >> 16);
            out[1][x] = clamp((y - 22554 * blue - 46802 * red) >> 16);
            out[2][x] = clamp((y + 116130 * blue) >> 16);
        }
    }

    private static void ycc(byte[] reds, byte[] greens, byte[] blues, byte[][] out) {
        int centre = CENTRE * ONE + HALF;
        for (int x = 0; x < reds.length; x++) {
            int red = reds[x] & 0xFF;
            int green = greens[x] & 0xFF;
            int blue = blues[x] & 0xFF;
            out[0][x] = clamp((19595 * red + 38470 * green + 7471 * blue + HALF) >> 16);
            out[1][x] = clamp((-11058 * red - 21710 * green + 32768 * blue + centre) >> 16);
            out[2][x] = clamp((32768 * red - 27439 * green - 5329 * blue + centre) >> 16);
        }
    }

    private static byte clamp(int value) {
        return (byte) Math.clamp(value, 0, 255);
    }
}
