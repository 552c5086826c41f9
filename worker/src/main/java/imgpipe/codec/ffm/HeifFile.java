package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.codec.PictureFacts.Pixels;
import imgpipe.image.IccProfile;
import imgpipe.image.Metadata;
import imgpipe.image.Size;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A HEIF file's primary picture. libheif turns, mirrors and crops it as the file says, and what is
 * said here is said of the result.
 */
@SuppressWarnings("restricted")
final class HeifFile implements AutoCloseable {
    private static final int UNDEFINED = 99;
    private static final int CHROMA_NONE = 0;
    private static final int CHROMA_444 = 3;
    private static final Map<Integer, String> CHROMA = Map.of(1, "4:2:0", 2, "4:2:2", 3, "4:4:4");

    /** The largest profile or block of metadata that is read. */
    private static final long LARGEST = 8 << 20;

    /** Pixels a side: tiles may be larger than the picture that is cut out of them. */
    private static final int LARGE_TILE = 4096;

    private static final int OPTIONS_VERSION = 0;
    private static final int OPTIONS_STRICT = 41;
    private static final int OPTIONS_BYTES = 42;
    private static final int VERSION_WITH_STRICT = 3;

    private final Heif heif;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment context;
    private MemorySegment handle = MemorySegment.NULL;

    private HeifFile(Heif heif) {
        this.heif = heif;
        context = heif.made(HeifFunction.heif_context_alloc);
    }

    /**
     * Reads a file's structure, no pixels.
     *
     * @param file must stay as it is until this is closed
     */
    static HeifFile open(Heif heif, MemorySegment file) throws PictureException {
        HeifFile opened = new HeifFile(heif);
        try {
            opened.read(file);
            return opened;
        } catch (PictureException | RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    private void read(MemorySegment file) throws PictureException {
        // None: tiles are decoded by the thread that asks, as there is a worker for each core.
        heif.run(HeifFunction.heif_context_set_max_decoding_threads, context, 0);
        MemorySegment memory =
                file.isNative() ? file : arena.allocate(file.byteSize()).copyFrom(file);
        heif.attempt(
                HeifFunction.heif_context_read_from_memory_without_copy,
                context,
                memory,
                memory.byteSize(),
                MemorySegment.NULL);
        handle = heif.make(HeifFunction.heif_context_get_primary_image_handle, context);
    }

    /**
     * Lets libheif make nothing of more pixels than the picture has, before it is turned and
     * cropped, or than a large tile: up to 1.18 it compares each side, later their product. What it
     * puts together from tiles is as large as an item of its own says, not as the header. A coded
     * picture that is larger than its header is found out only when it is decoded.
     */
    private void limit() {
        int width = heif.number(HeifFunction.heif_image_handle_get_ispe_width, handle);
        int height = heif.number(HeifFunction.heif_image_handle_get_ispe_height, handle);
        int side = Math.max(LARGE_TILE, Math.max(width, height));
        heif.run(
                HeifFunction.heif_context_set_maximum_image_size_limit,
                context,
                // Older versions refuse what has just this size.
                Math.min(side, Integer.MAX_VALUE - 1) + 1);
    }

    /** As large as it is delivered. */
    Size size() throws PictureException {
        int width = heif.number(HeifFunction.heif_image_handle_get_width, handle);
        int height = heif.number(HeifFunction.heif_image_handle_get_height, handle);
        if (width < 1 || height < 1) {
            throw new PictureException(
                    Reason.CORRUPT, "the header speaks of " + width + "x" + height + " pixels");
        }
        return new Size(width, height);
    }

    boolean alpha() {
        return heif.number(HeifFunction.heif_image_handle_has_alpha_channel, handle) != 0;
    }

    boolean premultiplied() {
        return heif.number(HeifFunction.heif_image_handle_is_premultiplied_alpha, handle) != 0;
    }

    /** Bits of a luma sample; less than 1 if the file does not say. */
    int bits() {
        return heif.number(HeifFunction.heif_image_handle_get_luma_bits_per_pixel, handle);
    }

    /** How pixels are stored; versions before 1.17 do not tell colors before they are decoded. */
    Pixels pixels() {
        String color = "";
        @Nullable String chroma = null;
        HeifFunction preferred = HeifFunction.heif_image_handle_get_preferred_decoding_colorspace;
        if (heif.has(preferred)) {
            try (Arena scratch = Arena.ofConfined()) {
                MemorySegment space = scratch.allocate(JAVA_INT);
                MemorySegment sampling = scratch.allocate(JAVA_INT);
                if (heif.fault(preferred, handle, space, sampling).isNone()) {
                    switch (space.get(JAVA_INT, 0)) {
                        case HeifImage.MONOCHROME -> color = "grey";
                        case HeifImage.RGB -> color = "RGB";
                        case HeifImage.YCC -> {
                            color = "YCbCr";
                            chroma = CHROMA.get(sampling.get(JAVA_INT, 0));
                        }
                        default -> {}
                    }
                }
            }
        }
        return new Pixels(color, Math.max(0, bits()), alpha(), chroma, "", false);
    }

    /** How the file around the compressed data says that colors are coded. */
    Optional<HeifColors> colors() {
        return colors(heif, HeifFunction.heif_image_handle_get_nclx_color_profile, handle);
    }

    static Optional<HeifColors> colors(Heif heif, HeifFunction getter, MemorySegment of) {
        try {
            MemorySegment structure = heif.make(getter, of);
            HeifColors colors = HeifColors.of(structure);
            heif.release(HeifFunction.heif_nclx_color_profile_free, structure);
            return Optional.of(colors);
        } catch (PictureException none) {
            return Optional.empty();
        }
    }

    /** The ICC profile, if there is one. */
    @Nullable IccProfile profile() {
        long length = heif.size(HeifFunction.heif_image_handle_get_raw_color_profile_size, handle);
        if (length <= 0 || length > LARGEST) {
            return null;
        }
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment bytes = scratch.allocate(length);
            boolean there =
                    heif.fault(HeifFunction.heif_image_handle_get_raw_color_profile, handle, bytes)
                            .isNone();
            return there ? new IccProfile(bytes.toArray(JAVA_BYTE)) : null;
        }
    }

    /** EXIF and XMP; a block that cannot be read is left out. */
    Metadata metadata() {
        MemorySegment none = MemorySegment.NULL;
        int count =
                heif.number(
                        HeifFunction.heif_image_handle_get_number_of_metadata_blocks, handle, none);
        byte @Nullable [] exif = null;
        byte @Nullable [] xmp = null;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment ids = scratch.allocate(JAVA_INT, Math.max(1, count));
            count =
                    heif.number(
                            HeifFunction.heif_image_handle_get_list_of_metadata_block_IDs,
                            handle,
                            none,
                            ids,
                            count);
            for (int i = 0; i < count; i++) {
                int id = ids.getAtIndex(JAVA_INT, i);
                String type = text(HeifFunction.heif_image_handle_get_metadata_type, id);
                if (type.equals("Exif") && exif == null) {
                    exif = withoutOffset(block(id));
                } else if (type.equals("mime") && xmp == null && isXmp(id)) {
                    xmp = block(id);
                }
            }
        }
        return new Metadata(segment(exif), segment(xmp), null);
    }

    private boolean isXmp(int id) {
        return text(HeifFunction.heif_image_handle_get_metadata_content_type, id)
                .equals("application/rdf+xml");
    }

    private String text(HeifFunction function, int id) {
        MemorySegment string = heif.pointer(function, handle, id);
        return string.equals(MemorySegment.NULL) ? "" : HeifFault.text(string);
    }

    private byte @Nullable [] block(int id) {
        long length = heif.size(HeifFunction.heif_image_handle_get_metadata_size, handle, id);
        if (length <= 0 || length > LARGEST) {
            return null;
        }
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment bytes = scratch.allocate(length);
            boolean there =
                    heif.fault(HeifFunction.heif_image_handle_get_metadata, handle, id, bytes)
                            .isNone();
            return there ? bytes.toArray(JAVA_BYTE) : null;
        }
    }

    /**
     * An EXIF item begins with how many bytes of something else, such as {@code Exif\0\0}, come
     * before the block (ISO/IEC 23008-12, annex A).
     */
    private static byte @Nullable [] withoutOffset(byte @Nullable [] item) {
        if (item == null || item.length < Integer.BYTES) {
            return null;
        }
        long start = Integer.BYTES + Integer.toUnsignedLong(ByteBuffer.wrap(item).getInt());
        if (start >= item.length) {
            return null;
        }
        byte[] block = new byte[item.length - (int) start];
        System.arraycopy(item, (int) start, block, 0, block.length);
        return block;
    }

    private static @Nullable MemorySegment segment(byte @Nullable [] bytes) {
        return bytes == null ? null : MemorySegment.ofArray(bytes);
    }

    /**
     * Decodes it to luma alone, or else to red, green and blue: libheif knows best what Y, Cb and
     * Cr mean, of which the compressed data may say more than the file around them. Up to 1.16 it
     * does so without being asked, but turns luma into colors too if it is.
     */
    HeifImage decode(boolean lenient) throws PictureException {
        HeifFunction preferred = HeifFunction.heif_image_handle_get_preferred_decoding_colorspace;
        if (!heif.has(preferred)) {
            return decode(UNDEFINED, UNDEFINED, lenient);
        }
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment colorspace = scratch.allocate(JAVA_INT);
            heif.attempt(preferred, handle, colorspace, scratch.allocate(JAVA_INT));
            return colorspace.get(JAVA_INT, 0) == HeifImage.MONOCHROME
                    ? decode(HeifImage.MONOCHROME, CHROMA_NONE, lenient)
                    : decode(HeifImage.RGB, CHROMA_444, lenient);
        }
    }

    private HeifImage decode(int colorspace, int chroma, boolean lenient) throws PictureException {
        Size size = size();
        limit();
        MemorySegment options =
                heif.made(HeifFunction.heif_decoding_options_alloc).reinterpret(OPTIONS_BYTES);
        try (Arena scratch = Arena.ofConfined()) {
            if (options.get(JAVA_BYTE, OPTIONS_VERSION) >= VERSION_WITH_STRICT) {
                options.set(JAVA_BYTE, OPTIONS_STRICT, (byte) (lenient ? 0 : 1));
            }
            MemorySegment place = scratch.allocate(ADDRESS);
            heif.attempt(
                    HeifFunction.heif_decode_image, handle, place, colorspace, chroma, options);
            return new HeifImage(heif, place.get(ADDRESS, 0), size);
        } finally {
            heif.release(HeifFunction.heif_decoding_options_free, options);
        }
    }

    @Override
    public void close() {
        heif.release(HeifFunction.heif_image_handle_release, handle);
        heif.release(HeifFunction.heif_context_free, context);
        arena.close();
    }
}
