package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whole zlib streams by libdeflate, as {@code libdeflate.h} of 1.14 describes it; it inflates three
 * times as fast as zlib and deflates twice as fast, but only from memory to memory. An instance
 * belongs to one thread.
 */
@SuppressWarnings("restricted")
public final class Libdeflate implements AutoCloseable {
    private static final int SUCCESS = 0;

    /** The highest level. */
    private static final int MOST = 12;

    private static final NativeLibrary.Search SEARCH = NativeLibrary.search("deflate", 0);

    private static final Optional<Functions> FUNCTIONS =
            SEARCH.library().flatMap(library -> library.bound(Functions::of));

    private record Functions(
            NativeFunction newDecompressor,
            NativeFunction freeDecompressor,
            NativeFunction decompress,
            NativeFunction newCompressor,
            NativeFunction freeCompressor,
            NativeFunction bound,
            NativeFunction compress) {
        static Functions of(NativeLibrary library) {
            return new Functions(
                    library.function(
                            "libdeflate_alloc_decompressor", FunctionDescriptor.of(ADDRESS)),
                    library.function(
                            "libdeflate_free_decompressor", FunctionDescriptor.ofVoid(ADDRESS)),
                    library.function(
                            "libdeflate_zlib_decompress",
                            FunctionDescriptor.of(
                                    JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG,
                                    ADDRESS)),
                    library.function(
                            "libdeflate_alloc_compressor",
                            FunctionDescriptor.of(ADDRESS, JAVA_INT)),
                    library.function(
                            "libdeflate_free_compressor", FunctionDescriptor.ofVoid(ADDRESS)),
                    library.function(
                            "libdeflate_zlib_compress_bound",
                            FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG)),
                    library.function(
                            "libdeflate_zlib_compress",
                            FunctionDescriptor.of(
                                    JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG)));
        }
    }

    private final Functions functions;
    private final MemorySegment decompressor;

    /** By level; made when they are first asked for. */
    private final @Nullable MemorySegment[] compressors = new @Nullable MemorySegment[MOST + 1];

    private Libdeflate(Functions functions) {
        this.functions = functions;
        decompressor =
                orOutOfMemory(
                        NativeCall.make(
                                () ->
                                        (MemorySegment)
                                                functions.newDecompressor.handle().invokeExact()));
    }

    /** One for the calling thread; empty where the library is not found. */
    public static Optional<Libdeflate> load() {
        return FUNCTIONS.map(Libdeflate::new);
    }

    /** Where the library was looked for, and what came of it. */
    public static NativeLibrary.Search search() {
        return SEARCH;
    }

    /**
     * Inflates as many bytes as the target has; false if the stream holds fewer or more, or is
     * damaged.
     *
     * @param stream native memory, with its zlib header
     * @param target native memory
     */
    public boolean inflate(MemorySegment stream, MemorySegment target) {
        int result =
                NativeCall.make(
                        () ->
                                (int)
                                        functions
                                                .decompress
                                                .handle()
                                                .invokeExact(
                                                        decompressor,
                                                        stream,
                                                        stream.byteSize(),
                                                        target,
                                                        target.byteSize(),
                                                        MemorySegment.NULL));
        return result == SUCCESS;
    }

    /** The most bytes that so many can become, at any level. */
    public long bound(long bytes) {
        return NativeCall.make(
                () -> (long) functions.bound.handle().invokeExact(MemorySegment.NULL, bytes));
    }

    /**
     * Deflates to a zlib stream.
     *
     * @param bytes native memory
     * @param target native memory, as large as {@link #bound} says
     * @param level 0 to 12
     * @return the stream's length
     */
    public long deflate(MemorySegment bytes, MemorySegment target, int level) {
        MemorySegment compressor = compressor(level);
        return NativeCall.make(
                () ->
                        (long)
                                functions
                                        .compress
                                        .handle()
                                        .invokeExact(
                                                compressor,
                                                bytes,
                                                bytes.byteSize(),
                                                target,
                                                target.byteSize()));
    }

    @Override
    public void close() {
        NativeCall.make(
                () -> {
                    functions.freeDecompressor.handle().invokeExact(decompressor);
                    for (MemorySegment compressor : compressors) {
                        if (compressor != null) {
                            functions.freeCompressor.handle().invokeExact(compressor);
                        }
                    }
                    return true;
                });
    }

    private MemorySegment compressor(int level) {
        MemorySegment made = compressors[level];
        if (made == null) {
            made =
                    orOutOfMemory(
                            NativeCall.make(
                                    () ->
                                            (MemorySegment)
                                                    functions
                                                            .newCompressor
                                                            .handle()
                                                            .invokeExact(level)));
            compressors[level] = made;
        }
        return made;
    }

    private static MemorySegment orOutOfMemory(MemorySegment handle) {
        if (handle.equals(MemorySegment.NULL)) {
            throw new OutOfMemoryError("libdeflate cannot be initialised");
        }
        return handle;
    }
}
