package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;

import imgpipe.codec.PictureException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * libheif, and how its functions are called: with what they take in Java's types, checked when they
 * are. That costs a microsecond a call, of which a picture has some dozens.
 */
@SuppressWarnings("restricted")
final class Heif {
    static final int HEVC = 1;
    static final int AV1 = 4;

    /** Beside the library where it was fetched; where it was installed it finds them itself. */
    private static final String PLUGINS = "libheif-plugins";

    /** What older versions do without. */
    private static final Set<HeifFunction> NEWER =
            Set.of(HeifFunction.heif_image_handle_get_preferred_decoding_colorspace);

    /** The search is made once for all codecs of the process. */
    private static final NativeLibrary.Search SEARCH = NativeLibrary.search("heif", 1);

    private static final Optional<Heif> BINDING =
            SEARCH.library().flatMap(library -> library.bound(Heif::new));

    private final Map<HeifFunction, NativeFunction> functions = new EnumMap<>(HeifFunction.class);
    private final Map<HeifFunction, MethodHandle> spread = new EnumMap<>(HeifFunction.class);

    private Heif(NativeLibrary library) {
        for (HeifFunction function : HeifFunction.values()) {
            if (!NEWER.contains(function) || library.has(function.name())) {
                functions.put(function, library.function(function.name(), function.descriptor()));
            }
        }
        fault(HeifFunction.heif_init, MemorySegment.NULL);
        loadPlugins(library.location());
    }

    /** The library, if it was found. */
    static Optional<Heif> binding() {
        return BINDING;
    }

    /** Where it was looked for. */
    static NativeLibrary.Search lookedFor() {
        return SEARCH;
    }

    private void loadPlugins(String library) {
        Path folder = Path.of(library).resolveSibling(PLUGINS);
        if (folder.isAbsolute() && Files.isDirectory(folder)) {
            // What plugins need lies beside the library, too.
            NativeLibrary.loadOthers(folder.resolveSibling("."));
            try (Arena arena = Arena.ofConfined()) {
                fault(
                        HeifFunction.heif_load_plugins,
                        arena.allocateFrom(folder.toString()),
                        MemorySegment.NULL,
                        MemorySegment.NULL,
                        0);
            }
        }
    }

    /** As {@code 1.15.1}. */
    String version() {
        return HeifFault.text(pointer(HeifFunction.heif_get_version));
    }

    /** Whether it decodes what is compressed so: {@link #HEVC} or {@link #AV1}. */
    boolean decodes(int compression) {
        return number(HeifFunction.heif_have_decoder_for_format, compression) != 0;
    }

    /** Whether it compresses so. */
    boolean encodes(int compression) {
        return number(HeifFunction.heif_have_encoder_for_format, compression) != 0;
    }

    /** Whether this version has a function that not all have. */
    boolean has(HeifFunction function) {
        return functions.containsKey(function);
    }

    /** Calls a function that returns an int. */
    int number(HeifFunction function, Object... arguments) {
        return (int) call(function, arguments);
    }

    /** Calls a function that returns a size. */
    long size(HeifFunction function, Object... arguments) {
        return (long) call(function, arguments);
    }

    /** Calls a function that returns an address. */
    MemorySegment pointer(HeifFunction function, Object... arguments) {
        return (MemorySegment) call(function, arguments);
    }

    /**
     * Calls a function that returns what it has made.
     *
     * @throws OutOfMemoryError if that is nothing
     */
    MemorySegment made(HeifFunction function, Object... arguments) {
        MemorySegment made = pointer(function, arguments);
        if (made.equals(MemorySegment.NULL)) {
            throw new OutOfMemoryError("libheif has no memory for the picture");
        }
        return made;
    }

    /** Calls a function that returns nothing, unless the last argument is null in C's sense. */
    void release(HeifFunction function, MemorySegment object) {
        if (!object.equals(MemorySegment.NULL)) {
            call(function, object);
        }
    }

    /** Calls a function that can fail, and fails with it. */
    void attempt(HeifFunction function, Object... arguments) throws PictureException {
        HeifFault fault = fault(function, arguments);
        if (!fault.isNone()) {
            throw fault.explained();
        }
    }

    /** Calls a function that can fail. */
    HeifFault fault(HeifFunction function, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            Object[] all = new Object[arguments.length + 1];
            all[0] = (SegmentAllocator) arena;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            return HeifFault.of((MemorySegment) call(function, all));
        }
    }

    /**
     * Calls a function that can fail and whose last parameter is where it puts an object, for
     * others to release.
     */
    MemorySegment make(HeifFunction function, Object... arguments) throws PictureException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(ADDRESS);
            Object[] all = new Object[arguments.length + 1];
            System.arraycopy(arguments, 0, all, 0, arguments.length);
            all[arguments.length] = place;
            attempt(function, all);
            return place.get(ADDRESS, 0);
        }
    }

    /** Calls a function that returns nothing. */
    void run(HeifFunction function, Object... arguments) {
        call(function, arguments);
    }

    private Object call(HeifFunction function, Object... arguments) {
        MethodHandle handle = spread(function);
        return NativeCall.make(
                () -> {
                    Object result = (Object) handle.invokeExact(arguments);
                    return result == null ? MemorySegment.NULL : result;
                });
    }

    private MethodHandle spread(HeifFunction function) {
        synchronized (spread) {
            return spread.computeIfAbsent(function, this::spreading);
        }
    }

    private MethodHandle spreading(HeifFunction function) {
        NativeFunction bound = functions.get(function);
        if (bound == null) {
            throw new AssertionError("this libheif has no " + function);
        }
        MethodHandle handle = bound.handle();
        return handle.asType(handle.type().generic())
                .asSpreader(Object[].class, handle.type().parameterCount());
    }
}
