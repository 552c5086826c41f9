package imgpipe.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers the colors of a picture in the order in which they come, as long as they are few. */
final class ColorCount {
    /** Four times as many places as there are colors at most, a power of two. */
    private static final int PLACES = 1024;

    private final int most;
    private final int[] keys = new int[PLACES];
    private final int[] numbers = new int[PLACES];
    private final int[] colors;
    private int count;

    private ColorCount(int most) {
        this.most = most;
        colors = new int[most];
        Arrays.fill(numbers, -1);
    }

    /** The picture in exactly its own colors; null if there are more than {@code most}, or 256. */
    static @Nullable IndexedPixels exact(int[] argb, int most) {
        ColorCount all = new ColorCount(most);
        byte[] indices = new byte[argb.length];
        int last = 0;
        int number = -1;
        for (int i = 0; i < argb.length; i++) {
            if (number < 0 || argb[i] != last) {
                last = argb[i];
                number = all.number(last);
                if (number < 0) {
                    return null;
                }
            }
            indices[i] = (byte) number;
        }
        return sorted(Arrays.copyOf(all.colors, all.count), indices);
    }

    /** The same pixels with their palette in order. */
    static IndexedPixels sorted(int[] colors, byte[] indices) {
        // An unsigned color and the place where it stood, in one number.
        long[] order = new long[colors.length];
        Arrays.setAll(order, i -> ((colors[i] & 0xFFFF_FFFFL) << 8) | i);
        Arrays.sort(order);
        int[] palette = new int[colors.length];
        byte[] moved = new byte[256];
        for (int i = 0; i < order.length; i++) {
            palette[i] = (int) (order[i] >> 8);
            moved[(int) order[i] & 0xFF] = (byte) i;
        }
        for (int i = 0; i < indices.length; i++) {
            indices[i] = moved[indices[i] & 0xFF];
        }
        return new IndexedPixels(palette, indices);
    }

    private int number(int color) {
        // Knuth's multiplicative hash: 2^32 divided by the golden ratio.
        int place = (color * 0x9E3779B9) >>> 22;
        while (numbers[place] >= 0) {
            if (keys[place] == color) {
                return numbers[place];
            }
            place = (place + 1) & (PLACES - 1);
        }
        if (count == most) {
            return -1;
        }
        keys[place] = color;
        numbers[place] = count;
        colors[count] = color;
        return count++;
    }
}
