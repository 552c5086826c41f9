package imgpipe.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The segments of a JPEG that its pixels need (ITU-T T.81, annex B). */
final class JpegContainer {
    private static final int JFIF_BYTES = 14;
    private static final int COM = 0xFE;
    private static final int APP15 = 0xEF;

    private JpegContainer() {}

    /**
     * Everything from the start marker to the end marker but application data and comments. Of the
     * former stay JFIF's, without its thumbnail, and Adobe's, as they say what the components mean.
     */
    static Optional<MemorySegment> bare(MemorySegment file, SegmentAllocator allocator)
            throws PictureException {
        Bytes bytes = Bytes.bigEndian(file);
        List<MemorySegment> parts = new ArrayList<>();
        parts.add(bytes.part(0, 2));
        long at = JpegMarkers.next(file, 2);
        while (at >= 0) {
            int code = bytes.u8(at + 1);
            if (code == JpegMarkers.EOI) {
                parts.add(bytes.part(at, 2));
                return Optional.of(Container.joined(parts, allocator));
            }
            long end = JpegMarkers.standsAlone(code) ? at + 2 : at + 2 + bytes.u16(at + 2);
            if (code == JpegMarkers.SOS) {
                end = JpegMarkers.afterCodes(file, end);
                if (end < 0) {
                    return Optional.empty();
                }
            }
            if (code == JpegMarkers.APP0
                    && end >= at + 4 + JFIF_BYTES
                    && bytes.is(at + 4, "JFIF\0")) {
                parts.add(jfif(bytes, at));
            } else if (code == JpegMarkers.APP14 && bytes.is(at + 4, "Adobe")) {
                parts.add(bytes.part(at, end - at));
            } else if (code != COM && !(code >= JpegMarkers.APP0 && code <= APP15)) {
                parts.add(bytes.part(at, end - at));
            }
            at = JpegMarkers.next(file, end);
        }
        return Optional.empty();
    }

    private static MemorySegment jfif(Bytes bytes, long at) throws PictureException {
        byte[] segment = new byte[2 + 2 + JFIF_BYTES];
        MemorySegment copy =
                MemorySegment.ofArray(segment).copyFrom(bytes.part(at, segment.length));
        segment[3] = 2 + JFIF_BYTES;
        segment[2] = 0;
        segment[segment.length - 1] = 0; // height and width of the thumbnail
        segment[segment.length - 2] = 0;
        return copy;
    }
}
