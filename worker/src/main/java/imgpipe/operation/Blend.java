package imgpipe.operation;

import imgpipe.image.Plane;
import org.jspecify.annotations.Nullable;

/**
 * The operator "source over" of Porter and Duff ("Compositing Digital Images", 1984) for colors
 * that are not multiplied by their opacity.
 *
 * @param over samples of what is laid over
 * @param alpha their opacities, as many
 * @param opacity what these are multiplied by, 0 to 1
 * @param left column of the plane below at which they begin
 * @param top row likewise
 */
record Blend(Plane over, Plane alpha, float opacity, int left, int top) {
    /** Visits a row: the samples over it, their opacities, and those below from the left on. */
    private interface Row {
        void mix(byte[] over, byte[] opacities, byte[] below, int y, int count);
    }

    /**
     * Changes a plane of colors.
     *
     * @param opacities of the plane, as many as it has samples; null if it is opaque
     */
    void into(Plane plane, @Nullable Plane opacities) {
        if (opacities == null) {
            rows(plane, this::onOpaque);
            return;
        }
        byte[] under = new byte[opacities.width()];
        rows(
                plane,
                (colors, covers, below, y, count) -> {
                    opacities.load(y, under);
                    for (int x = 0; x < count; x++) {
                        float cover = cover(covers[x]);
                        float rest = (under[left + x] & 0xFF) / 255f * (1 - cover);
                        if (cover + rest > 0) {
                            float sum =
                                    (colors[x] & 0xFF) * cover + (below[left + x] & 0xFF) * rest;
                            below[left + x] = (byte) Math.round(sum / (cover + rest));
                        }
                    }
                });
    }

    /** Changes a plane of opacities. */
    void cover(Plane plane) {
        rows(
                plane,
                (colors, covers, below, y, count) -> {
                    for (int x = 0; x < count; x++) {
                        int under = below[left + x] & 0xFF;
                        below[left + x] =
                                (byte) Math.round(under + (255 - under) * cover(covers[x]));
                    }
                });
    }

    private void onOpaque(byte[] colors, byte[] covers, byte[] below, int y, int count) {
        for (int x = 0; x < count; x++) {
            int under = below[left + x] & 0xFF;
            below[left + x] =
                    (byte) Math.round(under + ((colors[x] & 0xFF) - under) * cover(covers[x]));
        }
    }

    private float cover(byte alpha) {
        return (alpha & 0xFF) * opacity / 255;
    }

    private void rows(Plane plane, Row mixer) {
        byte[] colors = new byte[over.width()];
        byte[] covers = new byte[over.width()];
        byte[] below = new byte[plane.width()];
        int count = Math.min(over.width(), plane.width() - left);
        for (int y = top; y < Math.min(top + over.height(), plane.height()); y++) {
            over.load(y - top, colors);
            alpha.load(y - top, covers);
            plane.load(y, below);
            mixer.mix(colors, covers, below, y, count);
            plane.store(y, below);
        }
    }
}
