package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ImageFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns to a page of a document. All formats with pages begin with a list of where these are, so
 * that another first page takes a few other bytes there, and nobody else needs to know of pages.
 */
final class Pages {
    private static final int ICON_HEADER = 6;
    private static final int ICON_ENTRY = 16;
    private static final int DCX_LIST = 4;
    private static final int MOST_OF_DCX = 1023;

    private Pages() {}

    /**
     * Makes a page the first one; the page that it replaces is lost.
     *
     * @param file the whole file, changed in place; one that cannot be written to only if the page
     *     is the first
     * @param page of a TIFF or DCX in their order, of an ICO from the largest to the smallest,
     *     counted from 1
     * @throws PictureException {@link Reason#UNSUPPORTED} if there is no such page
     */
    static void turnTo(ImageFormat format, MemorySegment file, int page) throws PictureException {
        if (page == 1) {
            return;
        }
        boolean dcx = format == ImageFormat.PCX && !Bytes.bigEndian(file).is(0, "\n");
        if (format == ImageFormat.TIFF) {
            TiffDirectory.begin(file, chosen(List.copyOf(TiffDirectory.pages(file)), page));
        } else if (format == ImageFormat.ICO) {
            long entry = chosen(icons(Bytes.littleEndian(file)), page);
            MemorySegment.copy(file, entry, file, ICON_HEADER, ICON_ENTRY);
            file.set(ValueLayout.JAVA_BYTE, 4, (byte) 1);
            file.set(ValueLayout.JAVA_BYTE, 5, (byte) 0);
        } else if (dcx) {
            long entry = chosen(dcx(Bytes.littleEndian(file)), page);
            MemorySegment.copy(file, entry, file, DCX_LIST, Integer.BYTES);
            file.asSlice(DCX_LIST + Integer.BYTES, Integer.BYTES).fill((byte) 0);
        } else {
            chosen(List.of(0L), page);
        }
    }

    private record Entry(long at, int pixels) {}

    private static long chosen(List<Long> pages, int page) throws PictureException {
        if (page > pages.size()) {
            throw new PictureException(
                    Reason.UNSUPPORTED,
                    "it has "
                            + (pages.size() == 1 ? "one page" : pages.size() + " pages")
                            + "; --page asks for page "
                            + page);
        }
        return pages.get(page - 1);
    }

    /** Where an icon's entries are, the largest first, as {@link Reading#largest} chooses. */
    private static List<Long> icons(Bytes bytes) throws PictureException {
        List<Entry> entries = new ArrayList<>();
        for (int i = bytes.u16(4) - 1; i >= 0; i--) {
            long at = ICON_HEADER + (long) i * ICON_ENTRY;
            bytes.require(at, ICON_ENTRY);
            entries.add(new Entry(at, iconSide(bytes.u8(at)) * iconSide(bytes.u8(at + 1))));
        }
        // The sort is stable: of two as large the later one comes first.
        entries.sort(Comparator.comparingInt(Entry::pixels).reversed());
        return entries.stream().map(Entry::at).toList();
    }

    /** A byte cannot say 256. */
    private static int iconSide(int written) {
        return written == 0 ? 256 : written;
    }

    /** Where the positions of a DCX's pages are. */
    private static List<Long> dcx(Bytes bytes) throws PictureException {
        List<Long> entries = new ArrayList<>();
        for (long at = DCX_LIST;
                entries.size() < MOST_OF_DCX && bytes.u32(at) != 0;
                at += Integer.BYTES) {
            entries.add(at);
        }
        return entries;
    }
}
