package imgpipe.codec;

import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;

/**
 * Where the formats keep metadata: JPEG in segments, PNG and WebP in chunks, TIFF in its directory.
 * IPTC has a place in JPEG and TIFF only. In HEIC and AVIF metadata are items like the picture, and
 * their codec takes care of them.
 */
final class MetadataPlaces {
    private static final long MOST = 8 << 20;

    private MetadataPlaces() {}

    /** Whether metadata is read from and written to this format. */
    static boolean in(ImageFormat format) {
        return switch (format) {
            case JPEG, PNG, WEBP, TIFF, AVIF -> true;
            default -> false;
        };
    }

    /** Length in bytes of the largest EXIF block that this format has a place for. */
    static long mostExif(ImageFormat format) {
        return format == ImageFormat.JPEG ? JpegMetadata.MOST_EXIF : MOST;
    }

    /** The same for an XMP packet. */
    static long mostXmp(ImageFormat format) {
        return format == ImageFormat.JPEG ? JpegMetadata.MOST_XMP : MOST;
    }

    /** The same for IPTC datasets. */
    static long mostIptc(ImageFormat format) {
        return switch (format) {
            case JPEG -> JpegMetadata.MOST_IPTC;
            case TIFF -> MOST;
            default -> 0;
        };
    }

    /**
     * A file's metadata. What is damaged so that it cannot be found is left out, with a warning.
     *
     * @param file one whose pixels have been decoded
     */
    static Metadata read(ImageFormat format, MemorySegment file, List<String> warnings) {
        try {
            return switch (format) {
                case JPEG -> JpegMetadata.read(file);
                case PNG -> PngMetadata.read(file);
                case WEBP -> WebpMetadata.read(file);
                case TIFF -> TiffMetadata.read(file, warnings);
                default -> Metadata.NONE;
            };
        } catch (PictureException e) {
            warnings.add("its metadata is damaged and was left out: " + e.getMessage());
            return Metadata.NONE;
        }
    }

    /** The same file, which has none yet, with metadata. */
    static MemorySegment write(
            ImageFormat format, MemorySegment file, Metadata metadata, SegmentAllocator allocator)
            throws PictureException {
        if (metadata.isEmpty()) {
            return file;
        }
        return switch (format) {
            case JPEG -> JpegMetadata.write(file, metadata, allocator);
            case PNG -> PngMetadata.write(file, metadata, allocator);
            case WEBP -> WebpMetadata.write(file, metadata, allocator);
            case TIFF -> TiffMetadata.write(file, metadata, allocator);
            default -> file;
        };
    }

    /** The file with something put in between, or at its end. */
    static MemorySegment insert(
            MemorySegment file, long place, byte[] inserted, SegmentAllocator allocator) {
        MemorySegment result = allocator.allocate(file.byteSize() + inserted.length);
        MemorySegment.copy(file, 0, result, 0, place);
        MemorySegment.copy(MemorySegment.ofArray(inserted), 0, result, place, inserted.length);
        MemorySegment.copy(file, place, result, place + inserted.length, file.byteSize() - place);
        return result;
    }

    /** An EXIF block without JPEG's prefix, which some writers put before it elsewhere too. */
    static MemorySegment bareExif(MemorySegment block) {
        return Bytes.bigEndian(block).is(0, "Exif\0\0") ? block.asSlice(6) : block;
    }
}
