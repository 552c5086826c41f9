package imgpipe.codec;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * Baseline JPEGs of random coefficients, small and extreme ones, with random or the usual Huffman
 * codes, quantization, sampling and restart intervals. Written from ITU-T T.81, annexes B, C and F.
 */
public final class RandomBaseline {
    private static final int[][] FACTORS = {
        {1, 1, 1, 1},
        {2, 1, 1, 1},
        {2, 2, 1, 1},
        {1, 2, 1, 1},
        {4, 1, 1, 1},
        {4, 2, 1, 1},
        {2, 2, 1, 2},
        {2, 2, 2, 1},
        {3, 1, 1, 1},
        {1, 4, 1, 1}
    };

    private final Random random;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int[] mostDc = new int[2];
    private long bits;
    private int count;

    /** A code's bits, the length in the upper half. */
    private final List<int[]> codes = new ArrayList<>();

    private RandomBaseline(Random random) {
        this.random = random;
    }

    /** A whole file. */
    public static byte[] make(Random random) {
        return new RandomBaseline(random).jpeg();
    }

    private byte[] jpeg() {
        boolean grey = random.nextInt(5) == 0;
        int[] factors = FACTORS[random.nextInt(FACTORS.length)];
        int width = 8 + random.nextInt(random.nextInt(8) == 0 ? 2000 : 200);
        int height = 8 + random.nextInt(200);
        int components = grey ? 1 : 3;
        put(0xFF, 0xD8);
        if (random.nextBoolean()) {
            put(0xFF, 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
        }
        for (int table = 0; table < 2; table++) {
            put(0xFF, 0xDB, 0, 67, table);
            int largest = random.nextBoolean() ? 255 : 20;
            for (int i = 0; i < 64; i++) {
                int step = 1 + random.nextInt(largest);
                put(step);
                if (i == 0) {
                    mostDc[table] = Math.min(1023, 2047 / step);
                }
            }
        }
        put(0xFF, random.nextBoolean() ? 0xC0 : 0xC1, 0, 8 + 3 * components, 8);
        put(height >> 8, height, width >> 8, width, components);
        for (int i = 0; i < components; i++) {
            int at = i == 0 ? 0 : 2;
            put(i + 1, factors[at] << 4 | factors[at + 1], i == 0 ? 0 : 1);
        }
        boolean usual = random.nextBoolean();
        for (int table = 0; table < 4; table++) {
            defineCodes(table, usual);
        }
        int interval = random.nextBoolean() ? 0 : 1 + random.nextInt(20);
        if (interval > 0) {
            put(0xFF, 0xDD, 0, 4, 0, interval);
        }
        put(0xFF, 0xDA, 0, 6 + 2 * components, components);
        for (int i = 0; i < components; i++) {
            put(i + 1, i == 0 ? 0x00 : 0x11);
        }
        put(0, 63, 0);
        int mcus =
                Math.ceilDiv(width, 8 * (grey ? 1 : factors[0]))
                        * Math.ceilDiv(height, 8 * (grey ? 1 : factors[1]));
        int[] last = new int[components];
        int liveliness = 1 + random.nextInt(60);
        for (int mcu = 0; mcu < mcus; mcu++) {
            if (interval > 0 && mcu > 0 && mcu % interval == 0) {
                pad();
                put(0xFF, 0xD0 + (mcu / interval - 1) % 8);
                Arrays.fill(last, 0);
            }
            for (int i = 0; i < components; i++) {
                int blocks = grey ? 1 : i == 0 ? factors[0] * factors[1] : factors[2] * factors[3];
                for (int block = 0; block < blocks; block++) {
                    last[i] = block(i == 0 ? 0 : 2, last[i], liveliness);
                }
            }
        }
        pad();
        put(0xFF, 0xD9);
        return out.toByteArray();
    }

    /** Returns the DC coefficient. */
    private int block(int tables, int predicted, int liveliness) {
        int most = mostDc[tables / 2];
        int dc =
                random.nextInt(30) == 0
                        ? random.nextInt(2 * most + 1) - most
                        : Math.clamp(predicted + (int) (random.nextGaussian() * 20), -most, most);
        int difference = dc - predicted;
        code(tables, size(difference));
        magnitude(difference);
        int last = random.nextInt(20) == 0 ? 63 : Math.min(63, random.nextInt(liveliness));
        int run = 0;
        int done = 0;
        for (int k = 1; k <= last; k++) {
            int value = coefficient(last);
            if (value == 0) {
                run++;
                continue;
            }
            for (; run >= 16; run -= 16) {
                code(tables + 1, 0xF0);
            }
            code(tables + 1, run << 4 | size(value));
            magnitude(value);
            run = 0;
            done = k;
        }
        if (done < 63) {
            code(tables + 1, 0);
        }
        return dc;
    }

    private int coefficient(int last) {
        return switch (random.nextInt(last == 63 ? 3 : 12)) {
            case 0 -> random.nextInt(2047) - 1023;
            case 1, 2 -> random.nextInt(15) - 7;
            case 3 -> random.nextBoolean() ? 1 : -1;
            default -> 0;
        };
    }

    private static int size(int value) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(Math.abs(value));
    }

    private void code(int table, int value) {
        int code = codes.get(table)[value];
        write(code & 0xFFFF, code >>> 16);
    }

    private void magnitude(int value) {
        int size = size(value);
        write(value < 0 ? value + (1 << size) - 1 : value, size);
    }

    private void write(int value, int length) {
        bits = bits << length | value;
        count += length;
        while (count >= 8) {
            count -= 8;
            int octet = (int) (bits >>> count) & 0xFF;
            put(octet);
            if (octet == 0xFF) {
                put(0);
            }
        }
    }

    private void pad() {
        write((1 << (8 - count) % 8) - 1, (8 - count) % 8);
    }

    private void defineCodes(int table, boolean usual) {
        boolean dc = table % 2 == 0;
        int[] lengths = new int[17];
        List<Integer> values = new ArrayList<>();
        if (usual) {
            JPEGHuffmanTable standard =
                    dc
                            ? table == 0
                                    ? JPEGHuffmanTable.StdDCLuminance
                                    : JPEGHuffmanTable.StdDCChrominance
                            : table == 1
                                    ? JPEGHuffmanTable.StdACLuminance
                                    : JPEGHuffmanTable.StdACChrominance;
            for (int i = 1; i <= 16; i++) {
                lengths[i] = standard.getLengths()[i - 1];
            }
            for (short value : standard.getValues()) {
                values.add((int) value);
            }
        } else {
            for (int size = 0; size <= (dc ? 11 : 10); size++) {
                for (int run = 0; run < (dc ? 1 : 16); run++) {
                    if (dc || size > 0 || run == 0 || run == 15) {
                        values.add(run << 4 | size);
                    }
                }
            }
            Collections.shuffle(values, random);
            randomLengths(values.size(), lengths);
        }
        put(0xFF, 0xC4, 0, 0);
        int length = out.size() - 2;
        put((dc ? 0x00 : 0x10) | table / 2);
        for (int i = 1; i <= 16; i++) {
            put(lengths[i]);
        }
        values.forEach(this::put);
        byte[] whole = out.toByteArray();
        whole[length] = (byte) ((whole.length - length) >> 8);
        whole[length + 1] = (byte) (whole.length - length);
        out.reset();
        out.writeBytes(whole);
        codes.add(codes(lengths, values));
    }

    /** The depths of a random tree's leaves; one leaf is not used (T.81, C.2). */
    private void randomLengths(int leaves, int[] lengths) {
        List<Integer> depths = new ArrayList<>(List.of(0));
        while (depths.size() < leaves + 1) {
            int leaf = random.nextInt(depths.size());
            int depth = depths.get(leaf);
            if (depth < 16) {
                depths.set(leaf, depth + 1);
                depths.add(depth + 1);
            }
        }
        depths.forEach(depth -> lengths[depth]++);
        lengths[Collections.max(depths)]--;
    }

    private static int[] codes(int[] lengths, List<Integer> values) {
        int[] codes = new int[256];
        int code = 0;
        int next = 0;
        for (int length = 1; length <= 16; length++, code <<= 1) {
            for (int i = 0; i < lengths[length]; i++) {
                codes[values.get(next++)] = length << 16 | code++;
            }
        }
        return codes;
    }

    private void put(int... octets) {
        for (int octet : octets) {
            out.write(octet);
        }
    }
}
