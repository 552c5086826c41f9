package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.codec.WebpEffort;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Picture;
import imgpipe.image.Plane;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Planes to one WebP.
 *
 * <p>Offsets are those of {@code encode.h} on 64-bit systems. The library checks the ABI's version
 * and promises to append only; so the structures get more memory than they need today.
 */
@SuppressWarnings("restricted")
final class WebpEncoder {
    private static final int STRUCTURE = 512;

    /** Of a pixel, at most. */
    static final int CHANNELS = 4;

    private static final int CONFIG_LOSSLESS = 0;
    private static final int CONFIG_METHOD = 8;
    private static final int CONFIG_EXACT = 96;

    private static final int PICTURE_USE_ARGB = 0;
    private static final int PICTURE_WIDTH = 8;
    private static final int PICTURE_HEIGHT = 12;
    private static final int PICTURE_WRITER = 96;
    private static final int PICTURE_CUSTOM_POINTER = 104;
    private static final int PICTURE_ERROR = 136;

    private static final int WRITER_MEMORY = 0;
    private static final int WRITER_SIZE = 8;

    /** WEBP_MAX_DIMENSION, known before the pixels are put together. */
    private static final int LONGEST_SIDE = 16_383;

    private static final int OUT_OF_MEMORY = 1;
    private static final int BITSTREAM_OUT_OF_MEMORY = 2;
    private static final int BAD_DIMENSION = 5;

    private final Webp library;
    private final Workspace workspace;

    WebpEncoder(Webp library, Workspace workspace) {
        this.library = library;
        this.workspace = workspace;
    }

    MemorySegment encode(Picture picture, EncodeSettings settings) throws PictureException {
        requireSize(picture.size());
        MemorySegment writer = workspace.allocate(STRUCTURE);
        MemorySegment config = config(settings);
        MemorySegment target = picture(picture.size(), settings.lossless());
        target.set(ADDRESS, PICTURE_WRITER, library.WebPMemoryWrite());
        target.set(ADDRESS, PICTURE_CUSTOM_POINTER, writer);
        library.initWriter(writer);
        try {
            MemorySegment pixels = workspace.allocate(picture.size().pixels() * CHANNELS);
            if (!importPixels(target, picture.size(), picture.planes(), pixels)
                    || !library.encode(config, target)) {
                throw failure(target);
            }
            long length = writer.get(JAVA_LONG, WRITER_SIZE);
            MemorySegment file = writer.get(ADDRESS, WRITER_MEMORY).reinterpret(length);
            return workspace.allocate(length).copyFrom(file);
        } finally {
            library.clear(writer, target);
        }
    }

    /** A configuration of the library for these settings. */
    MemorySegment config(EncodeSettings settings) throws PictureException {
        MemorySegment config = workspace.allocate(STRUCTURE);
        WebpEffort effort = WebpEffort.of(settings);
        require(library.initConfig(config, effort.quality()));
        config.set(JAVA_INT, CONFIG_METHOD, effort.method());
        config.set(JAVA_INT, CONFIG_LOSSLESS, settings.lossless() ? 1 : 0);
        config.set(JAVA_INT, CONFIG_EXACT, settings.lossless() ? 1 : 0);
        return config;
    }

    /** A picture of the library, still empty; {@link Webp#free} gives its memory back. */
    MemorySegment picture(Size size, boolean argb) throws PictureException {
        MemorySegment target = workspace.allocate(STRUCTURE);
        require(library.initPicture(target));
        target.set(JAVA_INT, PICTURE_USE_ARGB, argb ? 1 : 0);
        target.set(JAVA_INT, PICTURE_WIDTH, size.width());
        target.set(JAVA_INT, PICTURE_HEIGHT, size.height());
        return target;
    }

    /**
     * Puts pixels into a picture of the library; false if it has no memory for them.
     *
     * @param pixels room for all of them, 4 bytes each
     */
    boolean importPixels(
            MemorySegment target, Size size, List<Plane> wanted, MemorySegment pixels) {
        List<Plane> planes = new ArrayList<>(wanted);
        if (planes.size() < 3) {
            // WebP has no grey.
            planes.add(0, planes.getFirst());
            planes.add(0, planes.getFirst());
        }
        PackedPixels.join(planes, size, pixels);
        int stride = Math.multiplyExact(size.width(), planes.size());
        return library.importPixels(target, pixels, stride, planes.size() == 4);
    }

    static void requireSize(Size size) throws PictureException {
        if (Math.max(size.width(), size.height()) > LONGEST_SIDE) {
            throw failure(BAD_DIMENSION);
        }
    }

    /** What the library notes in a picture that it could not write. */
    static PictureException failure(MemorySegment target) {
        return failure(target.get(JAVA_INT, PICTURE_ERROR));
    }

    /** Whether anything is noted there. */
    static boolean hasFailed(MemorySegment target) {
        return target.get(JAVA_INT, PICTURE_ERROR) != 0;
    }

    static void require(boolean compatible) throws PictureException {
        if (!compatible) {
            throw new PictureException(
                    Reason.UNSUPPORTED, "this libwebp has another interface than imgpipe knows");
        }
    }

    private static PictureException failure(int error) {
        return switch (error) {
            case OUT_OF_MEMORY, BITSTREAM_OUT_OF_MEMORY ->
                    throw new OutOfMemoryError("libwebp has no memory for the picture");
            case BAD_DIMENSION ->
                    new PictureException(
                            Reason.UNSUPPORTED, "a WebP has no more than 16383 pixels a side");
            default ->
                    new PictureException(
                            Reason.UNSUPPORTED,
                            "this picture cannot be written as WebP (libwebp: error "
                                    + error
                                    + ")");
        };
    }
}
