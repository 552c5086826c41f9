package imgpipe.codec.ffm;

import imgpipe.image.Plane;

/**
 * Y, Cb and Cr of WebP and video: ITU-R BT.601 with 16 to 235 for luma and 16 to 240 for chroma,
 * where {@link imgpipe.image.ColorModel#YCC} has 0 to 255 for all.
 */
final class StudioRange {
    private static final byte[] LUMA = table(16, 219, 0);
    private static final byte[] CHROMA = table(128, 224, 128);

    private StudioRange() {}

    /** Spreads samples over the full range, in place; those beyond their own range are clipped. */
    static void widen(Plane luma, Plane u, Plane v) {
        apply(LUMA, luma);
        apply(CHROMA, u);
        apply(CHROMA, v);
    }

    private static byte[] table(int origin, int range, int target) {
        byte[] table = new byte[256];
        for (int i = 0; i < table.length; i++) {
            long value = target + Math.round((i - origin) * 255.0 / range);
            table[i] = (byte) Math.clamp(value, 0, 255);
        }
        return table;
    }

    private static void apply(byte[] table, Plane plane) {
        byte[] row = new byte[plane.width()];
        for (int y = 0; y < plane.height(); y++) {
            plane.load(y, row);
            for (int x = 0; x < row.length; x++) {
                row[x] = table[row[x] & 0xFF];
            }
            plane.store(y, row);
        }
    }
}
