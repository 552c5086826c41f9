package imgpipe.job;

import java.nio.file.Path;
import java.util.Set;
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

    /**
     * The pictures of an earlier run that failed or are in quarantine, as the last word of its
     * ledger on them says.
     *
     * @param root the folder that their names are relative to
     * @param ledger where they stand
     * @param kinds names of the failures that are meant; none for all
     */
    record Unfinished(Path root, Path ledger, Set<String> kinds) implements Input {
        public Unfinished {
            kinds = Set.copyOf(kinds);
        }
    }
}
