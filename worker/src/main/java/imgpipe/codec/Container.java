package imgpipe.codec;

import imgpipe.image.IccProfile;
import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file's coded pixels, taken out of what lies around them and put into something else, without
 * being decoded. JPEG, PNG and WebP only: a TIFF's pixels and tags lie anywhere in the file, and
 * the frames of a GIF are parts of pictures.
 */
public final class Container {
    private Container() {}

    /**
     * The same picture without a profile, metadata, comments, previews or anything behind its end.
     * Empty for other formats, animations, and files in which it is not clear what belongs to the
     * picture.
     *
     * @param file one that has been decoded without a warning
     */
    public static Optional<MemorySegment> bare(
            ImageFormat format, MemorySegment file, SegmentAllocator allocator) {
        try {
            return switch (format) {
                case JPEG -> JpegContainer.bare(file, allocator);
                case PNG -> png(PngStructure.of(file, false), allocator);
                case WEBP -> WebpPixels.bare(WebpStructure.of(file), allocator);
                default -> Optional.empty();
            };
        } catch (PictureException e) {
            return Optional.empty();
        }
    }

    private static Optional<MemorySegment> png(PngStructure png, SegmentAllocator allocator) {
        return png.fault() == null && png.exact()
                ? Optional.of(joined(png.pixels(), allocator))
                : Optional.empty();
    }

    /** The parts one behind the other. */
    static MemorySegment joined(List<MemorySegment> parts, SegmentAllocator allocator) {
        long size = parts.stream().mapToLong(MemorySegment::byteSize).sum();
        MemorySegment file = allocator.allocate(size);
        long at = 0;
        for (MemorySegment part : parts) {
            MemorySegment.copy(part, 0, file, at, part.byteSize());
            at += part.byteSize();
        }
        return file;
    }

    /**
     * A bare file with these beside its pixels.
     *
     * @param format JPEG, PNG or WebP
     * @throws PictureException if they are too large for the format
     */
    public static MemorySegment with(
            ImageFormat format,
            MemorySegment bare,
            @Nullable IccProfile profile,
            Metadata metadata,
            SegmentAllocator allocator)
            throws PictureException {
        MemorySegment file = bare;
        if (profile != null) {
            file =
                    switch (format) {
                        case JPEG -> JpegProfile.embed(file, profile, allocator);
                        case PNG -> PngProfile.embed(file, profile, allocator);
                        case WEBP -> WebpProfile.embed(file, profile, allocator);
                        default ->
                                throw new IllegalArgumentException(
                                        "a profile around the pixels of " + format);
                    };
        }
        return MetadataPlaces.write(format, file, metadata, allocator);
    }

    /** A file's metadata; what is damaged is left out, with a warning. */
    public static Metadata metadata(ImageFormat format, MemorySegment file, List<String> warnings) {
        return MetadataPlaces.read(format, file, warnings);
    }
}
