package imgpipe.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Lays directories and values out one behind the other. Only the maker note, in which cameras count
 * offsets from the block's beginning, stays where it was, and the others go around it.
 */
final class ExifWriter {
    private static final int HEADER = 8;
    private static final int SMALL = 4;

    private final ExifBlock block;
    private final ByteBuffer out;
    private final long base;
    private final int noteFrom;
    private final int noteTo;
    private int next;

    private ExifWriter(ExifBlock block, ByteOrder order, long base, int start) {
        this.block = block;
        this.base = base;
        next = start;
        ExifEntry note = block.exif.get(ExifBlock.MAKER_NOTE);
        boolean pinned = note != null && block.makerNoteAt >= HEADER && base == 0;
        noteFrom = pinned ? (int) block.makerNoteAt : 0;
        noteTo = pinned && note != null ? noteFrom + (int) note.value().byteSize() : 0;
        out = ByteBuffer.allocate(start + most() + noteTo).order(order);
    }

    /** The block with its header. */
    static byte[] block(ExifBlock block) {
        ExifWriter writer = new ExifWriter(block, block.order, 0, HEADER);
        writer.out.put((byte) (block.order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M'));
        writer.out.put((byte) (block.order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M'));
        writer.out.putShort((short) 42).putInt(HEADER);
        return writer.write();
    }

    /**
     * The directories alone, the main one first.
     *
     * @param base where in the file they will stand
     */
    static byte[] directories(ExifBlock block, ByteOrder order, long base) {
        return new ExifWriter(block, order, base, 0).write();
    }

    private byte[] write() {
        MemorySegment thumbnail = block.thumbnail;
        point(block.main, ExifBlock.EXIF, !block.exif.isEmpty() || !block.interop.isEmpty());
        point(block.main, ExifBlock.GPS, !block.gps.isEmpty());
        point(block.exif, ExifBlock.INTEROP, !block.interop.isEmpty());
        point(block.preview, ExifBlock.THUMBNAIL_AT, thumbnail != null);

        int main = place(bytes(block.main));
        int exif = placed(block.main, ExifBlock.EXIF, block.exif);
        int gps = placed(block.main, ExifBlock.GPS, block.gps);
        int interop = placed(block.exif, ExifBlock.INTEROP, block.interop);
        int preview = 0;
        if (thumbnail != null) {
            preview = place(bytes(block.preview) + 12);
            int at = place((int) thumbnail.byteSize());
            put(at, thumbnail.toArray(ValueLayout.JAVA_BYTE));
            block.preview.put(ExifBlock.THUMBNAIL_AT, ExifEntry.ofLong(base + at));
            block.preview.put(ExifBlock.THUMBNAIL_BYTES, ExifEntry.ofLong(thumbnail.byteSize()));
        }
        fill(main, block.main, preview);
        fill(exif, block.exif, 0);
        fill(gps, block.gps, 0);
        fill(interop, block.interop, 0);
        fill(preview, block.preview, 0);
        return Arrays.copyOf(out.array(), next);
    }

    private static void point(SortedMap<Integer, ExifEntry> from, int tag, boolean needed) {
        if (needed) {
            from.put(tag, ExifEntry.ofLong(0));
        } else {
            from.remove(tag);
        }
    }

    private int placed(
            SortedMap<Integer, ExifEntry> from, int tag, SortedMap<Integer, ExifEntry> directory) {
        if (directory.isEmpty()) {
            return 0;
        }
        int at = place(bytes(directory));
        from.put(tag, ExifEntry.ofLong(base + at));
        return at;
    }

    private void fill(int at, SortedMap<Integer, ExifEntry> directory, int following) {
        if (directory.isEmpty()) {
            return;
        }
        out.putShort(at, (short) directory.size());
        int entry = at + 2;
        for (Map.Entry<Integer, ExifEntry> tag : directory.entrySet()) {
            ExifEntry value = tag.getValue();
            byte[] bytes = value.bytes(out.order());
            out.putShort(entry, tag.getKey().shortValue());
            out.putShort(entry + 2, (short) value.type());
            out.putInt(entry + 4, (int) value.count());
            if (bytes.length <= SMALL) {
                put(entry + 8, bytes);
            } else {
                boolean note = noteTo > 0 && tag.getKey() == ExifBlock.MAKER_NOTE;
                int where = note ? noteFrom : place(bytes.length);
                next = Math.max(next, note ? even(noteTo) : next);
                out.putInt(entry + 8, (int) (base + where));
                put(where, bytes);
            }
            entry += 12;
        }
        out.putInt(entry, following == 0 ? 0 : (int) (base + following));
    }

    /** The next free place of this length that does not touch the maker note. */
    private int place(int length) {
        int at = next;
        if (at < noteTo && at + length > noteFrom) {
            at = even(noteTo);
        }
        next = even(at + length);
        return at;
    }

    private void put(int at, byte[] bytes) {
        out.put(at, bytes);
    }

    private static int bytes(SortedMap<Integer, ExifEntry> directory) {
        return 2 + 12 * directory.size() + 4;
    }

    /** All directories and values, with pointers and what evens them out. */
    private int most() {
        int bytes = 256;
        for (SortedMap<Integer, ExifEntry> directory :
                List.of(block.main, block.exif, block.gps, block.interop, block.preview)) {
            for (ExifEntry entry : directory.values()) {
                bytes += 14 + (int) entry.value().byteSize();
            }
        }
        MemorySegment thumbnail = block.thumbnail;
        return bytes + (thumbnail == null ? 0 : (int) thumbnail.byteSize());
    }

    private static int even(int at) {
        return at + (at & 1);
    }
}
