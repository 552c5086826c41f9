package imgpipe.job;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the pictures are. */
public sealed interface Input {
    /** Every picture in a folder and the folders below it. */
    record Folder(Path root) implements Input {}

    /** One file, whatever its extension. */
    record SingleFile(Path file) implements Input {}

    /**
     * Files whose path below the root matches.
     *
     * @param root the part of the pattern before its first wildcard
     * @param pattern glob of {@link java.nio.file.FileSystem#getPathMatcher}, relative to the root
     */
    record Glob(Path root, String pattern) implements Input {}

    /**
     * The names that a file or standard input lists, one a line.
     *
     * @param list file to read, or null for standard input
     * @param nulSeparated names end in NUL instead of a line feed
     * @param root names are relative to it; those outside are failures
     */
    record Listed(@Nullable Path list, boolean nulSeparated, Path root) implements Input {}
}
