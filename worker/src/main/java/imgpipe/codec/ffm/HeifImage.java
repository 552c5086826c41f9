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

    /** Whether a channel has a sample for each pixel. */
    boolean isWhole(int channel) {
        return width(channel) == size.width() && height(channel) == size.height();
    }

    /**
     * A channel's samples as bytes of full range.
     *
     * @param range what they are now
     */
    Plane plane(int channel, HeifRange range, Workspace workspace) throws PictureException {
        int width = width(channel);
        int height = height(channel);
        int bits = heif.number(HeifFunction.heif_image_get_bits_per_pixel_range, image, channel);
        Plane plane =
                Plane.allocate(
                        workspace,
                        width,
                        height,
                        span(width, size.width()),
                        span(height, size.height()));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(JAVA_INT);
            MemorySegment samples =
                    heif.pointer(HeifFunction.heif_image_get_plane, image, channel, place);
            if (samples.equals(MemorySegment.NULL) || bits < 1 || bits > 16) {
                throw new PictureException(Reason.CORRUPT, "the picture lacks a channel");
            }
            int stride = place.get(JAVA_INT, 0);
            copy(samples.reinterpret((long) stride * height), stride, bits, range, plane);
        }
        return plane;
    }

    /** How many of a plane's samples the picture covers, where one may stand for two pixels. */
    private static double span(int samples, int pixels) throws PictureException {
        if (samples == pixels) {
            return samples;
        }
        if (samples == Math.ceilDiv(pixels, 2)) {
            return pixels / 2.0;
        }
        throw new PictureException(
                Reason.CORRUPT, "the picture is not as large as its header says");
    }

    private static void copy(
            MemorySegment samples, int stride, int bits, HeifRange range, Plane plane) {
        int width = plane.width();
        byte[] table = range.table(bits);
        byte[] row = new byte[width];
        boolean asItIs = bits == 8 && range.isFull();
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
                    heif.pointer(HeifFunction.heif_image_get_plane, image, channel, place);
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
