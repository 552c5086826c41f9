package imgpipe.codec.ffm;

import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Size;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What imgpipe calls of libjpeg-turbo: one of the two forms of its TurboJPEG API. A 3.x library has
 * both, and they give the same samples, bytes and warnings.
 *
 * <p>Handles are C's and belong to one thread at a time; a handle is given back by {@link
 * #destroy}. A status other than 0 means that something is to be asked of {@link #error}. C's
 * {@code unsigned long} is 64 bits wide here, as on all 64-bit systems but Windows.
 *
 * <p>A picture takes milliseconds, so no call is marked critical: the garbage collector need not
 * wait for it.
 */
sealed interface TurboJpeg permits TurboJpeg2, TurboJpeg3 {
    /**
     * What the library says of a file.
     *
     * @param status 0, or not if anything is wrong; the other values may be right nevertheless
     * @param width in pixels, less than 1 if it is unknown
     * @param height in pixels, less than 1 if it is unknown
     * @param subsampling as {@link JpegSubsampling} numbers it, or any other number
     */
    record Frame(int status, int width, int height, int subsampling) {}

    /** The library that is called. */
    NativeLibrary library();

    /** A new decompressor that keeps the bounds as far as this API has a word for them. */
    MemorySegment decompressor(JpegBounds bounds);

    /** A new compressor. */
    MemorySegment compressor();

    /** Reads a file's header. */
    Frame header(MemorySegment handle, MemorySegment jpeg);

    /**
     * Decodes without converting colors.
     *
     * @param planes addresses of planes of {@link #planeWidth} and {@link #planeHeight}
     * @param strides bytes from one row of each plane to the next
     * @param size of the whole picture
     */
    int decompressToPlanes(
            MemorySegment handle,
            MemorySegment jpeg,
            MemorySegment planes,
            MemorySegment strides,
            Size size,
            JpegScale scale);

    /**
     * Decodes to pixels of RGB or CMYK, row after row.
     *
     * @param pixels as many bytes as these are
     * @param size of the whole picture
     */
    int decompressPacked(
            MemorySegment handle,
            MemorySegment jpeg,
            MemorySegment pixels,
            Size size,
            JpegScale scale,
            ColorModel color);

    /**
     * Encodes without converting colors.
     *
     * @param jpegPointer address of the memory for the file, {@link #bufferSize} bytes
     * @param jpegSize gets the number of bytes that are used
     */
    int compress(
            MemorySegment handle,
            MemorySegment planes,
            MemorySegment strides,
            Size size,
            JpegSubsampling subsampling,
            MemorySegment jpegPointer,
            MemorySegment jpegSize,
            EncodeSettings settings);

    /** A new transformer that keeps the bounds as far as this API has a word for them. */
    MemorySegment transformer(JpegBounds bounds);

    /**
     * Reads a file's coefficients and writes them into another, without decoding them.
     *
     * @param transform what is done to them
     * @param jpegPointer gets the address of memory that is the caller's to {@link #free}, NULL if
     *     nothing was written
     * @param jpegSize gets the number of bytes
     */
    int transform(
            MemorySegment handle,
            MemorySegment jpeg,
            JpegTransform transform,
            MemorySegment jpegPointer,
            MemorySegment jpegSize);

    /** Gives back memory that the library has allocated. */
    void free(MemorySegment memory);

    /** Samples a row that the library reads or writes, for a picture of this width. */
    int planeWidth(int component, int width, JpegSubsampling subsampling);

    /** Rows that the library reads or writes, for a picture of this height. */
    int planeHeight(int component, int height, JpegSubsampling subsampling);

    /** The largest JPEG that a picture of this size can become, in bytes. */
    long bufferSize(Size size, JpegSubsampling subsampling);

    /** What the last call that failed with this handle said. */
    String error(MemorySegment handle);

    /** Whether the last call that failed met a fault that it could go on after. */
    boolean wasWarning(MemorySegment handle);

    /** Gives a handle back. */
    void destroy(MemorySegment handle);

    /** The library through its newest API, if it was found. */
    static Optional<TurboJpeg> binding() {
        return all().stream().findFirst();
    }

    /** The library through each API that it has, the newest first; none if it was not found. */
    static List<TurboJpeg> all() {
        return Found.ALL;
    }

    /** Where it was looked for. */
    static NativeLibrary.Search lookedFor() {
        return Found.SEARCH;
    }

    /** The search is made once for all codecs of the process. */
    final class Found {
        private static final NativeLibrary.Search SEARCH = NativeLibrary.search("turbojpeg", 0);
        private static final List<TurboJpeg> ALL =
                SEARCH.library().map(Found::bind).orElse(List.of());

        private Found() {}

        private static List<TurboJpeg> bind(NativeLibrary library) {
            List<TurboJpeg> all = new ArrayList<>();
            if (library.has("tj3Init")) {
                library.bound(TurboJpeg3::bind).ifPresent(all::add);
            }
            library.bound(TurboJpeg2::bind).ifPresent(all::add);
            return List.copyOf(all);
        }
    }
}
