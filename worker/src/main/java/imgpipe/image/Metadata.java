package imgpipe.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * What a file says about its picture beside the pixels, not checked. The blocks are copied, and can
 * only be read.
 *
 * @param exif a TIFF structure from its byte order on, without {@code Exif\0\0} (Exif 2.32, section
 *     4.5); null for none
 * @param xmp an XMP packet (ISO 16684-1); null for none
 * @param iptc datasets of the IPTC Information Interchange Model 4.2; null for none
 */
public record Metadata(
        @Nullable MemorySegment exif, @Nullable MemorySegment xmp, @Nullable MemorySegment iptc) {
    /** No metadata. */
    public static final Metadata NONE = new Metadata(null, null, null);

    public Metadata {
        exif = copy(exif);
        xmp = copy(xmp);
        iptc = copy(iptc);
    }

    private static @Nullable MemorySegment copy(@Nullable MemorySegment block) {
        return block == null
                ? null
                : MemorySegment.ofArray(block.toArray(ValueLayout.JAVA_BYTE)).asReadOnly();
    }

    /** Whether there is none at all. */
    public boolean isEmpty() {
        return exif == null && xmp == null && iptc == null;
    }
}
