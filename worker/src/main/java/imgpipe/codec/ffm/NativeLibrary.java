package imgpipe.codec.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A native library that is loaded and stays so until the process ends.
 *
 * @param location the file, or the bare name if the system's loader found it
 * @param symbols its functions
 */
@SuppressWarnings("restricted")
public record NativeLibrary(String location, SymbolLookup symbols) {
    /**
     * What became of a search.
     *
     * @param library empty if there is none here
     * @param tried each place that was looked at, with the reason why nothing came of it
     */
    public record Search(Optional<NativeLibrary> library, List<String> tried) {
        public Search {
            tried = List.copyOf(tried);
        }
    }

    /**
     * Looks for a library in the folders that {@code IMGPIPE_NATIVE} names, where the system's
     * loader looks, where Homebrew installs, and in the folders that {@code
     * scripts/fetch-native-codecs} fills; the first that loads is taken.
     *
     * @param stem name without prefix and ending: {@code turbojpeg}
     * @param version of its binary interface, as in the ending {@code .so.0}
     */
    public static Search search(String stem, int version) {
        List<String> names = fileNames(stem, version);
        List<String> tried = new ArrayList<>();
        for (Path folder : NativeFolders.named()) {
            Optional<NativeLibrary> found = inFolder(folder, true, names, tried);
            if (found.isPresent()) {
                return new Search(found, tried);
            }
        }
        for (String name : names) {
            Optional<NativeLibrary> found = bySystem(name, tried);
            if (found.isPresent()) {
                return new Search(found, tried);
            }
        }
        for (Path folder : NativeFolders.installed()) {
            Optional<NativeLibrary> found = inFolder(folder, false, names, tried);
            if (found.isPresent()) {
                return new Search(found, tried);
            }
        }
        for (Path folder : NativeFolders.filled()) {
            Optional<NativeLibrary> found = inFolder(folder, true, names, tried);
            if (found.isPresent()) {
                return new Search(found, tried);
            }
        }
        return new Search(Optional.empty(), tried);
    }

    /** Whether it has a function. */
    public boolean has(String function) {
        return symbols.find(function).isPresent();
    }

    /**
     * A function.
     *
     * @throws UnsatisfiedLinkError if it is not there
     */
    NativeFunction function(String name, FunctionDescriptor descriptor) {
        return new NativeFunction(address(name), descriptor);
    }

    /**
     * What is made of its functions; empty where one of them is missing, as in a library of another
     * generation, so that other codecs do its work.
     */
    <T> Optional<T> bound(Function<NativeLibrary, T> binding) {
        try {
            return Optional.of(binding.apply(this));
        } catch (UnsatisfiedLinkError e) {
            return Optional.empty();
        }
    }

    /**
     * Where a function is, for others of the library to call it.
     *
     * @throws UnsatisfiedLinkError if it is not there
     */
    public MemorySegment address(String name) {
        return symbols.find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError(location + " has no " + name));
    }

    private static List<String> fileNames(String stem, int version) {
        return NativeFolders.MAC
                ? List.of("lib" + stem + "." + version + ".dylib", "lib" + stem + ".dylib")
                : List.of("lib" + stem + ".so." + version);
    }

    private static Optional<NativeLibrary> bySystem(String name, List<String> tried) {
        try {
            SymbolLookup symbols = SymbolLookup.libraryLookup(name, Arena.global());
            return Optional.of(new NativeLibrary(name, symbols));
        } catch (IllegalArgumentException missing) {
            tried.add("the system's loader: no " + name);
            return Optional.empty();
        }
    }

    /** Looks into one folder, whose other libraries are loaded only if it is given wholly. */
    private static Optional<NativeLibrary> inFolder(
            Path folder, boolean wholly, List<String> names, List<String> tried) {
        for (String name : names) {
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file)) {
                continue;
            }
            Optional<NativeLibrary> found = load(file);
            if (found.isEmpty() && wholly) {
                loadOthers(folder);
                found = load(file);
            }
            if (found.isPresent()) {
                return found;
            }
            tried.add(file + ": cannot be loaded");
            return Optional.empty();
        }
        tried.add(folder + ": no " + names.getFirst());
        return Optional.empty();
    }

    private static Optional<NativeLibrary> load(Path file) {
        try {
            SymbolLookup symbols = SymbolLookup.libraryLookup(file, Arena.global());
            return Optional.of(new NativeLibrary(file.toString(), symbols));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    /**
     * A library of a private folder may need others beside it, which the loader does not look for
     * there but takes if they are loaded already. As these may need one another, those that fail
     * are tried again as long as there is progress.
     */
    static void loadOthers(Path folder) {
        List<Path> waiting = new ArrayList<>(NativeFolders.libraries(folder));
        int before;
        do {
            before = waiting.size();
            waiting.removeIf(file -> load(file).isPresent());
        } while (waiting.size() < before);
    }
}
