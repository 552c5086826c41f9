package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ColorModel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of a PNG apart into 8-bit samples of one channel each: what a palette says of
 * them, 1, 2 and 4 bits spread over the whole range, 16 bits rounded; and an opacity for a color
 * that is declared transparent.
 */
final class PngUnpacker {
    private final PngLayout layout;

    /** The sample of each channel for each stored value, if one value is stored a pixel. */
    private final byte @Nullable [][] tables;

    /** The bytes of the pixels that are transparent, if the last channel is made of that. */
    private final byte @Nullable [] transparent;

    private final int channels;

    /**
     * @param profiled whether the picture has an ICC profile, which is one of RGB where there is a
     *     palette, so that greys must not become one plane
     */
    PngUnpacker(
            PngLayout layout,
            @Nullable MemorySegment palette,
            @Nullable MemorySegment opacity,
            boolean profiled)
            throws PictureException {
        this.layout = layout;
        byte[] alpha = opacity == null ? null : opacity.toArray(ValueLayout.JAVA_BYTE);
        if (layout.type() == PngLayout.PALETTE) {
            tables = palette(palette, alpha, profiled);
        } else if (layout.type() == PngLayout.GREY && layout.bits() <= 8) {
            tables = greys(layout.bits(), alpha);
        } else {
            tables = null;
        }
        transparent = tables == null && alpha != null ? key(layout, alpha) : null;
        channels =
                tables != null ? tables.length : layout.channels() + (transparent == null ? 0 : 1);
    }

    /** Color planes and opacity. */
    int channels() {
        return channels;
    }

    boolean alpha() {
        return channels % 2 == 0;
    }

    ColorModel color() {
        return channels < 3 ? ColorModel.GREY : ColorModel.RGB;
    }

    private static byte[][] palette(
            @Nullable MemorySegment palette, byte @Nullable [] alpha, boolean profiled)
            throws PictureException {
        if (palette == null || palette.byteSize() < 3) {
            throw new PictureException(Reason.CORRUPT, "the PNG lacks its palette");
        }
        byte[] colors = palette.toArray(ValueLayout.JAVA_BYTE);
        int count = Math.min(256, colors.length / 3);
        byte[][] tables = new byte[3][256]; // an index beyond the palette is black
        boolean grey = !profiled;
        for (int i = 0; i < count; i++) {
            for (int band = 0; band < 3; band++) {
                tables[band][i] = colors[3 * i + band];
            }
            grey &= colors[3 * i] == colors[3 * i + 1] && colors[3 * i] == colors[3 * i + 2];
        }
        byte[][] used = grey ? new byte[][] {tables[0]} : tables;
        if (alpha == null) {
            return used;
        }
        byte[] opacity = new byte[256];
        Arrays.fill(opacity, (byte) 255);
        System.arraycopy(alpha, 0, opacity, 0, Math.min(alpha.length, count));
        return with(used, opacity);
    }

    private static byte[][] greys(int bits, byte @Nullable [] alpha) {
        int max = (1 << bits) - 1;
        byte[] levels = new byte[256];
        for (int i = 0; i <= max; i++) {
            levels[i] = (byte) (i * 255 / max);
        }
        if (alpha == null || alpha.length < 2) {
            return new byte[][] {levels};
        }
        byte[] opacity = new byte[256];
        Arrays.fill(opacity, (byte) 255);
        opacity[alpha[1] & max] = 0;
        return new byte[][] {levels, opacity};
    }

    private static byte[][] with(byte[][] tables, byte[] last) {
        byte[][] all = Arrays.copyOf(tables, tables.length + 1);
        all[tables.length] = last;
        return all;
    }

    /** tRNS holds two bytes a channel, whatever the depth (11.3.2.1). */
    private static byte @Nullable [] key(PngLayout layout, byte[] alpha) {
        int count = layout.channels();
        boolean opaque = layout.type() == PngLayout.GREY || layout.type() == PngLayout.RGB;
        if (!opaque || alpha.length < 2 * count) {
            return null;
        }
        if (layout.bits() == 16) {
            return Arrays.copyOf(alpha, 2 * count);
        }
        byte[] key = new byte[count];
        for (int i = 0; i < count; i++) {
            key[i] = alpha[2 * i + 1];
        }
        return key;
    }

    /**
     * Takes a row apart.
     *
     * @param row plain bytes, behind the filter's number
     * @param out an array for each channel, of {@code width} elements at least
     */
    void unpack(byte[] row, int width, byte[][] out) {
        if (tables != null) {
            lookUp(tables, row, width, out);
        } else if (layout.bits() == 16) {
            round(row, width, out);
        } else {
            switch (layout.channels()) {
                case 2 -> split2(row, width, out[0], out[1]);
                case 3 -> split3(row, width, out[0], out[1], out[2]);
                default -> split4(row, width, out[0], out[1], out[2], out[3]);
            }
        }
        if (transparent != null) {
            compare(transparent, row, width, out[channels - 1]);
        }
    }

    private void lookUp(byte[][] tables, byte[] row, int width, byte[][] out) {
        int bits = layout.bits();
        int mask = (1 << bits) - 1;
        for (int band = 0; band < tables.length; band++) {
            byte[] table = tables[band];
            byte[] samples = out[band];
            if (bits == 8) {
                for (int x = 0; x < width; x++) {
                    samples[x] = table[row[1 + x] & 0xFF];
                }
            } else {
                for (int x = 0; x < width; x++) {
                    int bit = x * bits;
                    int shift = 8 - bits - (bit & 7);
                    samples[x] = table[(row[1 + (bit >> 3)] >> shift) & mask];
                }
            }
        }
    }

    private void round(byte[] row, int width, byte[][] out) {
        int step = layout.distance();
        for (int band = 0; band < layout.channels(); band++) {
            byte[] samples = out[band];
            for (int x = 0, at = 1 + 2 * band; x < width; x++, at += step) {
                int sample = (row[at] & 0xFF) << 8 | (row[at + 1] & 0xFF);
                samples[x] = (byte) ((sample * 255 + 32767) / 65535);
            }
        }
    }

    private static void split2(byte[] row, int width, byte[] first, byte[] second) {
        for (int x = 0, at = 1; x < width; x++, at += 2) {
            first[x] = row[at];
            second[x] = row[at + 1];
        }
    }

    private static void split3(byte[] row, int width, byte[] first, byte[] second, byte[] third) {
        for (int x = 0, at = 1; x < width; x++, at += 3) {
            first[x] = row[at];
            second[x] = row[at + 1];
            third[x] = row[at + 2];
        }
    }

    private static void split4(
            byte[] row, int width, byte[] first, byte[] second, byte[] third, byte[] fourth) {
        for (int x = 0, at = 1; x < width; x++, at += 4) {
            first[x] = row[at];
            second[x] = row[at + 1];
            third[x] = row[at + 2];
            fourth[x] = row[at + 3];
        }
    }

    private static void compare(byte[] key, byte[] row, int width, byte[] opacity) {
        for (int x = 0, at = 1; x < width; x++, at += key.length) {
            boolean same = Arrays.equals(row, at, at + key.length, key, 0, key.length);
            opacity[x] = (byte) (same ? 0 : 255);
        }
    }
}
