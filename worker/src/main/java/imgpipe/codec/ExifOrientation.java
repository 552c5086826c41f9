package imgpipe.codec;

import imgpipe.image.Orientation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The tag Orientation (0x0112) in the first directory of a TIFF structure, as EXIF carries it (TIFF
 * 6.0, section 2; Exif 2.32, section 4.6.4 A).
 */
public final class ExifOrientation {
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int ENTRY_BYTES = 12;

    private ExifOrientation() {}

    /**
     * Reads the tag.
     *
     * @param tiff from the byte order on, without {@code Exif\0\0}
     * @return empty if the tag is not there or the structure is damaged
     */
    public static Optional<Orientation> of(MemorySegment tiff) {
        if (tiff.byteSize() < 8) {
            return Optional.empty();
        }
        ByteOrder order;
        switch (JpegMarkers.u16(tiff, 0)) {
            case 'I' << 8 | 'I' -> order = ByteOrder.LITTLE_ENDIAN;
            case 'M' << 8 | 'M' -> order = ByteOrder.BIG_ENDIAN;
            default -> {
                return Optional.empty();
            }
        }
        ValueLayout.OfShort u16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
        ValueLayout.OfInt u32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
        long directory = Integer.toUnsignedLong(tiff.get(u32, 4));
        if (tiff.get(u16, 2) != 42 || directory + 2 > tiff.byteSize()) {
            return Optional.empty();
        }
        int entries = Short.toUnsignedInt(tiff.get(u16, directory));
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + (long) ENTRY_BYTES * i;
            if (entry + ENTRY_BYTES > tiff.byteSize()) {
                return Optional.empty();
            }
            if (Short.toUnsignedInt(tiff.get(u16, entry)) == TAG) {
                int value =
                        switch (tiff.get(u16, entry + 2)) {
                            case SHORT -> Short.toUnsignedInt(tiff.get(u16, entry + 8));
                            case LONG -> tiff.get(u32, entry + 8);
                            default -> 0;
                        };
                return value >= 1 && value <= 8
                        ? Optional.of(Orientation.ofExif(value))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
