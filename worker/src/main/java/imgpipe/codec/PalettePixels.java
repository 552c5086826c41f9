package imgpipe.codec;

import java.util.Arrays;

/** Indices into a palette, as many as fit into a byte, the first in its highest bits. */
final class PalettePixels implements PngPixels {
    private final byte[] indices;
    private final int width;
    private final int bits;

    PalettePixels(IndexedPixels pixels, int width) {
        indices = pixels.indices();
        bits = pixels.bits();
        this.width = width;
    }

    @Override
    public void load(PngPass pass, int y, byte[] row) {
        Arrays.fill(row, (byte) 0);
        int from = (pass.top() + y * pass.downStep()) * width + pass.left();
        for (int x = 0; x < pass.size().width(); x++) {
            int bit = x * bits;
            int index = indices[from + x * pass.acrossStep()];
            row[1 + (bit >> 3)] |= (byte) (index << (8 - bits - (bit & 7)));
        }
    }
}
