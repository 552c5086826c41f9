package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The functions of libwebp that imgpipe calls, as {@code decode.h} and {@code encode.h} of 1.2.4
 * describe them. Newer versions have the same: the library refuses a caller whose idea of its
 * structures differs in the first byte of the ABI's version.
 */
@SuppressWarnings("restricted")
record Webp(
        NativeLibrary library,
        NativeFunction WebPGetEncoderVersion,
        NativeFunction WebPGetFeaturesInternal,
        NativeFunction WebPDecodeYUVInto,
        NativeFunction WebPDecodeRGBInto,
        NativeFunction WebPDecodeRGBAInto,
        NativeFunction WebPINewRGB,
        NativeFunction WebPIUpdate,
        NativeFunction WebPIDelete,
        NativeFunction WebPConfigInitInternal,
        NativeFunction WebPPictureInitInternal,
        NativeFunction WebPPictureImportRGB,
        NativeFunction WebPPictureImportRGBA,
        NativeFunction WebPPictureFree,
        NativeFunction WebPEncode,
        NativeFunction WebPMemoryWriterInit,
        NativeFunction WebPMemoryWriterClear,
        NativeFunction WebPFree,
        MemorySegment WebPMemoryWrite) {
    static final int DECODER_ABI = 0x0209;
    static final int ENCODER_ABI = 0x020f;

    static final int VP8_STATUS_OK = 0;
    static final int VP8_STATUS_OUT_OF_MEMORY = 1;
    static final int VP8_STATUS_UNSUPPORTED_FEATURE = 4;
    static final int VP8_STATUS_SUSPENDED = 5;
    static final int VP8_STATUS_NOT_ENOUGH_DATA = 7;

    static final int MODE_RGB = 0;
    static final int MODE_RGBA = 1;

    /** The search is made once for all codecs of the process. */
    private static final NativeLibrary.Search SEARCH = NativeLibrary.search("webp", 7);

    private static final Optional<Webp> BINDING =
            SEARCH.library().flatMap(library -> library.bound(Webp::bind));

    /** The library, if it was found. */
    static Optional<Webp> binding() {
        return BINDING;
    }

    /** Where it was looked for. */
    static NativeLibrary.Search lookedFor() {
        return SEARCH;
    }

    private static Webp bind(NativeLibrary library) {
        FunctionDescriptor into =
                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT);
        FunctionDescriptor importing = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
        return new Webp(
                library,
                library.function("WebPGetEncoderVersion", FunctionDescriptor.of(JAVA_INT)),
                library.function(
                        "WebPGetFeaturesInternal",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_INT)),
                library.function(
                        "WebPDecodeYUVInto",
                        FunctionDescriptor.of(
                                ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS,
                                JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT)),
                library.function("WebPDecodeRGBInto", into),
                library.function("WebPDecodeRGBAInto", into),
                library.function(
                        "WebPINewRGB",
                        FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT)),
                library.function(
                        "WebPIUpdate",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG)),
                library.function("WebPIDelete", FunctionDescriptor.ofVoid(ADDRESS)),
                library.function(
                        "WebPConfigInitInternal",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_FLOAT, JAVA_INT)),
                library.function(
                        "WebPPictureInitInternal",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT)),
                library.function("WebPPictureImportRGB", importing),
                library.function("WebPPictureImportRGBA", importing),
                library.function("WebPPictureFree", FunctionDescriptor.ofVoid(ADDRESS)),
                library.function("WebPEncode", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS)),
                library.function("WebPMemoryWriterInit", FunctionDescriptor.ofVoid(ADDRESS)),
                library.function("WebPMemoryWriterClear", FunctionDescriptor.ofVoid(ADDRESS)),
                library.function("WebPFree", FunctionDescriptor.ofVoid(ADDRESS)),
                library.address("WebPMemoryWrite"));
    }

    /** As {@code 1.2.4}. */
    String version() {
        int version = NativeCall.make(() -> (int) WebPGetEncoderVersion.handle().invokeExact());
        return (version >> 16) + "." + ((version >> 8) & 0xFF) + "." + (version & 0xFF);
    }

    /** Fills a structure of 40 bytes; returns a status. */
    int features(MemorySegment webp, MemorySegment features) {
        return NativeCall.make(
                () ->
                        (int)
                                WebPGetFeaturesInternal.handle()
                                        .invokeExact(webp, webp.byteSize(), features, DECODER_ABI));
    }

    /** Whether all rows were decoded; the chroma planes have the same stride. */
    boolean decodeYuv(
            MemorySegment webp,
            MemorySegment luma,
            int lumaStride,
            MemorySegment u,
            MemorySegment v,
            int chromaStride) {
        MemorySegment result =
                NativeCall.make(
                        () ->
                                (MemorySegment)
                                        WebPDecodeYUVInto.handle()
                                                .invokeExact(
                                                        webp,
                                                        webp.byteSize(),
                                                        luma,
                                                        luma.byteSize(),
                                                        lumaStride,
                                                        u,
                                                        u.byteSize(),
                                                        chromaStride,
                                                        v,
                                                        v.byteSize(),
                                                        chromaStride));
        return !result.equals(MemorySegment.NULL);
    }

    /** Whether all rows were decoded, to three channels or, with alpha, four. */
    boolean decodePacked(MemorySegment webp, MemorySegment pixels, int stride, boolean alpha) {
        NativeFunction function = alpha ? WebPDecodeRGBAInto : WebPDecodeRGBInto;
        MemorySegment result =
                NativeCall.make(
                        () ->
                                (MemorySegment)
                                        function.handle()
                                                .invokeExact(
                                                        webp,
                                                        webp.byteSize(),
                                                        pixels,
                                                        pixels.byteSize(),
                                                        stride));
        return !result.equals(MemorySegment.NULL);
    }

    /** Decodes as many rows as there are, in the order from above; returns a status. */
    int decodeStepwise(MemorySegment webp, MemorySegment pixels, int stride, boolean alpha) {
        int mode = alpha ? MODE_RGBA : MODE_RGB;
        return NativeCall.make(
                () -> {
                    MemorySegment decoder =
                            (MemorySegment)
                                    WebPINewRGB.handle()
                                            .invokeExact(mode, pixels, pixels.byteSize(), stride);
                    if (decoder.equals(MemorySegment.NULL)) {
                        return VP8_STATUS_OUT_OF_MEMORY;
                    }
                    int status =
                            (int) WebPIUpdate.handle().invokeExact(decoder, webp, webp.byteSize());
                    WebPIDelete.handle().invokeExact(decoder);
                    return status;
                });
    }

    /** Fills a configuration with defaults; false if the library's differs. */
    boolean initConfig(MemorySegment config, float quality) {
        return NativeCall.make(
                        () ->
                                (int)
                                        WebPConfigInitInternal.handle()
                                                .invokeExact(config, 0, quality, ENCODER_ABI))
                != 0;
    }

    /** Fills a picture with defaults; false if the library's differs. */
    boolean initPicture(MemorySegment picture) {
        return NativeCall.make(
                        () ->
                                (int)
                                        WebPPictureInitInternal.handle()
                                                .invokeExact(picture, ENCODER_ABI))
                != 0;
    }

    void initWriter(MemorySegment writer) {
        NativeCall.make(
                () -> {
                    WebPMemoryWriterInit.handle().invokeExact(writer);
                    return true;
                });
    }

    /** Copies pixels of three channels or, with alpha, four into a picture. */
    boolean importPixels(MemorySegment picture, MemorySegment pixels, int stride, boolean alpha) {
        NativeFunction function = alpha ? WebPPictureImportRGBA : WebPPictureImportRGB;
        return NativeCall.make(() -> (int) function.handle().invokeExact(picture, pixels, stride))
                != 0;
    }

    boolean encode(MemorySegment config, MemorySegment picture) {
        return NativeCall.make(() -> (int) WebPEncode.handle().invokeExact(config, picture)) != 0;
    }

    /** Gives back what the library has allocated for the two. */
    void clear(MemorySegment writer, MemorySegment picture) {
        NativeCall.make(
                () -> {
                    WebPMemoryWriterClear.handle().invokeExact(writer);
                    return true;
                });
        free(picture);
    }

    /** Gives back what the library has allocated for a picture. */
    void free(MemorySegment picture) {
        NativeCall.make(
                () -> {
                    WebPPictureFree.handle().invokeExact(picture);
                    return true;
                });
    }

    /** Gives back what the library has handed out; NULL is nothing. */
    void freeMemory(MemorySegment memory) {
        NativeCall.make(
                () -> {
                    WebPFree.handle().invokeExact(memory);
                    return true;
                });
    }
}
