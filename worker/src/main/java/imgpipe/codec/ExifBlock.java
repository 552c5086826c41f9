package imgpipe.codec;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The directories of an EXIF block by tag, to be edited and written anew (Exif 2.32, section 4.6).
 * Pointers between directories are not among the tags: the reader follows them and the writer makes
 * them.
 */
final class ExifBlock {
    static final int IMAGE_WIDTH = 0x0100;
    static final int IMAGE_LENGTH = 0x0101;
    static final int ORIENTATION = 0x0112;
    static final int ARTIST = 0x013B;
    static final int THUMBNAIL_AT = 0x0201;
    static final int THUMBNAIL_BYTES = 0x0202;
    static final int YCC_POSITIONING = 0x0213;
    static final int XMP = 0x02BC;
    static final int COPYRIGHT = 0x8298;
    static final int IPTC = 0x83BB;
    static final int PHOTOSHOP = 0x8649;
    static final int EXIF = 0x8769;
    static final int GPS = 0x8825;
    static final int MAKER_NOTE = 0x927C;
    static final int COLOR_SPACE = 0xA001;
    static final int PIXEL_X = 0xA002;
    static final int PIXEL_Y = 0xA003;
    static final int INTEROP = 0xA005;

    final ByteOrder order;
    final SortedMap<Integer, ExifEntry> main = new TreeMap<>();
    final SortedMap<Integer, ExifEntry> exif = new TreeMap<>();
    final SortedMap<Integer, ExifEntry> gps = new TreeMap<>();
    final SortedMap<Integer, ExifEntry> interop = new TreeMap<>();

    /** The directory of the thumbnail. */
    final SortedMap<Integer, ExifEntry> preview = new TreeMap<>();

    @Nullable MemorySegment thumbnail;

    /** Where the maker note stood, -1 if that does not matter. */
    long makerNoteAt = -1;

    ExifBlock(ByteOrder order) {
        this.order = order;
    }

    void dropThumbnail() {
        preview.clear();
        thumbnail = null;
    }

    boolean isEmpty() {
        return main.isEmpty() && exif.isEmpty() && gps.isEmpty() && thumbnail == null;
    }
}
