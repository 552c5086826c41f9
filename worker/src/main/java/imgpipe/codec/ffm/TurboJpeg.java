package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The functions of libjpeg-turbo's TurboJPEG API that imgpipe calls, as {@code turbojpeg.h} of
 * 2.1.5 describes them; 3.x has them too. C's {@code unsigned long} is 64 bits wide here, as on all
 * 64-bit systems but Windows.
 *
 * <p>A picture takes milliseconds, so no call is marked critical: the garbage collector need not
 * wait for it.
 */
@SuppressWarnings("restricted")
record TurboJpeg(
        NativeLibrary library,
        MethodHandle tjInitDecompress,
        MethodHandle tjInitCompress,
        MethodHandle tjDecompressHeader3,
        MethodHandle tjDecompressToYUVPlanes,
        MethodHandle tjDecompress2,
        MethodHandle tjCompressFromYUVPlanes,
        MethodHandle tjPlaneWidth,
        MethodHandle tjPlaneHeight,
        MethodHandle tjBufSize,
        MethodHandle tjGetErrorStr2,
        MethodHandle tjGetErrorCode,
        MethodHandle tjDestroy) {
    static final int TJFLAG_NOREALLOC = 1024;
    static final int TJFLAG_ACCURATEDCT = 4096;
    static final int TJFLAG_PROGRESSIVE = 16384;
    static final int TJFLAG_LIMITSCANS = 32768;

    static final int TJPF_RGB = 0;
    static final int TJPF_CMYK = 11;

    static final int TJERR_WARNING = 0;

    private static final int LONGEST_MESSAGE = 200;

    /** The search is made once for all codecs of the process. */
    private static final NativeLibrary.Search SEARCH = NativeLibrary.search("turbojpeg", 0);

    private static final Optional<TurboJpeg> BINDING = SEARCH.library().map(TurboJpeg::bind);

    /** The library, if it was found. */
    static Optional<TurboJpeg> binding() {
        return BINDING;
    }

    /** Where it was looked for. */
    static NativeLibrary.Search lookedFor() {
        return SEARCH;
    }

    private static TurboJpeg bind(NativeLibrary library) {
        return new TurboJpeg(
                library,
                library.function("tjInitDecompress", FunctionDescriptor.of(ADDRESS)),
                library.function("tjInitCompress", FunctionDescriptor.of(ADDRESS)),
                library.function(
                        "tjDecompressHeader3",
                        FunctionDescriptor.of(
                                JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS,
                                ADDRESS)),
                library.function(
                        "tjDecompressToYUVPlanes",
                        FunctionDescriptor.of(
                                JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS,
                                JAVA_INT, JAVA_INT)),
                library.function(
                        "tjDecompress2",
                        FunctionDescriptor.of(
                                JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT,
                                JAVA_INT, JAVA_INT, JAVA_INT)),
                library.function(
                        "tjCompressFromYUVPlanes",
                        FunctionDescriptor.of(
                                JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT,
                                ADDRESS, ADDRESS, JAVA_INT, JAVA_INT)),
                library.function(
                        "tjPlaneWidth",
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)),
                library.function(
                        "tjPlaneHeight",
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)),
                library.function(
                        "tjBufSize",
                        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT)),
                library.function("tjGetErrorStr2", FunctionDescriptor.of(ADDRESS, ADDRESS)),
                library.function("tjGetErrorCode", FunctionDescriptor.of(JAVA_INT, ADDRESS)),
                library.function("tjDestroy", FunctionDescriptor.of(JAVA_INT, ADDRESS)));
    }

    MemorySegment initDecompress() {
        return orOutOfMemory(call(() -> (MemorySegment) tjInitDecompress.invokeExact()));
    }

    MemorySegment initCompress() {
        return orOutOfMemory(call(() -> (MemorySegment) tjInitCompress.invokeExact()));
    }

    int decompressHeader(
            MemorySegment handle,
            MemorySegment jpeg,
            MemorySegment width,
            MemorySegment height,
            MemorySegment subsampling,
            MemorySegment colorSpace) {
        return call(
                () ->
                        (int)
                                tjDecompressHeader3.invokeExact(
                                        handle,
                                        jpeg,
                                        jpeg.byteSize(),
                                        width,
                                        height,
                                        subsampling,
                                        colorSpace));
    }

    int decompressToPlanes(
            MemorySegment handle,
            MemorySegment jpeg,
            MemorySegment planes,
            int width,
            MemorySegment strides,
            int height,
            int flags) {
        return call(
                () ->
                        (int)
                                tjDecompressToYUVPlanes.invokeExact(
                                        handle,
                                        jpeg,
                                        jpeg.byteSize(),
                                        planes,
                                        width,
                                        strides,
                                        height,
                                        flags));
    }

    int decompressPacked(
            MemorySegment handle,
            MemorySegment jpeg,
            MemorySegment pixels,
            int width,
            int pitch,
            int height,
            int pixelFormat,
            int flags) {
        return call(
                () ->
                        (int)
                                tjDecompress2.invokeExact(
                                        handle,
                                        jpeg,
                                        jpeg.byteSize(),
                                        pixels,
                                        width,
                                        pitch,
                                        height,
                                        pixelFormat,
                                        flags));
    }

    int compressFromPlanes(
            MemorySegment handle,
            MemorySegment planes,
            int width,
            MemorySegment strides,
            int height,
            int subsampling,
            MemorySegment jpegPointer,
            MemorySegment jpegSize,
            int quality,
            int flags) {
        return call(
                () ->
                        (int)
                                tjCompressFromYUVPlanes.invokeExact(
                                        handle,
                                        planes,
                                        width,
                                        strides,
                                        height,
                                        subsampling,
                                        jpegPointer,
                                        jpegSize,
                                        quality,
                                        flags));
    }

    /** Samples a row that the library reads or writes, for a picture of this width. */
    int planeWidth(int component, int width, int subsampling) {
        return call(() -> (int) tjPlaneWidth.invokeExact(component, width, subsampling));
    }

    /** Rows that the library reads or writes, for a picture of this height. */
    int planeHeight(int component, int height, int subsampling) {
        return call(() -> (int) tjPlaneHeight.invokeExact(component, height, subsampling));
    }

    /** The largest JPEG that a picture of this size can become, in bytes. */
    long bufferSize(int width, int height, int subsampling) {
        return call(() -> (long) tjBufSize.invokeExact(width, height, subsampling));
    }

    /** What the last call that failed on this thread said. */
    String error(MemorySegment handle) {
        return call(() -> (MemorySegment) tjGetErrorStr2.invokeExact(handle))
                .reinterpret(LONGEST_MESSAGE)
                .getString(0);
    }

    /** Whether the last call that failed met a fault that it could go on after. */
    boolean wasWarning(MemorySegment handle) {
        return call(() -> (int) tjGetErrorCode.invokeExact(handle)) == TJERR_WARNING;
    }

    void destroy(MemorySegment handle) {
        int ignored = call(() -> (int) tjDestroy.invokeExact(handle));
    }

    private static MemorySegment orOutOfMemory(MemorySegment handle) {
        if (handle.equals(MemorySegment.NULL)) {
            throw new OutOfMemoryError("libjpeg-turbo cannot be initialised");
        }
        return handle;
    }

    private interface Call<T> {
        T invoke() throws Throwable;
    }

    private static <T> T call(Call<T> call) {
        try {
            return call.invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("C functions throw nothing", e);
        }
    }
}
