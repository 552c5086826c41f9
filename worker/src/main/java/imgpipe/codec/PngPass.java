package imgpipe.codec;

import imgpipe.image.Size;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture within the picture: every {@code acrossStep}-th pixel of every {@code downStep}-th row.
 *
 * @param left column of its first pixel
 * @param top row of its first pixel
 * @param size of the pass
 */
record PngPass(int left, int top, int acrossStep, int downStep, Size size) {
    /** ISO/IEC 15948, 8.2: left, top, step across, step down. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8},
        {4, 0, 8, 8},
        {0, 4, 4, 8},
        {2, 0, 4, 4},
        {0, 2, 2, 4},
        {1, 0, 2, 2},
        {0, 1, 1, 2}
    };

    /** The passes that have pixels, in their order in the file. */
    static List<PngPass> of(Size picture, boolean interlaced) {
        if (!interlaced) {
            return List.of(new PngPass(0, 0, 1, 1, picture));
        }
        List<PngPass> passes = new ArrayList<>();
        for (int[] pass : ADAM7) {
            int width = Math.ceilDiv(picture.width() - pass[0], pass[2]);
            int height = Math.ceilDiv(picture.height() - pass[1], pass[3]);
            if (width > 0 && height > 0) {
                passes.add(
                        new PngPass(pass[0], pass[1], pass[2], pass[3], new Size(width, height)));
            }
        }
        return passes;
    }

    /** Whether it is the whole picture. */
    boolean whole() {
        return acrossStep == 1 && downStep == 1;
    }
}
