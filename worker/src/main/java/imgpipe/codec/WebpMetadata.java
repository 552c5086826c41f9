package imgpipe.codec;

import imgpipe.image.Metadata;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Arrays;

/** Metadata in a WebP: the chunks EXIF and XMP, which VP8X announces (RFC 9649, section 2.7). */
final class WebpMetadata {
    private WebpMetadata() {}

    static Metadata read(MemorySegment file) throws PictureException {
        MemorySegment exif = null;
        MemorySegment xmp = null;
        Bytes bytes = Bytes.littleEndian(file);
        for (long at = WebpContainer.FIRST_CHUNK;
                at + WebpContainer.CHUNK_HEADER <= bytes.size(); ) {
            long length = bytes.u32(at + 4);
            if (bytes.is(at, "EXIF") && exif == null) {
                exif = MetadataPlaces.bareExif(bytes.part(at + WebpContainer.CHUNK_HEADER, length));
            } else if (bytes.is(at, "XMP ") && xmp == null) {
                xmp = bytes.part(at + WebpContainer.CHUNK_HEADER, length);
            }
            at += WebpContainer.CHUNK_HEADER + length + (length & 1);
        }
        return new Metadata(exif, xmp, null);
    }

    /** The chunks stand behind all others. */
    static MemorySegment write(MemorySegment webp, Metadata metadata, SegmentAllocator allocator)
            throws PictureException {
        byte[] exif = WebpContainer.chunk("EXIF", metadata.exif());
        byte[] xmp = WebpContainer.chunk("XMP ", metadata.xmp());
        int flags =
                (exif.length > 0 ? WebpContainer.EXIF : 0)
                        | (xmp.length > 0 ? WebpContainer.XMP : 0);
        byte[] chunks = Arrays.copyOf(exif, exif.length + xmp.length);
        System.arraycopy(xmp, 0, chunks, exif.length, xmp.length);
        return WebpContainer.with(webp, flags, new byte[0], chunks, allocator);
    }
}
