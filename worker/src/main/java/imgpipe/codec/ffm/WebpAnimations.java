package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The functions for animations, which libwebp keeps in two libraries of their own, as {@code
 * demux.h} and {@code mux.h} of 1.2.4 describe them. Both are wanted or neither is used. Newer ones
 * refuse a caller whose idea of their structures differs in the first byte of the ABI's version.
 */
@SuppressWarnings("restricted")
record WebpAnimations(
        NativeFunction WebPAnimDecoderNewInternal,
        NativeFunction WebPAnimDecoderGetInfo,
        NativeFunction WebPAnimDecoderGetNext,
        NativeFunction WebPAnimDecoderDelete,
        NativeFunction WebPAnimEncoderOptionsInitInternal,
        NativeFunction WebPAnimEncoderNewInternal,
        NativeFunction WebPAnimEncoderAdd,
        NativeFunction WebPAnimEncoderAssemble,
        NativeFunction WebPAnimEncoderGetError,
        NativeFunction WebPAnimEncoderDelete) {
    private static final int DEMUX_ABI = 0x0107;
    private static final int MUX_ABI = 0x0108;

    /** ERROR_STR_MAX_LENGTH of {@code anim_encode.c}, and more. */
    private static final int LONGEST_MESSAGE = 1000;

    private static final NativeLibrary.Search DEMUX = NativeLibrary.search("webpdemux", 2);
    private static final NativeLibrary.Search MUX = NativeLibrary.search("webpmux", 3);

    private static final Optional<WebpAnimations> BINDING =
            DEMUX.library()
                    .flatMap(
                            demux ->
                                    MUX.library().flatMap(mux -> mux.bound(_ -> bind(demux, mux))));

    /** The libraries, if both were found. */
    static Optional<WebpAnimations> binding() {
        return BINDING;
    }

    /** Where the library for reading was looked for. */
    static NativeLibrary.Search lookedForDemux() {
        return DEMUX;
    }

    /** Where the library for writing was looked for. */
    static NativeLibrary.Search lookedForMux() {
        return MUX;
    }

    private static WebpAnimations bind(NativeLibrary demux, NativeLibrary mux) {
        FunctionDescriptor release = FunctionDescriptor.ofVoid(ADDRESS);
        FunctionDescriptor both = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
        return new WebpAnimations(
                demux.function(
                        "WebPAnimDecoderNewInternal",
                        FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, JAVA_INT)),
                demux.function("WebPAnimDecoderGetInfo", both),
                demux.function(
                        "WebPAnimDecoderGetNext",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS)),
                demux.function("WebPAnimDecoderDelete", release),
                mux.function(
                        "WebPAnimEncoderOptionsInitInternal",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT)),
                mux.function(
                        "WebPAnimEncoderNewInternal",
                        FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT)),
                mux.function(
                        "WebPAnimEncoderAdd",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS)),
                mux.function("WebPAnimEncoderAssemble", both),
                mux.function("WebPAnimEncoderGetError", FunctionDescriptor.of(ADDRESS, ADDRESS)),
                mux.function("WebPAnimEncoderDelete", release));
    }

    /** A decoder of the file that a WebPData speaks of; NULL if it is damaged. */
    MemorySegment newDecoder(MemorySegment data) {
        return NativeCall.make(
                () ->
                        (MemorySegment)
                                WebPAnimDecoderNewInternal.handle()
                                        .invokeExact(data, MemorySegment.NULL, DEMUX_ABI));
    }

    /** Fills a WebPAnimInfo. */
    boolean info(MemorySegment decoder, MemorySegment info) {
        return NativeCall.make(
                        () -> (int) WebPAnimDecoderGetInfo.handle().invokeExact(decoder, info))
                != 0;
    }

    /** Decodes one more frame; false if there is none or it is damaged. */
    boolean next(MemorySegment decoder, MemorySegment canvas, MemorySegment timestamp) {
        return NativeCall.make(
                        () ->
                                (int)
                                        WebPAnimDecoderGetNext.handle()
                                                .invokeExact(decoder, canvas, timestamp))
                != 0;
    }

    void deleteDecoder(MemorySegment decoder) {
        NativeCall.make(
                () -> {
                    WebPAnimDecoderDelete.handle().invokeExact(decoder);
                    return true;
                });
    }

    /** Fills options with defaults; false if the library's differ. */
    boolean initOptions(MemorySegment options) {
        return NativeCall.make(
                        () ->
                                (int)
                                        WebPAnimEncoderOptionsInitInternal.handle()
                                                .invokeExact(options, MUX_ABI))
                != 0;
    }

    /** An encoder; NULL if there is no memory for it. */
    MemorySegment newEncoder(int width, int height, MemorySegment options) {
        return NativeCall.make(
                () ->
                        (MemorySegment)
                                WebPAnimEncoderNewInternal.handle()
                                        .invokeExact(width, height, options, MUX_ABI));
    }

    /** Adds a frame that is shown from then on; NULL ends the last one. */
    boolean add(MemorySegment encoder, MemorySegment frame, int millis, MemorySegment config) {
        return NativeCall.make(
                        () ->
                                (int)
                                        WebPAnimEncoderAdd.handle()
                                                .invokeExact(encoder, frame, millis, config))
                != 0;
    }

    /** Fills a WebPData with a file that WebPFree gives back. */
    boolean assemble(MemorySegment encoder, MemorySegment data) {
        return NativeCall.make(
                        () -> (int) WebPAnimEncoderAssemble.handle().invokeExact(encoder, data))
                != 0;
    }

    /** What the library says of an encoder's last failure; empty if it says nothing. */
    String error(MemorySegment encoder) {
        MemorySegment text =
                NativeCall.make(
                        () ->
                                (MemorySegment)
                                        WebPAnimEncoderGetError.handle().invokeExact(encoder));
        return text.equals(MemorySegment.NULL)
                ? ""
                : text.reinterpret(LONGEST_MESSAGE).getString(0);
    }

    void deleteEncoder(MemorySegment encoder) {
        NativeCall.make(
                () -> {
                    WebPAnimEncoderDelete.handle().invokeExact(encoder);
                    return true;
                });
    }
}
