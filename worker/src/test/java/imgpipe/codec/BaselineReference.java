package imgpipe.codec;

import java.util.Arrays;

/**
 * The slow way: every coefficient, bit by bit, by the procedures of ITU-T T.81, annex F.2, then the
 * formulas of {@link ReducedDct}. Knows files that are in order only.
 */
final class BaselineReference {
    private static final int[] ZIGZAG_USED = {0, 1, 2, 4};

    private final byte[] file;
    private final int eighths;
    private final int[][] steps = new int[4][];
    private final int[][][] codes = new int[2][4][];
    private int width;
    private int height;
    private int[][] components = {};
    private int interval;
    private int at = 2;
    private int octet;
    private int bitsLeft;

    private BaselineReference(byte[] file, int eighths) {
        this.file = file;
        this.eighths = eighths;
    }

    /** The samples by plane, row and column. */
    static int[][][] decode(byte[] file, int eighths) {
        return new BaselineReference(file, eighths).decode();
    }

    private int[][][] decode() {
        while (u8(at + 1) != 0xDA) {
            int code = u8(at + 1);
            int content = at + 4;
            int next = at + 2 + u16(at + 2);
            if (code == 0xDB) {
                for (; content < next; content += 65) {
                    int from = content + 1;
                    int[] table = new int[64];
                    Arrays.setAll(table, i -> u8(from + i));
                    steps[u8(content)] = table;
                }
            } else if (code == 0xC4) {
                while (content < next) {
                    int length = 17;
                    for (int i = 1; i <= 16; i++) {
                        length += u8(content + i);
                    }
                    int from = content + 1;
                    int[] table = new int[length - 1];
                    Arrays.setAll(table, i -> u8(from + i));
                    codes[u8(content) >> 4][u8(content) & 15] = table;
                    content += length;
                }
            } else if (code == 0xC0 || code == 0xC1) {
                height = u16(content + 1);
                width = u16(content + 3);
                components = new int[u8(content + 5)][];
                for (int i = 0; i < components.length; i++) {
                    int part = content + 6 + 3 * i;
                    components[i] =
                            new int[] {u8(part + 1) >> 4, u8(part + 1) & 15, u8(part + 2), 0};
                }
                if (components.length == 1) {
                    components[0][0] = 1;
                    components[0][1] = 1;
                }
            } else if (code == 0xDD) {
                interval = u16(content);
            }
            at = next;
        }
        for (int i = 0; i < components.length; i++) {
            components[i][3] = u8(at + 6 + 2 * i);
        }
        at += 2 + u16(at + 2);
        return scan();
    }

    private int[][][] scan() {
        int acrossMost = components[0][0];
        int downMost = components[0][1];
        int mcus = Math.ceilDiv(width, 8 * acrossMost);
        int rows = Math.ceilDiv(height, 8 * downMost);
        int[][][] planes = new int[components.length][][];
        for (int i = 0; i < planes.length; i++) {
            int across = Math.ceilDiv(width * components[i][0] * eighths, 8 * acrossMost);
            int down = Math.ceilDiv(height * components[i][1] * eighths, 8 * downMost);
            planes[i] = new int[down][across];
        }
        int[] last = new int[components.length];
        for (int mcu = 0; mcu < mcus * rows; mcu++) {
            if (interval > 0 && mcu > 0 && mcu % interval == 0) {
                bitsLeft = 0;
                at += 2;
                Arrays.fill(last, 0);
            }
            for (int i = 0; i < components.length; i++) {
                int[] part = components[i];
                for (int y = 0; y < part[1]; y++) {
                    for (int x = 0; x < part[0]; x++) {
                        int[] block = block(part[3]);
                        block[0] += last[i];
                        last[i] = block[0];
                        store(
                                planes[i],
                                eighths * (mcu % mcus * part[0] + x),
                                eighths * (mcu / mcus * part[1] + y),
                                block,
                                steps[part[2]]);
                    }
                }
            }
        }
        return planes;
    }

    private void store(int[][] plane, int left, int top, int[] block, int[] step) {
        double[] a = new double[5];
        for (int i : ZIGZAG_USED) {
            a[i] = block[i] * step[i];
        }
        for (int y = 0; y < eighths && top + y < plane.length; y++) {
            for (int x = 0; x < eighths && left + x < plane[0].length; x++) {
                double sum = a[0];
                if (eighths == 2) {
                    int signX = 1 - 2 * x;
                    int signY = 1 - 2 * y;
                    sum += signX * a[1] + signY * a[2] + signX * signY * a[4];
                }
                int sample = 128 + (int) Math.floor((sum + 4) / 8);
                plane[top + y][left + x] = Math.clamp(sample, 0, 255);
            }
        }
    }

    private int[] block(int tables) {
        int[] block = new int[64];
        int size = decode(codes[0][tables >> 4]);
        block[0] = extend(receive(size), size);
        for (int k = 1; k < 64; k++) {
            int symbol = decode(codes[1][tables & 15]);
            size = symbol & 15;
            if (size == 0 && symbol >> 4 < 15) {
                break;
            }
            k += symbol >> 4;
            if (size > 0) {
                block[k] = extend(receive(size), size);
            }
        }
        return block;
    }

    /** T.81, figure F.16. */
    private int decode(int[] table) {
        int code = 0;
        int first = 0;
        int index = 16;
        for (int length = 1; length <= 16; length++) {
            code = code << 1 | bit();
            int count = table[length - 1];
            if (code - first < count) {
                return table[index + code - first];
            }
            index += count;
            first = (first + count) << 1;
        }
        throw new AssertionError("no such code");
    }

    private int receive(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /** T.81, figure F.12. */
    private static int extend(int value, int size) {
        return size > 0 && value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
    }

    private int bit() {
        if (bitsLeft == 0) {
            octet = u8(at);
            at += octet == 0xFF ? 2 : 1;
            bitsLeft = 8;
        }
        bitsLeft--;
        return octet >> bitsLeft & 1;
    }

    private int u8(int position) {
        return file[position] & 0xFF;
    }

    private int u16(int position) {
        return u8(position) << 8 | u8(position + 1);
    }
}
