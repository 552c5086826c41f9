package imgpipe.codec;

import imgpipe.image.MetadataPolicy;
import imgpipe.image.Orientation;
import imgpipe.image.Size;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** Which tags of an EXIF block go into an output, and which are told anew (Exif 2.32, 4.6). */
final class ExifTags {
    /** The lowest tag of TIFF; below are those of the GPS directory. */
    private static final int LOWEST = 0xFE;

    /**
     * Tags of the main directory that describe how a file holds its samples, or that hold another
     * kind of metadata, a profile or pictures (TIFF 6.0, sections 8, 13, 15, 20 to 22, and
     * supplements).
     */
    private static final Set<Integer> OF_THE_FILE =
            Set.of(
                    0x00FE, 0x00FF, 0x0102, 0x0103, 0x0106, 0x010A, 0x0111, 0x0115, 0x0116, 0x0117,
                    0x011C, 0x0120, 0x0121, 0x0122, 0x0123, 0x012D, 0x013D, 0x0140, 0x0142, 0x0143,
                    0x0144, 0x0145, 0x014A, 0x0152, 0x0153, 0x015B, 0x0200, 0x0201, 0x0202, 0x0211,
                    0x0212, 0x0214, 0x02BC, 0x83BB, 0x8649, 0x8773, 0xC634);

    /** Of a TIFF's only directory, those that tell about the picture rather than the file. */
    private static final Set<Integer> OF_THE_PICTURE =
            Set.of(
                    0x010E, 0x010F, 0x0110, 0x0112, 0x011A, 0x011B, 0x0128, 0x0131, 0x0132, 0x013B,
                    0x013C, 0x4746, 0x4749, 0x8298, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F);

    /** Pointers, where they do not belong; what Microsoft left about a maker note it moved. */
    private static final List<Integer> NOWHERE =
            List.of(ExifBlock.EXIF, ExifBlock.GPS, ExifBlock.INTEROP, 0xEA1C, 0xEA1D);

    /** A thumbnail in GDI+'s words. */
    private static final int GDI_THUMBNAIL = 0x501B;

    private static final int SRGB = 1;
    private static final int CENTERED = 1;

    private ExifTags() {}

    /** Leaves what an EXIF block is made of, of a TIFF file's first directory. */
    static void keepOfTiff(ExifBlock block) {
        block.main.keySet().retainAll(OF_THE_PICTURE);
        tidy(block.main);
        tidy(block.exif);
        tidy(block.gps);
        tidy(block.interop);
    }

    /** The tags of an EXIF block's main directory that a TIFF's takes over. */
    static Set<Integer> forTiff() {
        return OF_THE_PICTURE;
    }

    static void edit(ExifBlock block, MetadataEdit edit) {
        block.main.keySet().removeAll(OF_THE_FILE);
        tidy(block.main);
        tidy(block.exif);
        tidy(block.gps);
        tidy(block.interop);
        tidy(block.preview);
        if (edit.policy() == MetadataPolicy.COPYRIGHT) {
            keepCopyright(block, edit.orientation());
        } else if (edit.policy() == MetadataPolicy.SAFE) {
            keepSafe(block);
        }
        if (!edit.looksAlike()) {
            block.dropThumbnail();
        }
        describe(block, edit);
    }

    private static void tidy(SortedMap<Integer, ExifEntry> directory) {
        directory.keySet().removeAll(NOWHERE);
        directory.values().removeIf(entry -> !entry.classic());
    }

    private static void keepCopyright(ExifBlock block, Orientation orientation) {
        Set<Integer> kept =
                orientation == Orientation.UPRIGHT
                        ? Set.of(ExifBlock.ARTIST, ExifBlock.COPYRIGHT)
                        : Set.of(ExifBlock.ARTIST, ExifBlock.COPYRIGHT, ExifBlock.ORIENTATION);
        block.main.keySet().retainAll(kept);
        block.exif.clear();
        block.gps.clear();
        block.interop.clear();
        block.dropThumbnail();
    }

    private static void keepSafe(ExifBlock block) {
        block.main.keySet().removeIf(tag -> tag < LOWEST || tag == GDI_THUMBNAIL);
        block.exif.keySet().removeIf(tag -> tag < LOWEST || tag == ExifBlock.MAKER_NOTE);
        // A maker note stands nowhere else, but readers take one from there too.
        block.main.remove(ExifBlock.MAKER_NOTE);
        block.gps.clear();
        block.dropThumbnail();
    }

    /** What was said of the source, said of the output. */
    private static void describe(ExifBlock block, MetadataEdit edit) {
        Size size = edit.size();
        set(block.main, ExifBlock.ORIENTATION, ExifEntry.ofShort(edit.orientation().exif()));
        set(block.main, ExifBlock.IMAGE_WIDTH, ExifEntry.ofLong(size.width()));
        set(block.main, ExifBlock.IMAGE_LENGTH, ExifEntry.ofLong(size.height()));
        set(block.exif, ExifBlock.PIXEL_X, ExifEntry.ofLong(size.width()));
        set(block.exif, ExifBlock.PIXEL_Y, ExifEntry.ofLong(size.height()));
        set(block.main, ExifBlock.YCC_POSITIONING, ExifEntry.ofShort(CENTERED));
        if (edit.converted()) {
            set(block.exif, ExifBlock.COLOR_SPACE, ExifEntry.ofShort(SRGB));
            // It may say that the colors are Adobe RGB's.
            block.interop.clear();
        }
    }

    private static void set(SortedMap<Integer, ExifEntry> directory, int tag, ExifEntry value) {
        directory.computeIfPresent(tag, (_, _) -> value);
    }
}
