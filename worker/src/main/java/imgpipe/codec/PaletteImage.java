package imgpipe.codec;

import imgpipe.image.Size;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;

/** A frame in at most 256 colors, one of which may be transparent. */
final class PaletteImage {
    private final Size size;
    private final int[] pixels;

    /**
     * A frame of these pixels.
     *
     * @param pixels ARGB, row after row, opaque or 0
     */
    PaletteImage(Size size, int[] pixels) {
        this.size = size;
        this.pixels = pixels;
    }

    /** With as few bits a pixel as the palette needs: the codes in the file begin as short. */
    BufferedImage image() {
        IndexedPixels few = Quantizer.reduce(pixels.clone(), size.width(), 256);
        int[] table = few.colors();
        int hole = -1;
        for (int i = 0; i < table.length; i++) {
            hole = table[i] >>> 24 == 0 ? i : hole;
        }
        int bits = table.length <= 2 ? 1 : table.length <= 4 ? 2 : table.length <= 16 ? 4 : 8;
        IndexColorModel model =
                new IndexColorModel(
                        bits, table.length, table, 0, false, hole, DataBuffer.TYPE_BYTE);
        BufferedImage image =
                new BufferedImage(
                        size.width(),
                        size.height(),
                        bits == 8
                                ? BufferedImage.TYPE_BYTE_INDEXED
                                : BufferedImage.TYPE_BYTE_BINARY,
                        model);
        image.getRaster().setDataElements(0, 0, size.width(), size.height(), few.indices());
        return image;
    }
}
