package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The filters of PNG's rows (ISO/IEC 15948, chapter 9). In every array the number of the filter
 * comes first, then the bytes; behind the end are {@link #SLACK} more, which may be written to.
 */
final class PngFilter {
    static final int SLACK = 8;

    static final int NONE = 0;
    static final int SUB = 1;
    static final int UP = 2;
    static final int AVERAGE = 3;
    static final int PAETH = 4;

    private static final VarHandle FOUR =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private PngFilter() {}

    /**
     * Makes plain bytes of filtered ones, in place.
     *
     * @param above the row before, plain; zeros above the first
     * @param end of the row in both arrays
     * @param distance bytes from a pixel to its neighbour
     */
    static void undo(byte[] row, byte[] above, int end, int distance) throws PictureException {
        switch (row[0]) {
            case NONE -> {}
            case SUB -> undoSub(row, end, distance);
            case UP -> undoUp(row, above, end);
            case AVERAGE -> undoAverage(row, above, end, distance);
            case PAETH -> undoPaeth(row, above, end, distance);
            default ->
                    throw new PictureException(
                            Reason.CORRUPT, "the PNG has a row of filter " + (row[0] & 0xFF));
        }
    }

    private static void undoSub(byte[] row, int end, int distance) {
        if (distance == 3 || distance == 4) {
            int left = 0;
            int filtered = (int) FOUR.get(row, 1);
            for (int i = 1; i < end; i += distance) {
                int next = (int) FOUR.get(row, i + distance); // before its bytes are overwritten
                left = add(filtered, left);
                FOUR.set(row, i, left);
                filtered = next;
            }
            return;
        }
        for (int i = 1 + distance; i < end; i++) {
            row[i] += row[i - distance];
        }
    }

    private static void undoUp(byte[] row, byte[] above, int end) {
        for (int i = 1; i < end; i++) {
            row[i] += above[i];
        }
    }

    private static void undoAverage(byte[] row, byte[] above, int end, int distance) {
        if (distance == 3 || distance == 4) {
            int left = 0;
            int filtered = (int) FOUR.get(row, 1);
            for (int i = 1; i < end; i += distance) {
                int next = (int) FOUR.get(row, i + distance);
                left = add(filtered, mean(left, (int) FOUR.get(above, i)));
                FOUR.set(row, i, left);
                filtered = next;
            }
            return;
        }
        int first = Math.min(end, 1 + distance);
        for (int i = 1; i < first; i++) {
            row[i] += (byte) ((above[i] & 0xFF) >> 1);
        }
        for (int i = first; i < end; i++) {
            row[i] += (byte) (((row[i - distance] & 0xFF) + (above[i] & 0xFF)) >> 1);
        }
    }

    private static void undoPaeth(byte[] row, byte[] above, int end, int distance) {
        int first = Math.min(end, 1 + distance);
        for (int i = 1; i < first; i++) {
            row[i] += above[i];
        }
        for (int i = first; i < end; i++) {
            int left = row[i - distance] & 0xFF;
            row[i] += (byte) paeth(left, above[i] & 0xFF, above[i - distance] & 0xFF);
        }
    }

    /** Filters a row: {@code out} gets the filter's number and the filtered bytes. */
    static void apply(int filter, byte[] row, byte[] above, byte[] out, int end, int distance) {
        out[0] = (byte) filter;
        int first = Math.min(end, 1 + distance);
        switch (filter) {
            case SUB -> {
                System.arraycopy(row, 1, out, 1, first - 1);
                for (int i = first; i < end; i++) {
                    out[i] = (byte) (row[i] - row[i - distance]);
                }
            }
            case UP -> {
                for (int i = 1; i < end; i++) {
                    out[i] = (byte) (row[i] - above[i]);
                }
            }
            case AVERAGE -> {
                for (int i = 1; i < first; i++) {
                    out[i] = (byte) (row[i] - ((above[i] & 0xFF) >> 1));
                }
                for (int i = first; i < end; i++) {
                    int mean = ((row[i - distance] & 0xFF) + (above[i] & 0xFF)) >> 1;
                    out[i] = (byte) (row[i] - mean);
                }
            }
            case PAETH -> {
                for (int i = 1; i < first; i++) {
                    out[i] = (byte) (row[i] - above[i]);
                }
                for (int i = first; i < end; i++) {
                    int left = row[i - distance] & 0xFF;
                    out[i] =
                            (byte)
                                    (row[i]
                                            - paeth(
                                                    left,
                                                    above[i] & 0xFF,
                                                    above[i - distance] & 0xFF));
                }
            }
            default -> System.arraycopy(row, 1, out, 1, end - 1);
        }
    }

    /** Four sums, each modulo 256. */
    private static int add(int a, int b) {
        return ((a & 0x7F7F7F7F) + (b & 0x7F7F7F7F)) ^ ((a ^ b) & 0x80808080);
    }

    /** Four means, rounded down. */
    private static int mean(int a, int b) {
        return (a & b) + (((a ^ b) & 0xFEFEFEFE) >>> 1);
    }

    /**
     * The neighbour that is nearest to left + above - corner, in this order: the larger of left and
     * above where 3 * corner - left - above is no more than the smaller of them, the smaller where
     * it is no less than the larger, else the corner. Without branches, as these would be guessed
     * wrongly every other time.
     */
    private static int paeth(int left, int above, int corner) {
        int threshold = 3 * corner - left - above;
        int low = Math.min(left, above);
        int high = Math.max(left, above);
        int belowHigh = (threshold - high) >> 31;
        int result = low ^ ((low ^ corner) & belowHigh);
        int notAboveLow = ~((low - threshold) >> 31);
        return result ^ ((result ^ high) & notAboveLow);
    }
}
