package imgpipe.engine;

import imgpipe.codec.Codecs;
import imgpipe.codec.Header;
import imgpipe.codec.ImageIoCodec;
import imgpipe.codec.JpegColor;
import imgpipe.codec.JpegComponent;
import imgpipe.codec.JpegHeader;
import imgpipe.codec.JpegProcess;
import imgpipe.codec.PictureException;
import imgpipe.image.ImageFormat;
import imgpipe.image.Orientation;
import imgpipe.image.Size;
import imgpipe.operation.Operation;
import imgpipe.operation.Orient;
import imgpipe.operation.Recipe;
import imgpipe.shard.Footprint;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * How much memory a picture takes at most, by what is known of it before it is decoded: bytes a
 * pixel for each way of decoding, of making and of encoding it. The figures follow from what is
 * allocated where that is seen, and were measured as the growth of a worker's resident memory where
 * a library allocates it; docs/decisions/012 has the measurements.
 *
 * @param codecs that will decode and encode it
 * @param header of the picture
 * @param frames as many as will be decoded
 * @param floor the size that it will at least be decoded at
 * @param most pixels of any result; a step that would make more is refused later
 */
record MemoryEstimate(Codecs codecs, Header header, int frames, Size floor, long most) {
    /** More than any way of decoding and encoding takes a pixel, in heap or beside it. */
    private static final long MOST_A_PIXEL = 64;

    /** What lives on the heap without a picture. */
    private static final long HEAP_BASE = 24L << 20;

    /** Tables and rows of a library. */
    private static final long NATIVE_BASE = 8L << 20;

    /** Up to so many bytes of a PNG are inflated at once; see PngDecoder. */
    private static final long PNG_AT_ONCE = 64L << 20;

    private static final int COEFFICIENT = 2;

    /** A bound that takes no more than a few multiplications to find. */
    long atMost(List<Recipe> recipes, long fileBytes) {
        long made = 0;
        for (Recipe recipe : recipes) {
            made = Math.max(made, pixelsMade(recipe));
        }
        return HEAP_BASE + 3 * fileBytes + MOST_A_PIXEL * (header.size().pixels() * frames + made);
    }

    /** The estimate. */
    Footprint of(List<Recipe> recipes, MemorySegment file) throws PictureException {
        Footprint most = new Footprint(0, 0);
        for (Recipe recipe : recipes) {
            Footprint one = made(recipe);
            most =
                    new Footprint(
                            Math.max(most.heap(), one.heap()),
                            Math.max(most.offHeap(), one.offHeap()));
        }
        // Once as it was read, once as it is handed to a library that wants it in one piece.
        Footprint base = new Footprint(HEAP_BASE, NATIVE_BASE + 2 * file.byteSize());
        return base.plus(decoded(file)).plus(most);
    }

    private Footprint decoded(MemorySegment file) throws PictureException {
        ImageFormat format = header.format();
        long pixels = header.size().pixels();
        boolean javaAlone = codecs.reader(format) instanceof ImageIoCodec;
        return switch (format) {
            case JPEG -> jpeg(JpegHeader.parse(file));
            // Planes, and the rows that they are made of.
            case PNG -> new Footprint(0, 4 * pixels + Math.min(PNG_AT_ONCE, 8 * pixels));
            // The canvas, one to restore, one patch; then planes.
            case GIF -> new Footprint(10 * pixels, 4 * pixels * frames);
            case WEBP ->
                    javaAlone
                            ? new Footprint(13 * pixels, 4 * pixels)
                            // The library's own pixels, packed ones and planes; two canvases.
                            : new Footprint(
                                    0, (frames > 1 ? 14 : 8) * pixels + 4 * pixels * frames);
            case HEIC, AVIF -> new Footprint(0, 20 * pixels);
            default -> new Footprint(12 * pixels, 4 * pixels);
        };
    }

    private Footprint jpeg(JpegHeader jpeg) throws PictureException {
        long pixels = jpeg.size().pixels();
        double samples = samples(jpeg.components());
        long coefficients =
                jpeg.severalScans() || jpeg.process().progressive()
                        ? (long) (COEFFICIENT * samples * pixels)
                        : 0;
        boolean inks = jpeg.color() == JpegColor.CMYK || jpeg.color() == JpegColor.YCCK;
        int components = jpeg.components().size();
        if (jpeg.precision() != 8
                || jpeg.process() == JpegProcess.LOSSLESS
                || codecs.writer(ImageFormat.JPEG) instanceof ImageIoCodec) {
            return new Footprint(2L * components * pixels, components * pixels + coefficients);
        }
        int eighths = eighths(jpeg.size());
        double scale = eighths * eighths / 64.0;
        // Ink is delivered in pixels, which are taken apart.
        double planes = (inks ? 2 * components : samples) * scale;
        return new Footprint(0, (long) (planes * pixels * 4 / 3) + coefficients);
    }

    private static double samples(List<JpegComponent> components) {
        int across = components.stream().mapToInt(JpegComponent::across).max().orElse(1);
        int down = components.stream().mapToInt(JpegComponent::down).max().orElse(1);
        return components.stream().mapToInt(part -> part.across() * part.down()).sum()
                / (double) (across * down);
    }

    /** Samples that decoders deliver for eight pixels: 1, 2, 4 or 8. */
    private int eighths(Size size) {
        int eighths = 1;
        while (eighths < 8
                && ((long) size.width() * eighths < 8L * floor.width()
                        || (long) size.height() * eighths < 8L * floor.height())) {
            eighths *= 2;
        }
        return eighths;
    }

    /** Planes of each step's result, and what the encoder makes of the last. */
    private Footprint made(Recipe recipe) {
        long pixels = pixels(result(recipe));
        long steps = 4 * pixelsMade(recipe);
        return switch (recipe.target()) {
            case JPEG -> new Footprint(0, steps + 12 * pixels);
            case PNG -> new Footprint(0, steps + 12 * pixels);
            case WEBP -> new Footprint(0, steps + 24 * pixels);
            case HEIC, AVIF -> new Footprint(0, steps + 48 * pixels);
            // Frames are compared as arrays of colors, and once more as a palette.
            case GIF -> new Footprint(24 * pixels, steps + 8 * pixels);
            default -> new Footprint(12 * pixels, steps + 8 * pixels);
        };
    }

    private long pixelsMade(Recipe recipe) {
        long made = 0;
        Size size = header.size();
        for (Operation step : recipe.steps(header.orientation())) {
            size = step.resultSize(size);
            boolean idle = step instanceof Orient && header.orientation() == Orientation.UPRIGHT;
            made += idle ? 0 : pixels(size);
        }
        return made;
    }

    private Size result(Recipe recipe) {
        Size size = header.size();
        for (Operation step : recipe.steps(header.orientation())) {
            size = step.resultSize(size);
        }
        return size;
    }

    private long pixels(Size size) {
        return Math.min(most, Math.min(most, size.pixels()) * frames);
    }
}
