package imgpipe.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One tag's value (TIFF 6.0, section 2).
 *
 * @param type 1 (BYTE) to 13 (IFD), or one of BigTIFF's 16 to 18
 * @param order of the numbers in it
 * @param value all of its bytes
 */
record ExifEntry(int type, ByteOrder order, MemorySegment value) {
    static final int BYTE = 1;
    static final int SHORT = 3;
    static final int LONG = 4;
    static final int UNDEFINED = 7;
    private static final int IFD = 13;
    private static final int LONG8 = 16;
    private static final int IFD8 = 18;

    static ExifEntry ofShort(int number) {
        byte[] bytes = ByteBuffer.allocate(2).putShort((short) number).array();
        return new ExifEntry(SHORT, ByteOrder.BIG_ENDIAN, MemorySegment.ofArray(bytes));
    }

    static ExifEntry ofLong(long number) {
        byte[] bytes = ByteBuffer.allocate(4).putInt((int) number).array();
        return new ExifEntry(LONG, ByteOrder.BIG_ENDIAN, MemorySegment.ofArray(bytes));
    }

    /** As {@link #BYTE} or {@link #UNDEFINED}. */
    static ExifEntry ofBytes(int type, MemorySegment bytes) {
        return new ExifEntry(type, ByteOrder.BIG_ENDIAN, bytes);
    }

    /** Bytes of one value of a type; 0 if there is no such type. */
    static int unit(int type) {
        return switch (type) {
            case BYTE, 2, 6, UNDEFINED -> 1;
            case SHORT, 8 -> 2;
            case LONG, 9, 11, IFD -> 4;
            case 5, 10, 12, LONG8, 17, IFD8 -> 8;
            default -> 0;
        };
    }

    /** How many values there are. */
    long count() {
        return value.byteSize() / unit(type);
    }

    /** Whether an EXIF block may hold it: no pointer to who knows what, none of BigTIFF's types. */
    boolean classic() {
        return type < IFD;
    }

    /** The first value of a whole number without a sign; -1 if it is none. */
    long number() {
        return switch (type) {
            case SHORT ->
                    Short.toUnsignedLong(
                            value.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), 0));
            case LONG, IFD ->
                    Integer.toUnsignedLong(
                            value.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), 0));
            case LONG8, IFD8 ->
                    Math.max(-1, value.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), 0));
            default -> -1;
        };
    }

    /** The bytes of the value with its numbers in another order. */
    byte[] bytes(ByteOrder wanted) {
        byte[] bytes = value.toArray(ValueLayout.JAVA_BYTE);
        // A fraction is two numbers of four bytes.
        int width = type == 5 || type == 10 ? 4 : unit(type);
        if (wanted != order && width > 1) {
            for (int from = 0; from < bytes.length; from += width) {
                for (int i = from, j = from + width - 1; i < j; i++, j--) {
                    byte swapped = bytes[i];
                    bytes[i] = bytes[j];
                    bytes[j] = swapped;
                }
            }
        }
        return bytes;
    }
}
