package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.IccProfile;
import imgpipe.image.Metadata;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Metadata and profile in a TIFF: EXIF's tags in the picture's own directory and those below it,
 * XMP and IPTC as one tag each, and the ICC profile as another (TIFF 6.0; XMP Specification Part 3,
 * section 3.3; ICC.1:2022, annex B.5).
 */
final class TiffMetadata {
    private static final long LARGEST_FILE = 0xFFFF_FFFFL;
    private static final long MOST = 8 << 20;
    private static final int ICC_PROFILE = 0x8773;

    private TiffMetadata() {}

    static Metadata read(MemorySegment file, List<String> warnings) throws PictureException {
        ExifReader.Result read = ExifReader.file(file);
        if (read.damaged()) {
            warnings.add("a part of the TIFF's metadata is damaged and was left out");
        }
        ExifBlock block = read.block();
        MemorySegment xmp = value(block.main.get(ExifBlock.XMP));
        MemorySegment iptc = value(block.main.get(ExifBlock.IPTC));
        MemorySegment resources = value(block.main.get(ExifBlock.PHOTOSHOP));
        if (iptc == null && resources != null) {
            iptc = PhotoshopResources.iptc(resources);
        }
        ExifTags.keepOfTiff(block);
        long bytes = 0;
        for (var directory : List.of(block.main, block.exif, block.gps, block.interop)) {
            bytes += directory.values().stream().mapToLong(tag -> tag.value().byteSize()).sum();
        }
        if (bytes > MOST) {
            warnings.add("its EXIF tags of " + bytes + " bytes were left out");
            return new Metadata(null, xmp, iptc);
        }
        MemorySegment exif =
                block.isEmpty() ? null : MemorySegment.ofArray(ExifWriter.block(block));
        return new Metadata(exif, xmp, iptc);
    }

    private static @Nullable MemorySegment value(@Nullable ExifEntry entry) {
        return entry == null ? null : entry.value();
    }

    /** New directories behind the file's end; the pixels stay where they are. */
    static MemorySegment write(MemorySegment tiff, Metadata metadata, SegmentAllocator allocator)
            throws PictureException {
        ExifBlock block = ExifReader.file(tiff).block();
        MemorySegment exif = metadata.exif();
        if (exif != null) {
            ExifBlock added = ExifReader.block(exif).block();
            added.main.keySet().retainAll(ExifTags.forTiff());
            block.main.putAll(added.main);
            block.exif.putAll(added.exif);
            block.gps.putAll(added.gps);
            block.interop.putAll(added.interop);
        }
        MemorySegment xmp = metadata.xmp();
        if (xmp != null) {
            block.main.put(ExifBlock.XMP, ExifEntry.ofBytes(ExifEntry.BYTE, xmp));
        }
        MemorySegment iptc = metadata.iptc();
        if (iptc != null) {
            block.main.put(ExifBlock.IPTC, ExifEntry.ofBytes(ExifEntry.UNDEFINED, iptc));
        }
        return rewritten(tiff, block, allocator);
    }

    /** The same TIFF with a profile, which its writer would leave out if the picture is grey. */
    static MemorySegment embed(MemorySegment tiff, IccProfile profile, SegmentAllocator allocator)
            throws PictureException {
        ExifBlock block = ExifReader.file(tiff).block();
        MemorySegment bytes = MemorySegment.ofArray(profile.bytes());
        block.main.put(ICC_PROFILE, ExifEntry.ofBytes(ExifEntry.UNDEFINED, bytes));
        return rewritten(tiff, block, allocator);
    }

    private static MemorySegment rewritten(
            MemorySegment tiff, ExifBlock block, SegmentAllocator allocator)
            throws PictureException {
        long base = tiff.byteSize() + (tiff.byteSize() & 1);
        byte[] directories = ExifWriter.directories(block, block.order, base);
        if (base + directories.length > LARGEST_FILE) {
            throw new PictureException(Reason.UNSUPPORTED, "a TIFF cannot be larger than 4 GiB");
        }
        MemorySegment result = allocator.allocate(base + directories.length);
        MemorySegment.copy(tiff, 0, result, 0, tiff.byteSize());
        result.asSlice(tiff.byteSize(), base - tiff.byteSize()).fill((byte) 0);
        MemorySegment.copy(MemorySegment.ofArray(directories), 0, result, base, directories.length);
        result.set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(block.order), 4, (int) base);
        return result;
    }
}
