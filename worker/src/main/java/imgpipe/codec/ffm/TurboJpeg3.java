package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Size;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/**
 * The functions {@code tj3…}, as {@code turbojpeg.h} of 3.0 to 3.2 describes them. Their settings
 * stay with a handle from call to call. Versions before 3.1 do not know all of the limits, and go
 * without those.
 */
@SuppressWarnings("restricted")
record TurboJpeg3(
        NativeLibrary library,
        NativeFunction tj3Init,
        NativeFunction tj3Set,
        NativeFunction tj3Get,
        NativeFunction tj3DecompressHeader,
        NativeFunction tj3SetScalingFactor,
        NativeFunction tj3DecompressToYUVPlanes8,
        NativeFunction tj3Decompress8,
        NativeFunction tj3CompressFromYUVPlanes8,
        NativeFunction tj3YUVPlaneWidth,
        NativeFunction tj3YUVPlaneHeight,
        NativeFunction tj3JPEGBufSize,
        NativeFunction tj3GetErrorStr,
        NativeFunction tj3GetErrorCode,
        NativeFunction tj3Destroy,
        NativeFunction tj3Transform,
        NativeFunction tj3Free)
        implements TurboJpeg {
    private static final int TJINIT_COMPRESS = 0;
    private static final int TJINIT_DECOMPRESS = 1;
    private static final int TJINIT_TRANSFORM = 2;

    private static final int TJPARAM_NOREALLOC = 2;
    private static final int TJPARAM_QUALITY = 3;
    private static final int TJPARAM_SUBSAMP = 4;
    private static final int TJPARAM_JPEGWIDTH = 5;
    private static final int TJPARAM_JPEGHEIGHT = 6;
    private static final int TJPARAM_PROGRESSIVE = 12;
    private static final int TJPARAM_SCANLIMIT = 13;
    private static final int TJPARAM_MAXMEMORY = 23;
    private static final int TJPARAM_MAXPIXELS = 24;
    private static final int TJPARAM_SAVEMARKERS = 25;

    /** {@code tjscalingfactor}, numerator before denominator. */
    private static final MemoryLayout SCALING_FACTOR =
            MemoryLayout.structLayout(JAVA_INT, JAVA_INT);

    private static final int EIGHTHS = 8;

    static TurboJpeg3 bind(NativeLibrary library) {
        FunctionDescriptor side = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
        return new TurboJpeg3(
                library,
                library.function("tj3Init", FunctionDescriptor.of(ADDRESS, JAVA_INT)),
                library.function(
                        "tj3Set", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT)),
                library.function("tj3Get", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT)),
                library.function(
                        "tj3DecompressHeader",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG)),
                library.function(
                        "tj3SetScalingFactor",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, SCALING_FACTOR)),
                library.function(
                        "tj3DecompressToYUVPlanes8",
                        FunctionDescriptor.of(
                                JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS)),
                library.function(
                        "tj3Decompress8",
                        FunctionDescriptor.of(
                                JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_INT,
                                JAVA_INT)),
                library.function(
                        "tj3CompressFromYUVPlanes8",
                        FunctionDescriptor.of(
                                JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS,
                                ADDRESS)),
                library.function("tj3YUVPlaneWidth", side),
                library.function("tj3YUVPlaneHeight", side),
                library.function(
                        "tj3JPEGBufSize",
                        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT)),
                library.function("tj3GetErrorStr", FunctionDescriptor.of(ADDRESS, ADDRESS)),
                library.function("tj3GetErrorCode", FunctionDescriptor.of(JAVA_INT, ADDRESS)),
                library.function("tj3Destroy", FunctionDescriptor.ofVoid(ADDRESS)),
                library.function(
                        "tj3Transform",
                        FunctionDescriptor.of(
                                JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS,
                                ADDRESS)),
                library.function("tj3Free", FunctionDescriptor.ofVoid(ADDRESS)));
    }

    @Override
    public MemorySegment decompressor(JpegBounds bounds) {
        return bounded(init(TJINIT_DECOMPRESS), bounds);
    }

    private MemorySegment bounded(MemorySegment handle, JpegBounds bounds) {
        set(handle, TJPARAM_SCANLIMIT, bounds.scans());
        set(handle, TJPARAM_MAXMEMORY, bounds.megabytes());
        if (bounds.pixels() <= Integer.MAX_VALUE) {
            set(handle, TJPARAM_MAXPIXELS, (int) bounds.pixels());
        }
        // From 3.1 on the header's reader copies the ICC profile, which is read here already.
        set(handle, TJPARAM_SAVEMARKERS, 0);
        return handle;
    }

    @Override
    public MemorySegment compressor() {
        MemorySegment handle = init(TJINIT_COMPRESS);
        set(handle, TJPARAM_NOREALLOC, 1);
        return handle;
    }

    @Override
    public Frame header(MemorySegment handle, MemorySegment jpeg) {
        int status =
                NativeCall.make(
                        () ->
                                (int)
                                        tj3DecompressHeader
                                                .handle()
                                                .invokeExact(handle, jpeg, jpeg.byteSize()));
        return new Frame(
                status,
                get(handle, TJPARAM_JPEGWIDTH),
                get(handle, TJPARAM_JPEGHEIGHT),
                get(handle, TJPARAM_SUBSAMP));
    }

    @Override
    public int decompressToPlanes(
            MemorySegment handle,
            MemorySegment jpeg,
            MemorySegment planes,
            MemorySegment strides,
            Size size,
            JpegScale scale) {
        int status = setScale(handle, scale);
        return status != 0
                ? status
                : NativeCall.make(
                        () ->
                                (int)
                                        tj3DecompressToYUVPlanes8
                                                .handle()
                                                .invokeExact(
                                                        handle,
                                                        jpeg,
                                                        jpeg.byteSize(),
                                                        planes,
                                                        strides));
    }

    @Override
    public int decompressPacked(
            MemorySegment handle,
            MemorySegment jpeg,
            MemorySegment pixels,
            Size size,
            JpegScale scale,
            ColorModel color) {
        int format = color == ColorModel.CMYK ? TurboJpeg2.TJPF_CMYK : TurboJpeg2.TJPF_RGB;
        int pitch = scale.of(size).width() * color.planes();
        int status = setScale(handle, scale);
        return status != 0
                ? status
                : NativeCall.make(
                        () ->
                                (int)
                                        tj3Decompress8
                                                .handle()
                                                .invokeExact(
                                                        handle,
                                                        jpeg,
                                                        jpeg.byteSize(),
                                                        pixels,
                                                        pitch,
                                                        format));
    }

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
        set(handle, TJPARAM_QUALITY, settings.quality());
        set(handle, TJPARAM_SUBSAMP, subsampling.number());
        set(handle, TJPARAM_PROGRESSIVE, settings.progressive() ? 1 : 0);
        return NativeCall.make(
                () ->
                        (int)
                                tj3CompressFromYUVPlanes8
                                        .handle()
                                        .invokeExact(
                                                handle,
                                                planes,
                                                size.width(),
                                                strides,
                                                size.height(),
                                                jpegPointer,
                                                jpegSize));
    }

    @Override
    public MemorySegment transformer(JpegBounds bounds) {
        // It holds the coefficients of both files.
        return bounded(
                init(TJINIT_TRANSFORM),
                new JpegBounds(bounds.pixels(), 2 * bounds.megabytes(), bounds.scans()));
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
                                    tj3Transform
                                            .handle()
                                            .invokeExact(
                                                    handle,
                                                    jpeg,
                                                    jpeg.byteSize(),
                                                    1,
                                                    jpegPointer,
                                                    jpegSize,
                                                    structure));
        }
    }

    @Override
    public void free(MemorySegment memory) {
        NativeCall.make(
                () -> {
                    tj3Free.handle().invokeExact(memory);
                    return true;
                });
    }

    @Override
    public int planeWidth(int component, int width, JpegSubsampling subsampling) {
        return NativeCall.make(
                () ->
                        (int)
                                tj3YUVPlaneWidth
                                        .handle()
                                        .invokeExact(component, width, subsampling.number()));
    }

    @Override
    public int planeHeight(int component, int height, JpegSubsampling subsampling) {
        return NativeCall.make(
                () ->
                        (int)
                                tj3YUVPlaneHeight
                                        .handle()
                                        .invokeExact(component, height, subsampling.number()));
    }

    @Override
    public long bufferSize(Size size, JpegSubsampling subsampling) {
        return NativeCall.make(
                () ->
                        (long)
                                tj3JPEGBufSize
                                        .handle()
                                        .invokeExact(
                                                size.width(), size.height(), subsampling.number()));
    }

    @Override
    public String error(MemorySegment handle) {
        return NativeCall.make(() -> (MemorySegment) tj3GetErrorStr.handle().invokeExact(handle))
                .reinterpret(TurboJpeg2.LONGEST_MESSAGE)
                .getString(0);
    }

    @Override
    public boolean wasWarning(MemorySegment handle) {
        return NativeCall.make(() -> (int) tj3GetErrorCode.handle().invokeExact(handle))
                == TurboJpeg2.TJERR_WARNING;
    }

    @Override
    public void destroy(MemorySegment handle) {
        NativeCall.make(
                () -> {
                    tj3Destroy.handle().invokeExact(handle);
                    return true;
                });
    }

    private MemorySegment init(int purpose) {
        return TurboJpeg2.orOutOfMemory(
                NativeCall.make(() -> (MemorySegment) tj3Init.handle().invokeExact(purpose)));
    }

    /** Settings that a version does not know are refused, which does no harm. */
    private void set(MemorySegment handle, int parameter, int value) {
        int ignored =
                NativeCall.make(() -> (int) tj3Set.handle().invokeExact(handle, parameter, value));
    }

    private int get(MemorySegment handle, int parameter) {
        return NativeCall.make(() -> (int) tj3Get.handle().invokeExact(handle, parameter));
    }

    private int setScale(MemorySegment handle, JpegScale scale) {
        // The library knows 1/8, 1/4, 1/2 and 1 in their lowest terms only.
        int divisor = Integer.highestOneBit(scale.eighths());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment factor = arena.allocate(SCALING_FACTOR);
            factor.setAtIndex(JAVA_INT, 0, scale.eighths() / divisor);
            factor.setAtIndex(JAVA_INT, 1, EIGHTHS / divisor);
            return NativeCall.make(
                    () -> (int) tj3SetScalingFactor.handle().invokeExact(handle, factor));
        }
    }
}
