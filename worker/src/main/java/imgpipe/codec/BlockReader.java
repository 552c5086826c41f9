package imgpipe.codec;

import static imgpipe.codec.HuffmanTable.END;
import static imgpipe.codec.HuffmanTable.LINK;
import static imgpipe.codec.HuffmanTable.LINKED_BITS;
import static imgpipe.codec.HuffmanTable.SKIP_ADVANCE;
import static imgpipe.codec.HuffmanTable.SKIP_BITS;
import static imgpipe.codec.HuffmanTable.SYMBOL_ADVANCE;
import static imgpipe.codec.HuffmanTable.SYMBOL_BITS;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads the first few coefficients of each block of a baseline JPEG and steps over the others
 * (ITU-T T.81, F.2.2).
 *
 * <p>The time goes into a chain of look-ups, each of which tells where the next one looks. So the
 * loops below hold nothing else that the next look-up has to wait for: the next 64 bits are kept in
 * a local variable, and it is refilled while a look-up is under way, without asking whether that is
 * necessary; values are made beside the chain, without branches; coefficients that do not matter
 * are stepped over several at a time. Whatever is unusual is found out once a block, whose end is
 * then looked for symbol by symbol.
 */
final class BlockReader {
    /** Values kept of a block at 1/4: coefficients 0 to 4 in zigzag order, and one of no use. */
    static final int QUARTER_VALUES = 6;

    /** Coefficients of a block in zigzag order that are looked at then. */
    private static final int QUARTER = 5;

    /** Answer of {@link #read} where codes are not those of a picture. */
    static final int DAMAGED = -1;

    private static final VarHandle BITS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int COEFFICIENTS = 64;
    private static final int MOST_BLOCKS = 10;
    private static final int MOST_COMPONENTS = 3;

    /** Twice the mean that a block of 8-bit samples can have; others are a sign of damage. */
    private static final int MEAN_RANGE = 2048;

    private final int[][] dcSymbols = new int[MOST_BLOCKS][];
    private final int[][] acSymbols = new int[MOST_BLOCKS][];
    private final char[][] acSkips = new char[MOST_BLOCKS][];
    private final int[] component = new int[MOST_BLOCKS];
    private final int[] dcSteps = new int[MOST_BLOCKS];
    private final int[] first = new int[MOST_BLOCKS];
    private final int[] perMcu = new int[MOST_BLOCKS];
    private final int[] predicted = new int[MOST_COMPONENTS];
    private short[] values = new short[0];
    private int blocks;
    private boolean onlyDc;
    private int position;

    /** How many values are kept of each block at so many samples for every eight pixels. */
    static int values(int eighths) {
        return eighths == 1 ? 1 : QUARTER_VALUES;
    }

    /**
     * Begins a picture.
     *
     * @param eighths samples for every eight pixels: 1 or 2
     * @param count of all values of a row of MCUs
     */
    void begin(int eighths, int count) {
        onlyDc = eighths == 1;
        blocks = 0;
        if (values.length < count) {
            values = new short[count];
        }
        restart();
    }

    /**
     * Appends a block to the MCU.
     *
     * @param of its component
     * @param dcStep its quantization of the first coefficient
     * @param at where the first MCU's values of this block go
     * @param step how much further those of the next MCU go
     */
    void add(int of, HuffmanTable dc, HuffmanTable ac, int dcStep, int at, int step) {
        dcSymbols[blocks] = dc.symbols();
        acSymbols[blocks] = ac.symbols();
        acSkips[blocks] = ac.skips();
        component[blocks] = of;
        dcSteps[blocks] = dcStep;
        first[blocks] = at;
        perMcu[blocks] = step;
        blocks++;
    }

    /** Begins with other codes, where no block is behind that predicts the next one. */
    void restart() {
        Arrays.fill(predicted, 0);
        position = 0;
    }

    /** Number of bits read so far. */
    int position() {
        return position;
    }

    /** So many bytes that were read are no longer there. */
    void dropped(int count) {
        position -= Byte.SIZE * count;
    }

    /** The coefficients read. */
    short[] values() {
        return values;
    }

    /**
     * Reads MCUs of one row.
     *
     * @param codes without stuffed zeros
     * @param limit stops before an MCU if it would begin behind this byte
     * @param from the first MCU's number in its row
     * @param to behind the last one's
     * @return the number of the MCU to be read next, or {@link #DAMAGED}
     */
    int read(byte[] codes, int limit, int from, int to) {
        int next = position >>> 3;
        long window = (long) BITS.get(codes, next) << (position & 7);
        int bits = 56 - (position & 7); // of the window, in front of those of the byte at next
        next += 7;
        short[] kept = values;
        int[] predictions = predicted;
        boolean dcOnly = onlyDc;
        int odd = 0;
        int mcu = from;
        for (; mcu < to && next <= limit; mcu++) {
            for (int block = 0; block < blocks; block++) {
                int start = (next << 3) - bits;
                int[] symbols = dcSymbols[block];
                int entry = symbols[(int) (window >>> (Long.SIZE - SYMBOL_BITS))];
                window |= (long) BITS.get(codes, next) >>> bits;
                next += (63 - bits) >>> 3;
                bits |= 56;
                if (entry < 0) {
                    entry = symbols[linked(entry, window)];
                }
                int of = component[block];
                int dc = predictions[of] + value(entry, window);
                predictions[of] = dc;
                odd |= dc * dcSteps[block] + MEAN_RANGE;
                int at = first[block] + mcu * perMcu[block];
                kept[at] = (short) dc;
                window <<= entry;
                bits -= entry & 63;
                int index = entry >>> SYMBOL_ADVANCE;

                if (!dcOnly) {
                    kept[at + 1] = 0;
                    kept[at + 2] = 0;
                    kept[at + 4] = 0;
                    symbols = acSymbols[block];
                    while (index < QUARTER) {
                        entry = symbols[(int) (window >>> (Long.SIZE - SYMBOL_BITS))];
                        window |= (long) BITS.get(codes, next) >>> bits;
                        next += (63 - bits) >>> 3;
                        bits |= 56;
                        if (entry < 0) {
                            entry = symbols[linked(entry, window)];
                        }
                        index += entry >>> SYMBOL_ADVANCE;
                        kept[at + Math.min(index - 1, QUARTER)] = (short) value(entry, window);
                        window <<= entry;
                        bits -= entry & 63;
                    }
                }

                char[] skips = acSkips[block];
                while (index < COEFFICIENTS) {
                    int skip = skips[(int) (window >>> (Long.SIZE - SKIP_BITS))];
                    window |= (long) BITS.get(codes, next) >>> bits;
                    next += (63 - bits) >>> 3;
                    bits |= 56;
                    window <<= skip;
                    bits -= skip & 63;
                    index += skip >>> SKIP_ADVANCE;
                }
                if (index != COEFFICIENTS && !endsWithin(index)) {
                    int end = endOfBlock(codes, start, block);
                    if (end == DAMAGED) {
                        return DAMAGED;
                    }
                    next = end >>> 3;
                    window = (long) BITS.get(codes, next) << (end & 7);
                    bits = 56 - (end & 7);
                    next += 7;
                }
            }
        }
        position = (next << 3) - bits;
        return (odd & -2 * MEAN_RANGE) == 0 ? mcu : DAMAGED;
    }

    /** Where the entry is that another one leads to. */
    private static int linked(int entry, long window) {
        return (entry & ~LINK) + (int) ((window << SYMBOL_BITS) >>> (Long.SIZE - LINKED_BITS));
    }

    /** The number that a symbol's magnitude bits stand for: T.81, figure F.12. */
    private static int value(int entry, long window) {
        int size = (entry >>> 12) & 15;
        long magnitude = window << (entry >>> 6);
        int below = (int) (~magnitude >> 63) & ((1 << size) - 1);
        return (int) (magnitude >>> 1 >>> (63 - size)) - below;
    }

    /** Whether an end of block brought the index there, of a block that was not full yet. */
    private static boolean endsWithin(int index) {
        return index > END && index < END + COEFFICIENTS;
    }

    /**
     * Steps over a block symbol by symbol.
     *
     * @return the position behind it, or {@link #DAMAGED}
     */
    private int endOfBlock(byte[] codes, int start, int block) {
        int end = start;
        int[] symbols = dcSymbols[block];
        int index = 0;
        while (index < COEFFICIENTS) {
            long window = (long) BITS.get(codes, end >>> 3) << (end & 7);
            int entry = symbols[(int) (window >>> (Long.SIZE - SYMBOL_BITS))];
            if (entry < 0) {
                entry = symbols[linked(entry, window)];
            }
            index += entry >>> SYMBOL_ADVANCE;
            end += entry & 63;
            symbols = acSymbols[block];
        }
        return index == COEFFICIENTS || endsWithin(index) ? end : DAMAGED;
    }
}
