package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Size;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;

/**
 * The functions {@code tj…}, as {@code turbojpeg.h} of 2.1.5 describes them; 3.x keeps them. They
 * have no limits but one of 500 scans.
 */
@SuppressWarnings("restricted")
record TurboJpeg2(
        NativeLibrary library,
        NativeFunction tjInitDecompress,
        NativeFunction tjInitCompress,
        NativeFunction tjDecompressHeader3,
        NativeFunction tjDecompressToYUVPlanes,
        NativeFunction tjDecompress2,
        NativeFunction tjCompressFromYUVPlanes,
        NativeFunction tjPlaneWidth,
        NativeFunction tjPlaneHeight,
        NativeFunction tjBufSize,
        NativeFunction tjGetErrorStr2,
        NativeFunction tjGetErrorCode,
        NativeFunction tjDestroy,
        NativeFunction tjInitTransform,
        NativeFunction tjTransform,
        NativeFunction tjFree)
        implements TurboJpeg {
    private static final int TJFLAG_NOREALLOC = 1024;
    private static final int TJFLAG_ACCURATEDCT = 4096;
    private static final int TJFLAG_PROGRESSIVE = 16384;
    private static final int TJFLAG_LIMITSCANS = 32768;

    static final int TJPF_RGB = 0;
    static final int TJPF_CMYK = 11;

    static final int TJERR_WARNING = 0;

    /** JMSG_LENGTH_MAX. */
    static final int LONGEST_MESSAGE = 200;

    static TurboJpeg2 bind(NativeLibrary library) {
        FunctionDescriptor init = FunctionDescriptor.of(ADDRESS);
        FunctionDescriptor side = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
        return new TurboJpeg2(
                library,
                library.function("tjInitDecompress", init),
                library.function("tjInitCompress", init),
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
                library.function("tjPlaneWidth", side),
                library.function("tjPlaneHeight", side),
                library.function(
                        "tjBufSize",
                        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT)),
                library.function("tjGetErrorStr2", FunctionDescriptor.of(ADDRESS, ADDRESS)),
                library.function("tjGetErrorCode", FunctionDescriptor.of(JAVA_INT, ADDRESS)),
                library.function("tjDestroy", FunctionDescriptor.of(JAVA_INT, ADDRESS)),
                library.function("tjInitTransform", init),
                library.function(
                        "tjTransform",
                        FunctionDescriptor.of(
                                JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS,
                                ADDRESS, JAVA_INT)),
                library.function("tjFree", FunctionDescriptor.ofVoid(ADDRESS)));
    }

    @Override
    public MemorySegment decompressor(JpegBounds bounds) {
        return orOutOfMemory(
                NativeCall.make(() -> (MemorySegment) tjInitDecompress.handle().invokeExact()));
    }

    @Override
    public MemorySegment compressor() {
        return orOutOfMemory(
                NativeCall.make(() -> (MemorySegment) tjInitCompress.handle().invokeExact()));
    }

    @Override
    public Frame header(MemorySegment handle, MemorySegment jpeg) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocate(JAVA_INT, 4).fill((byte) -1);
            MemorySegment width = numbers.asSlice(0);
            MemorySegment height = numbers.asSlice(4);
            MemorySegment subsampling = numbers.asSlice(8);
            MemorySegment colorSpace = numbers.asSlice(12);
            int status =
                    NativeCall.make(
                            () ->
                                    (int)
                                            tjDecompressHeader3
                                                    .handle()
                                                    .invokeExact(
                                                            handle,
                                                            jpeg,
                                                            jpeg.byteSize(),
                                                            width,
                                                            height,
                                                            subsampling,
                                                            colorSpace));
            return new Frame(
                    status,
                    width.get(JAVA_INT, 0),
                    height.get(JAVA_INT, 0),
                    subsampling.get(JAVA_INT, 0));
        }
    }

    @Override
    public int decompressToPlanes(
            MemorySegment handle,
            MemorySegment jpeg,
            MemorySegment planes,
            MemorySegment strides,
            Size size,
            JpegScale scale) {
        Size scaled = scale.of(size);
        return NativeCall.make(
                () ->
                        (int)
                                tjDecompressToYUVPlanes
                                        .handle()
                                        .invokeExact(
                                                handle,
                                                jpeg,
                                                jpeg.byteSize(),
                                                planes,
                                                scaled.width(),
                                                strides,
                                                scaled.height(),
                                                TJFLAG_LIMITSCANS));
    }

    @Override
    public int decompressPacked(
            MemorySegment handle,
            MemorySegment jpeg,
            MemorySegment pixels,
            Size size,
            JpegScale scale,
            ColorModel color) {
        Size scaled = scale.of(size);
        int format = color == ColorModel.CMYK ? TJPF_CMYK : TJPF_RGB;
        int pitch = scaled.width() * color.planes();
        return NativeCall.make(
                () ->
                        (int)
                                tjDecompress2
                                        .handle()
                                        .invokeExact(
                                                handle,
                                                jpeg,
                                                jpeg.byteSize(),
                                                pixels,
                                                scaled.width(),
                                                pitch,
                                                scaled.height(),
                                                format,
                                                TJFLAG_LIMITSCANS));
    }

    /** Without the accurate DCT the library takes one that loses quality and hardly any time. */
    @Override
    public int compress(
            MemorySegment handle,
            MemorySegment planes,
            MemorySegment strides,
            Size size,
            JpegSubsampling subsampling,
            MemorySegment jpegPointer,
            MemorySegment jpegSize,
            EncodeSettings settings) {
        int flags =
                TJFLAG_NOREALLOC
                        | TJFLAG_ACCURATEDCT
                        | (settings.progressive() ? TJFLAG_PROGRESSIVE : 0);
        return NativeCall.make(
                () ->
                        (int)
                                tjCompressFromYUVPlanes
                                        .handle()
                                        .invokeExact(
                                                handle,
                                                planes,
                                                size.width(),
                                                strides,
                                                size.height(),
                                                subsampling.number(),
                                                jpegPointer,
                                                jpegSize,
                                                settings.quality(),
                                                flags));
    }

    @Override
    public MemorySegment transformer(JpegBounds bounds) {
        return orOutOfMemory(
                NativeCall.make(() -> (MemorySegment) tjInitTransform.handle().invokeExact()));
    }

    @Override
    public int transform(
            MemorySegment handle,
            MemorySegment jpeg,
            JpegTransform transform,
            MemorySegment jpegPointer,
            MemorySegment jpegSize) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment structure = transform.structure(arena);
            return NativeCall.make(
                    () ->
                            (int)
                                    tjTransform
                                            .handle()
                                            .invokeExact(
                                                    handle,
                                                    jpeg,
                                                    jpeg.byteSize(),
                                                    1,
                                                    jpegPointer,
                                                    jpegSize,
                                                    structure,
                                                    TJFLAG_LIMITSCANS));
        }
    }

    @Override
    public void free(MemorySegment memory) {
        NativeCall.make(
                () -> {
                    tjFree.handle().invokeExact(memory);
                    return true;
                });
    }

    @Override
    public int planeWidth(int component, int width, JpegSubsampling subsampling) {
        return NativeCall.make(
                () ->
                        (int)
                                tjPlaneWidth
                                        .handle()
                                        .invokeExact(component, width, subsampling.number()));
    }

    @Override
    public int planeHeight(int component, int height, JpegSubsampling subsampling) {
        return NativeCall.make(
                () ->
                        (int)
                                tjPlaneHeight
                                        .handle()
                                        .invokeExact(component, height, subsampling.number()));
    }

    @Override
    public long bufferSize(Size size, JpegSubsampling subsampling) {
        return NativeCall.make(
                () ->
                        (long)
                                tjBufSize
                                        .handle()
                                        .invokeExact(
                                                size.width(), size.height(), subsampling.number()));
    }

    @Override
    public String error(MemorySegment handle) {
        return NativeCall.make(() -> (MemorySegment) tjGetErrorStr2.handle().invokeExact(handle))
                .reinterpret(LONGEST_MESSAGE)
                .getString(0);
    }

    @Override
    public boolean wasWarning(MemorySegment handle) {
        return NativeCall.make(() -> (int) tjGetErrorCode.handle().invokeExact(handle))
                == TJERR_WARNING;
    }

    @Override
    public void destroy(MemorySegment handle) {
        int ignored = NativeCall.make(() -> (int) tjDestroy.handle().invokeExact(handle));
    }

    static MemorySegment orOutOfMemory(MemorySegment handle) {
        if (handle.equals(MemorySegment.NULL)) {
            throw new OutOfMemoryError("libjpeg-turbo cannot be initialised");
        }
        return handle;
    }
}
