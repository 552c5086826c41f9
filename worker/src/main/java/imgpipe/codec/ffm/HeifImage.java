package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decoded pixels in libheif's memory: channels of 8 to 16 bits a sample. */
@SuppressWarnings("restricted")
final class HeifImage implements AutoCloseable {
    static final int YCC = 0;
    static final int RGB = 1;
    static final int MONOCHROME = 2;

    static final int Y = 0;
    static final int CB = 1;
    static final int CR = 2;
    static final int R = 3;
    static final int G = 4;
    static final int B = 5;
    static final int ALPHA = 6;

    private static final int MOST_WARNINGS = 20;

    private final Heif heif;
    private final MemorySegment image;
    private final Size size;

    /** Takes an image over, to be released with this. */
    HeifImage(Heif heif, MemorySegment image, Size size) {
        this.heif = heif;
        this.image = image;
        this.size = size;
    }

    int colorspace() {
        return heif.number(HeifFunction.heif_image_get_colorspace, image);
    }

    boolean has(int channel) {
        return heif.number(HeifFunction.heif_image_has_channel, image, channel) != 0;
    }

    /** How its colors are coded, as the compressed data or the file around them say. */
    Optional<HeifColors> colors() {
        return HeifFile.colors(heif, HeifFunction.heif_image_get_nclx_color_profile, image);
    }

    /** What the decoder had to put up with. */
    List<String> warnings() {
        List<String> sentences = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment faults = arena.allocate(HeifFault.LAYOUT, MOST_WARNINGS);
            int count =
                    heif.number(
                            HeifFunction.heif_image_get_decoding_warnings,
                            image,
                            0,
                            faults,
                            MOST_WARNINGS);
            long bytes = HeifFault.LAYOUT.byteSize();
            for (int i = 0; i < count; i++) {
                HeifFault fault = HeifFault.of(faults.asSlice(bytes * i, bytes));
                sentences.add("the picture is damaged (libheif: " + fault.message() + ")");
            }
        }
        return sentences;
    }

    /**
     * A channel's samples as bytes of full range.
     *
     * @param full whether they have full range already
     */
    Plane plane(int channel, boolean full, Workspace workspace) throws PictureException {
        if (width(channel) != size.width() || height(channel) != size.height()) {
            throw new PictureException(
                    Reason.CORRUPT,
                    "the picture is not as large as its header says: %dx%d instead of %s"
                            .formatted(width(channel), height(channel), size));
        }
        int bits = heif.number(HeifFunction.heif_image_get_bits_per_pixel_range, image, channel);
        Plane plane = Plane.allocate(workspace, size.width(), size.height());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(JAVA_INT);
            MemorySegment samples =
                    heif.pointer(HeifFunction.heif_image_get_plane, image, channel, place);
            if (samples.equals(MemorySegment.NULL) || bits < 1 || bits > 16) {
                throw new PictureException(Reason.CORRUPT, "the picture lacks a channel");
            }
            int stride = place.get(JAVA_INT, 0);
            MemorySegment rows = samples.reinterpret((long) stride * size.height());
            copy(rows, stride, bits, full, plane);
        }
        return plane;
    }

    private static void copy(
            MemorySegment samples, int stride, int bits, boolean full, Plane plane) {
        int width = plane.width();
        byte[] table = table(bits, full);
        byte[] row = new byte[width];
        boolean asItIs = bits == 8 && full;
        for (int y = 0; y < plane.height(); y++) {
            MemorySegment from = samples.asSlice((long) stride * y, stride);
            if (asItIs) {
                MemorySegment.copy(from, 0, plane.samples(), (long) width * y, width);
                continue;
            }
            if (bits <= 8) {
                for (int x = 0; x < width; x++) {
                    row[x] = table[from.get(JAVA_BYTE, x) & (table.length - 1)];
                }
            } else {
                for (int x = 0; x < width; x++) {
                    row[x] = table[from.get(JAVA_SHORT_UNALIGNED, 2L * x) & (table.length - 1)];
                }
            }
            plane.store(y, row);
        }
    }

    /** What becomes of each value (ITU-T H.273, equations 20 and 26). */
    private static byte[] table(int bits, boolean full) {
        int values = 1 << bits;
        double black = full ? 0 : values / 16.0;
        double range = full ? values - 1 : values * 219 / 256.0;
        byte[] table = new byte[values];
        for (int i = 0; i < values; i++) {
            table[i] = (byte) Math.clamp(Math.round((i - black) * 255 / range), 0, 255);
        }
        return table;
    }

    private int width(int channel) {
        return heif.number(HeifFunction.heif_image_get_width, image, channel);
    }

    private int height(int channel) {
        return heif.number(HeifFunction.heif_image_get_height, image, channel);
    }

    /** Its address. */
    MemorySegment address() {
        return image;
    }

    /**
     * Adds a channel.
     *
     * @param plane as many samples as the image's chroma format wants
     */
    void add(int channel, Plane plane) throws PictureException {
        heif.attempt(
                HeifFunction.heif_image_add_plane,
                image,
                channel,
                plane.width(),
                plane.height(),
                8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(JAVA_INT);
            MemorySegment samples =
                    heif.made(HeifFunction.heif_image_get_plane, image, channel, place);
            int stride = place.get(JAVA_INT, 0);
            MemorySegment rows = samples.reinterpret((long) stride * plane.height());
            for (int y = 0; y < plane.height(); y++) {
                MemorySegment.copy(
                        plane.samples(),
                        (long) plane.stride() * y,
                        rows,
                        (long) stride * y,
                        plane.width());
            }
        }
    }

    @Override
    public void close() {
        heif.release(HeifFunction.heif_image_release, image);
    }
}
