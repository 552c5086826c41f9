package imgpipe.codec;

import imgpipe.image.Metadata;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Metadata in a JPEG: EXIF and XMP in one APP1 segment each (Exif 2.32, section 4.7.2; XMP
 * Specification Part 3, section 1.1.3), IPTC among Photoshop's resources in APP13, which may be cut
 * into several segments. XMP that did not fit into a segment and was put into others ("extended")
 * is not read.
 */
final class JpegMetadata {
    private static final String EXIF = "Exif\0\0";
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final String PHOTOSHOP = "Photoshop 3.0\0";

    /** What a segment can hold beside its length. */
    private static final int SEGMENT = 65535 - 2;

    static final int MOST_EXIF = SEGMENT - EXIF.length();
    static final int MOST_XMP = SEGMENT - XMP.length();
    static final int MOST_IPTC = SEGMENT - PHOTOSHOP.length() - PhotoshopResources.HEADER - 1;

    private JpegMetadata() {}

    static Metadata read(MemorySegment file) throws PictureException {
        MemorySegment exif = null;
        MemorySegment xmp = null;
        List<MemorySegment> resources = new ArrayList<>();
        Bytes bytes = Bytes.bigEndian(file);
        long at = JpegMarkers.next(file, 2);
        while (at >= 0 && bytes.u8(at + 1) != JpegMarkers.SOS) {
            int code = bytes.u8(at + 1);
            if (JpegMarkers.standsAlone(code)) {
                at = JpegMarkers.next(file, at + 2);
                continue;
            }
            int length = Math.max(2, bytes.u16(at + 2));
            Bytes content = Bytes.bigEndian(bytes.part(at + 4, length - 2L));
            if (code == JpegMarkers.APP1 && content.is(0, EXIF) && exif == null) {
                exif = content.memory().asSlice(EXIF.length());
            } else if (code == JpegMarkers.APP1 && content.is(0, XMP) && xmp == null) {
                xmp = content.memory().asSlice(XMP.length());
            } else if (code == JpegMarkers.APP13 && content.is(0, PHOTOSHOP)) {
                resources.add(content.memory().asSlice(PHOTOSHOP.length()));
            }
            at = JpegMarkers.next(file, at + 2 + length);
        }
        return new Metadata(exif, xmp, PhotoshopResources.iptc(joined(resources)));
    }

    private static MemorySegment joined(List<MemorySegment> parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        parts.forEach(part -> whole.writeBytes(part.toArray(ValueLayout.JAVA_BYTE)));
        return MemorySegment.ofArray(whole.toByteArray());
    }

    /** Behind JFIF's segment, before all others. */
    static MemorySegment write(MemorySegment jpeg, Metadata metadata, SegmentAllocator allocator) {
        ByteArrayOutputStream segments = new ByteArrayOutputStream();
        add(segments, JpegMarkers.APP1, EXIF, metadata.exif());
        add(segments, JpegMarkers.APP1, XMP, metadata.xmp());
        MemorySegment iptc = metadata.iptc();
        if (iptc != null) {
            MemorySegment resources = MemorySegment.ofArray(PhotoshopResources.of(iptc));
            add(segments, JpegMarkers.APP13, PHOTOSHOP, resources);
        }
        long place = 2;
        if (JpegMarkers.u16(jpeg, 2) == (0xFF00 | JpegMarkers.APP0)) {
            place += 2 + JpegMarkers.u16(jpeg, 4);
        }
        return MetadataPlaces.insert(jpeg, place, segments.toByteArray(), allocator);
    }

    private static void add(
            ByteArrayOutputStream segments,
            int code,
            String prefix,
            @Nullable MemorySegment block) {
        if (block == null) {
            return;
        }
        int length = 2 + prefix.length() + (int) block.byteSize();
        segments.write(0xFF);
        segments.write(code);
        segments.write(length >> 8);
        segments.write(length);
        segments.writeBytes(prefix.getBytes(StandardCharsets.US_ASCII));
        segments.writeBytes(block.toArray(ValueLayout.JAVA_BYTE));
    }
}
