package imgpipe.image;

/** Rows of a plane as wide as its picture, with missing samples filled in linearly. */
final class PlaneRows {
    private static final int ONE = 256;

    private final Plane plane;
    private final Size picture;
    private final byte[] row;
    private final byte[] upper;
    private final byte[] lower;
    private final int[] columns;
    private final int[] weights;

    PlaneRows(Plane plane, Size picture) {
        this.plane = plane;
        this.picture = picture;
        row = new byte[picture.width()];
        upper = new byte[plane.width()];
        lower = new byte[plane.width()];
        columns = new int[picture.width()];
        weights = new int[picture.width()];
        for (int x = 0; x < columns.length; x++) {
            double at = position(x, picture.width(), plane.spanX(), plane.width());
            columns[x] = Math.min((int) at, Math.max(0, plane.width() - 2));
            weights[x] = (int) Math.round((at - columns[x]) * ONE);
        }
    }

    /** One row; valid until the next is asked for. */
    byte[] at(int y) {
        if (plane.width() == picture.width() && plane.height() == picture.height()) {
            plane.load(y, row);
            return row;
        }
        double at = position(y, picture.height(), plane.spanY(), plane.height());
        int top = Math.min((int) at, Math.max(0, plane.height() - 2));
        int weight = (int) Math.round((at - top) * ONE);
        plane.load(top, upper);
        plane.load(Math.min(top + 1, plane.height() - 1), lower);
        int last = plane.width() - 1;
        for (int x = 0; x < row.length; x++) {
            int left = columns[x];
            int right = Math.min(left + 1, last);
            int above = mix(upper[left], upper[right], weights[x]);
            int below = mix(lower[left], lower[right], weights[x]);
            row[x] = (byte) ((above * (ONE - weight) + below * weight + ONE * ONE / 2) >> 16);
        }
        return row;
    }

    private static int mix(byte left, byte right, int weight) {
        return (left & 0xFF) * (ONE - weight) + (right & 0xFF) * weight;
    }

    /** Where among a plane's samples the centre of a pixel lies; the first sample's is at 0. */
    private static double position(int pixel, int pixels, double span, int samples) {
        return Math.clamp((pixel + 0.5) * span / pixels - 0.5, 0, samples - 1.0);
    }
}
