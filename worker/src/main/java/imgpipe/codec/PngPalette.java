package imgpipe.codec;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** A palette in a PNG: the chunks PLTE and, for alpha, tRNS (ISO/IEC 15948, 11.2.3, 11.3.2.1). */
final class PngPalette {
    private PngPalette() {}

    /**
     * Adds the chunks.
     *
     * @param colors ARGB; those that are not opaque first, as the alpha of all behind the last in
     *     tRNS is 255
     */
    static void add(int[] colors, PngChunks chunks) {
        byte[] entries = new byte[3 * colors.length];
        byte[] opacities = new byte[colors.length];
        int seeThrough = 0;
        for (int i = 0; i < colors.length; i++) {
            entries[3 * i] = (byte) (colors[i] >> 16);
            entries[3 * i + 1] = (byte) (colors[i] >> 8);
            entries[3 * i + 2] = (byte) colors[i];
            opacities[i] = (byte) (colors[i] >>> 24);
            if (colors[i] >>> 24 != 255) {
                seeThrough = i + 1;
            }
        }
        chunks.add("PLTE", MemorySegment.ofArray(entries));
        if (seeThrough > 0) {
            chunks.add("tRNS", MemorySegment.ofArray(Arrays.copyOf(opacities, seeThrough)));
        }
    }
}
