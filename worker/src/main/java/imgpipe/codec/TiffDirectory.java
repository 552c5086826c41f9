package imgpipe.codec;

import imgpipe.codec.PictureException.Reason;
import imgpipe.image.IccProfile;
import imgpipe.image.Orientation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first directory of a TIFF (TIFF 6.0, section 2) or BigTIFF: how the picture has to be turned,
 * and whether all of its strips or tiles are there. Readers fill what is missing with black.
 */
final class TiffDirectory {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int SAMPLES = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int PLANAR = 284;
    private static final int EXTRA_SAMPLES = 338;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int ORIENTATION = 274;
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_BYTES = 279;
    private static final int ICC_PROFILE = 34675;
    private static final int PROFILE_LIMIT = 8 << 20;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int SAMPLE_FORMAT = 339;

    private static final int UNCOMPRESSED = 1;
    private static final int YCBCR = 6;
    private static final byte[] LITTLE_RGB = {2, 0};
    private static final byte[] BIG_RGB = {0, 2};
    private static final int CIE_LAB = 8;
    private static final int ICC_LAB = 9;
    private static final int ITU_LAB = 10;
    private static final int LARGEST_LAB = 16;

    /** Of the sample formats (TIFF 6.0, section 19); 3 is floating point, 4 undefined. */
    private static final int SIGNED = 2;

    private static final int COMPLEX = 5;

    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int LONG8 = 16;

    private static final int MOST_PAGES = 100_000;

    /** More strips than the tallest picture has rows are nonsense, not work. */
    private static final int MOST_VALUES = 1 << 22;

    private final Bytes file;
    private final boolean big;
    private final long first;
    private final long entries;

    private TiffDirectory(Bytes file, long directory) throws PictureException {
        this.file = file;
        big = isBig(file);
        entries = big ? file.u64(directory) : file.u16(directory);
        first = directory + (big ? 8 : 2);
        if (entries > 0xFFFF) {
            throw new PictureException(
                    Reason.CORRUPT, "the TIFF's directory has " + entries + " entries");
        }
        file.require(first, entries * entryBytes());
    }

    /**
     * Reads the directory.
     *
     * @throws PictureException if it lies outside of the file
     */
    static TiffDirectory of(MemorySegment file) throws PictureException {
        Bytes bytes = bytes(file);
        return new TiffDirectory(bytes, firstDirectory(bytes));
    }

    /**
     * Where the directories of all pages are, in their order, at least one and at most 100,000. The
     * chain ends before one that lies outside of the file, or is in the chain already.
     *
     * @throws PictureException if the first one lies outside of the file
     */
    static Set<Long> pages(MemorySegment file) throws PictureException {
        Bytes bytes = bytes(file);
        Set<Long> pages = new LinkedHashSet<>();
        long at = firstDirectory(bytes);
        do {
            try {
                long next = new TiffDirectory(bytes, at).next();
                pages.add(at);
                at = next;
            } catch (PictureException e) {
                if (pages.isEmpty()) {
                    throw e;
                }
                break;
            }
        } while (at != 0 && !pages.contains(at) && pages.size() < MOST_PAGES);
        return pages;
    }

    /** Makes the directory at this position the first one. */
    static void begin(MemorySegment file, long directory) throws PictureException {
        Bytes bytes = bytes(file);
        if (isBig(bytes)) {
            file.set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(bytes.order()), 8, directory);
        } else {
            file.set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(bytes.order()), 4, (int) directory);
        }
    }

    private static Bytes bytes(MemorySegment file) {
        boolean little = Bytes.bigEndian(file).is(0, "II");
        return new Bytes(file, little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    private static boolean isBig(Bytes file) throws PictureException {
        return file.u16(2) == 43;
    }

    private static long firstDirectory(Bytes file) throws PictureException {
        return isBig(file) ? file.u64(8) : file.u32(4);
    }

    /** Where the next page's directory is, 0 behind the last; some writers leave that out. */
    private long next() throws PictureException {
        long at = first + entries * entryBytes();
        if (at + (big ? 8 : 4) > file.size()) {
            return 0;
        }
        return big ? file.u64(at) : file.u32(at);
    }

    /** Bits of a sample. */
    int bits() throws PictureException {
        return (int) Math.min(64, number(BITS, 1));
    }

    /** What its samples mean; empty if it is something rare. */
    String colorName() throws PictureException {
        return switch ((int) Math.min(100, number(PHOTOMETRIC, 1))) {
            case 0, 1 -> "grey";
            case 2 -> "RGB";
            case 3 -> "palette";
            case 5 -> "CMYK";
            case YCBCR -> "YCbCr";
            case CIE_LAB, 9, 10 -> "Lab";
            default -> "";
        };
    }

    /** Whether the first extra sample is opacity (TIFF 6.0, section 18). */
    boolean alpha() throws PictureException {
        long meaning = number(EXTRA_SAMPLES, 0);
        return meaning == 1 || meaning == 2;
    }

    /** From the tag Orientation; upright without it. */
    Orientation orientation() throws PictureException {
        long entry = find(ORIENTATION);
        return entry < 0 ? Orientation.UPRIGHT : Orientation.ofExif((int) value(entry, 0));
    }

    /** From the tag ICCProfile (ICC.1:2022, annex B.5); null without it. */
    @Nullable IccProfile profile() throws PictureException {
        long entry = find(ICC_PROFILE);
        if (entry < 0 || count(entry) > PROFILE_LIMIT || count(entry) < 128) {
            return null;
        }
        long inline = entry + (big ? 12 : 8);
        long at = big ? file.u64(inline) : file.u32(inline);
        return new IccProfile(file.part(at, count(entry)).toArray(ValueLayout.JAVA_BYTE));
    }

    /** Fails on what the reader takes for something else, or what no two programs agree on. */
    void requireKnownColor() throws PictureException {
        long color = number(PHOTOMETRIC, 0);
        if (color == ITU_LAB || (isLab() && number(BITS, 1) > LARGEST_LAB)) {
            throw new PictureException(
                    Reason.UNSUPPORTED,
                    "TIFFs of "
                            + (color == ITU_LAB ? "ITU" : "CIE")
                            + " L*a*b* with "
                            + number(BITS, 1)
                            + " bits are not read");
        }
        long kind = number(SAMPLE_FORMAT, 1);
        if (!isLab() && (kind == SIGNED || kind >= COMPLEX)) {
            throw new PictureException(
                    Reason.UNSUPPORTED, "TIFFs of signed or complex samples are not read");
        }
    }

    /** Whether the samples are L*, a* and b*. */
    boolean isLab() throws PictureException {
        long color = number(PHOTOMETRIC, 0);
        return color == CIE_LAB || color == ICC_LAB;
    }

    /** What makes sRGB of its L*a*b*. */
    CieLab lab() throws PictureException {
        return new CieLab(number(PHOTOMETRIC, 0) == CIE_LAB, (int) number(BITS, 1));
    }

    /** The same file with samples that are called RGB, so that its reader leaves them alone. */
    List<MemorySegment> asRgb() throws PictureException {
        MemorySegment memory = file.memory();
        long at = find(PHOTOMETRIC) + (big ? 12 : 8);
        byte[] value = file.order() == ByteOrder.LITTLE_ENDIAN ? LITTLE_RGB : BIG_RGB;
        return List.of(
                memory.asSlice(0, at),
                MemorySegment.ofArray(value),
                memory.asSlice(at + value.length));
    }

    /**
     * Fails if a strip or tile lies behind the end of the file, or has fewer bytes than its pixels.
     */
    void requireWhole() throws PictureException {
        TiffParts parts = parts();
        requireWhole(find(STRIP_OFFSETS), find(STRIP_BYTES), parts);
        requireWhole(find(TILE_OFFSETS), find(TILE_BYTES), parts);
    }

    private void requireWhole(long offsets, long lengths, TiffParts parts) throws PictureException {
        if (offsets < 0 || lengths < 0) {
            return;
        }
        long count = Math.min(count(offsets), count(lengths));
        if (count > Math.min(MOST_VALUES, parts.most())) {
            throw new PictureException(Reason.CORRUPT, "the TIFF has " + count + " strips");
        }
        for (int i = 0; i < count; i++) {
            long length = value(lengths, i);
            file.require(value(offsets, i), length);
            long wanted = parts.uncompressedBytes(i);
            if (length < wanted) {
                throw new PictureException(
                        Reason.CORRUPT,
                        "strip or tile %d of the TIFF has %d bytes instead of %d"
                                .formatted(i, length, wanted));
            }
        }
    }

    private TiffParts parts() throws PictureException {
        boolean known =
                number(COMPRESSION, UNCOMPRESSED) == UNCOMPRESSED
                        && number(PHOTOMETRIC, 0) != YCBCR
                        && find(WIDTH) >= 0
                        && find(HEIGHT) >= 0;
        long height = number(HEIGHT, 0);
        return new TiffParts(
                known,
                number(WIDTH, 0),
                height,
                number(TILE_WIDTH, 0),
                number(TILE_HEIGHT, 0),
                Math.clamp(number(ROWS_PER_STRIP, height), 1, Math.max(1, height)),
                number(SAMPLES, 1),
                number(PLANAR, 1) == 2,
                number(BITS, 1));
    }

    /** The first value of a tag, or what stands for it if it is not there. */
    private long number(int tag, long otherwise) throws PictureException {
        long entry = find(tag);
        return entry < 0 || count(entry) == 0 ? otherwise : value(entry, 0);
    }

    /** Position of a tag's entry, -1 if there is none. */
    private long find(int tag) throws PictureException {
        for (long i = 0; i < entries; i++) {
            long at = first + i * entryBytes();
            if (file.u16(at) == tag) {
                return at;
            }
        }
        return -1;
    }

    private int entryBytes() {
        return big ? 20 : 12;
    }

    private long count(long entry) throws PictureException {
        return big ? file.u64(entry + 4) : file.u32(entry + 4);
    }

    /** One value of a tag; they stand in the entry itself if they fit there. */
    private long value(long entry, int index) throws PictureException {
        int type = file.u16(entry + 2);
        int bytes = type == SHORT ? 2 : type == LONG8 ? 8 : 4;
        if (type != SHORT && type != LONG && type != LONG8) {
            throw new PictureException(
                    Reason.CORRUPT, "the TIFF's tag " + file.u16(entry) + " is no number");
        }
        long inline = entry + (big ? 12 : 8);
        long at = inline;
        if (count(entry) > (big ? 8 : 4) / bytes) {
            at = big ? file.u64(inline) : file.u32(inline);
        }
        at += (long) index * bytes;
        return switch (type) {
            case SHORT -> file.u16(at);
            case LONG8 -> file.u64(at);
            default -> file.u32(at);
        };
    }
}
