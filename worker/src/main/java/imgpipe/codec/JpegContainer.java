package imgpipe.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The segments of a JPEG that its pixels need (ITU-T T.81, annex B). */
final class JpegContainer {
    private static final int JFIF_BYTES = 14;
    private static final int ADOBE_BYTES = 12;

    private static final int SOF0 = 0xC0;
    private static final int RESERVED_SOF = 0xC8;
    private static final int SOF15 = 0xCF;
    private static final int DQT = 0xDB;
    private static final int DRI = 0xDD;

    private JpegContainer() {}

    /**
     * The frame's header, the tables and the scans, between a start and an end marker. Of
     * application data the first of JFIF's, without its thumbnail, and of Adobe's stay, as they say
     * what the components mean; each no longer than its fields are.
     */
    static Optional<MemorySegment> bare(MemorySegment file, SegmentAllocator allocator)
            throws PictureException {
        Bytes bytes = Bytes.bigEndian(file);
        List<MemorySegment> parts = new ArrayList<>();
        parts.add(bytes.part(0, 2));
        boolean jfif = false;
        boolean adobe = false;
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
                    && !jfif
                    && end >= at + 4 + JFIF_BYTES
                    && bytes.is(at + 4, "JFIF\0")) {
                jfif = true;
                MemorySegment segment = start(bytes, at, JFIF_BYTES);
                // Height and width of the thumbnail.
                segment.asSlice(4 + JFIF_BYTES - 2).fill((byte) 0);
                parts.add(segment);
            } else if (code == JpegMarkers.APP14
                    && !adobe
                    && end >= at + 4 + ADOBE_BYTES
                    && bytes.is(at + 4, "Adobe")) {
                adobe = true;
                parts.add(start(bytes, at, ADOBE_BYTES));
            } else if (belongsToPixels(code)) {
                parts.add(bytes.part(at, end - at));
            }
            at = JpegMarkers.next(file, end);
        }
        return Optional.empty();
    }

    /** A segment that ends after so many bytes of content. */
    private static MemorySegment start(Bytes bytes, long at, int length) throws PictureException {
        byte[] segment = new byte[4 + length];
        MemorySegment copy =
                MemorySegment.ofArray(segment).copyFrom(bytes.part(at, segment.length));
        segment[2] = 0;
        segment[3] = (byte) (2 + length);
        return copy;
    }

    /** The codes of T.81, table B.1, but those that are reserved or speak of what is absent. */
    private static boolean belongsToPixels(int code) {
        return switch (code) {
            case JpegMarkers.SOS, DQT, DRI -> true;
            // Frames, and among them the tables of Huffman's and the arithmetic code.
            default -> code >= SOF0 && code <= SOF15 && code != RESERVED_SOF;
        };
    }
}
