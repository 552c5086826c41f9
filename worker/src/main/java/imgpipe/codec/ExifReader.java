package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the directories of an EXIF block, or the first one of a TIFF or BigTIFF file, which has the
 * same form. Goes to each of at most five directories once, so that it ends whatever they point to.
 */
final class ExifReader {
    private final Bytes bytes;
    private final boolean big;
    private final ExifBlock block;

    /** Values that overlap a little are shared; many that do would make much of a small block. */
    private long budget;

    private boolean damaged;

    private ExifReader(MemorySegment memory) throws PictureException {
        Bytes any = Bytes.bigEndian(memory);
        boolean little = any.is(0, "II");
        if (!little && !any.is(0, "MM")) {
            throw new PictureException(Reason.CORRUPT, "it has no byte order");
        }
        bytes = new Bytes(memory, little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        big = bytes.u16(2) == 43;
        if (!big && bytes.u16(2) != 42) {
            throw new PictureException(Reason.CORRUPT, "it is no TIFF structure");
        }
        block = new ExifBlock(bytes.order());
        budget = 2 * memory.byteSize();
    }

    /**
     * What was read.
     *
     * @param block its values are parts of the memory
     * @param damaged whether a value or directory that could not be read is missing in it
     */
    record Result(ExifBlock block, boolean damaged) {}

    /**
     * Reads an EXIF block.
     *
     * @throws PictureException if not even its first directory can be read
     */
    static Result block(MemorySegment memory) throws PictureException {
        ExifReader reader = new ExifReader(memory);
        long next = reader.directories();
        if (next != 0) {
            reader.preview(next);
        }
        return new Result(reader.block, reader.damaged);
    }

    /**
     * Reads a file's first picture; what another file calls its thumbnail is a second page here.
     */
    static Result file(MemorySegment memory) throws PictureException {
        ExifReader reader = new ExifReader(memory);
        reader.directories();
        reader.block.makerNoteAt = -1;
        return new Result(reader.block, reader.damaged);
    }

    /** All but the thumbnail's; returns where that one is. */
    private long directories() throws PictureException {
        long next = directory(big ? bytes.u64(8) : bytes.u32(4), block.main);
        follow(block.main.remove(ExifBlock.EXIF), block.exif);
        follow(block.main.remove(ExifBlock.GPS), block.gps);
        follow(block.exif.remove(ExifBlock.INTEROP), block.interop);
        return next;
    }

    private void follow(@Nullable ExifEntry pointer, SortedMap<Integer, ExifEntry> into) {
        if (pointer == null) {
            return;
        }
        try {
            directory(pointer.number(), into);
        } catch (PictureException e) {
            damaged = true;
        }
    }

    private void preview(long at) {
        try {
            directory(at, block.preview);
            ExifEntry from = block.preview.remove(ExifBlock.THUMBNAIL_AT);
            ExifEntry length = block.preview.remove(ExifBlock.THUMBNAIL_BYTES);
            if (from == null || length == null) {
                // Uncompressed, in strips; hardly anybody writes or reads that.
                block.dropThumbnail();
            } else {
                block.thumbnail = bytes.part(from.number(), length.number());
            }
        } catch (PictureException e) {
            block.dropThumbnail();
            damaged = true;
        }
    }

    /** Reads a directory and returns where the next one is, 0 for none. */
    private long directory(long at, SortedMap<Integer, ExifEntry> into) throws PictureException {
        bytes.require(at, big ? 8 : 2);
        long count = big ? bytes.u64(at) : bytes.u16(at);
        int entryBytes = big ? 20 : 12;
        if (count > 0xFFFF) {
            throw new PictureException(Reason.CORRUPT, "a directory has " + count + " entries");
        }
        long first = at + (big ? 8 : 2);
        bytes.require(first, count * entryBytes);
        for (long i = 0; i < count; i++) {
            entry(first + i * entryBytes, into);
        }
        long end = first + count * entryBytes;
        // Some writers leave the last pointer out.
        if (end + (big ? 8 : 4) > bytes.size()) {
            return 0;
        }
        return big ? bytes.u64(end) : bytes.u32(end);
    }

    private void entry(long at, SortedMap<Integer, ExifEntry> into) throws PictureException {
        int tag = bytes.u16(at);
        int type = bytes.u16(at + 2);
        long count = big ? bytes.u64(at + 4) : bytes.u32(at + 4);
        int unit = ExifEntry.unit(type);
        if (unit > 0 && count == 0) {
            return;
        }
        if (unit == 0 || count > bytes.size()) {
            damaged = true;
            return;
        }
        long length = count * unit;
        long inline = at + (big ? 12 : 8);
        long from = inline;
        if (length > (big ? 8 : 4)) {
            from = big ? bytes.u64(inline) : bytes.u32(inline);
        }
        if (from > bytes.size() - length) {
            damaged = true;
            return;
        }
        budget -= length;
        if (budget < 0) {
            throw new PictureException(Reason.CORRUPT, "its values overlap");
        }
        ExifEntry value = new ExifEntry(type, bytes.order(), bytes.part(from, length));
        if (into.putIfAbsent(tag, value) == null && tag == ExifBlock.MAKER_NOTE && from != inline) {
            block.makerNoteAt = from;
        }
    }
}
