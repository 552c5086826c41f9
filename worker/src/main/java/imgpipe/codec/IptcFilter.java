package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.MetadataPolicy;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Datasets of the IPTC Information Interchange Model 4.2: 1C, record, number, length, value. */
final class IptcFilter {
    private static final int MARKER = 0x1C;
    private static final int HEADER = 5;
    private static final int APPLICATION = 2;

    /** Which characters the others are written in. */
    private static final int CHARACTER_SET = 1 << 8 | 90;

    /** By-line, credit, copyright notice. */
    private static final Set<Integer> COPYRIGHT = Set.of(80, 110, 116);

    /**
     * Content location, city, sublocation, province, country; and 200 to 202, a preview of the
     * picture.
     */
    private static final Set<Integer> UNSAFE = Set.of(26, 27, 90, 92, 95, 100, 101, 200, 201, 202);

    private IptcFilter() {}

    /**
     * The datasets that the policy keeps, null if there are none.
     *
     * @throws PictureException if they do not follow each other up to the end, but for zeros
     */
    static @Nullable MemorySegment filter(MemorySegment datasets, MetadataPolicy policy)
            throws PictureException {
        Bytes bytes = Bytes.bigEndian(datasets);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        boolean any = false;
        long at = 0;
        while (at < bytes.size() && bytes.u8(at) == MARKER) {
            int record = bytes.u8(at + 1);
            int number = bytes.u8(at + 2);
            long value = at + HEADER;
            long length = bytes.u16(at + 3);
            if (length > 0x7FFF) {
                // An extended dataset: the length's length, then the length.
                int digits = (int) length & 0x7FFF;
                if (digits > 4) {
                    throw new PictureException(Reason.CORRUPT, "a dataset's length is too long");
                }
                length = 0;
                for (int i = 0; i < digits; i++) {
                    length = length << 8 | bytes.u8(value++);
                }
            }
            MemorySegment dataset = bytes.part(at, value + length - at);
            boolean statement = keeps(policy, record, number);
            if (statement || (record << 8 | number) == CHARACTER_SET) {
                kept.writeBytes(dataset.toArray(ValueLayout.JAVA_BYTE));
                any |= statement;
            }
            at = value + length;
        }
        for (; at < bytes.size(); at++) {
            if (bytes.u8(at) != 0) {
                throw new PictureException(Reason.CORRUPT, "no dataset begins at byte " + at);
            }
        }
        return any ? MemorySegment.ofArray(kept.toByteArray()) : null;
    }

    private static boolean keeps(MetadataPolicy policy, int record, int number) {
        return switch (policy) {
            case NONE -> false;
            case COPYRIGHT -> record == APPLICATION && COPYRIGHT.contains(number);
            case SAFE -> record != APPLICATION || !UNSAFE.contains(number);
            case ALL -> true;
        };
    }
}
