package imgpipe.job;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the pictures are. */
public sealed interface Input {
    /** Pictures that no worker can open where they are: they are fetched into files first. */
    sealed interface Fetched extends Input {}

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
     * Every picture in a bucket or below a prefix of it, or the one object of that key.
     *
     * @param address {@code s3://bucket/prefix}
     */
    record Bucket(String address) implements Fetched {}

    /**
     * Every picture in a tar or zip file.
     *
     * @param file the archive
     */
    record Archive(Path file) implements Fetched {}

    /**
     * What is at one address, whatever its extension.
     *
     * @param address may hold secrets
     */
    record Address(String address) implements Fetched {}

    /**
     * What is at the addresses that a file or standard input lists.
     *
     * @param list text, CSV or JSON lines, see {@link imgpipe.listing.AddressList}; null for
     *     standard input
     * @param addressColumn the column or field with addresses, or null for the usual one
     * @param nameColumn the column or field with names, or null to name pictures by their addresses
     */
    record Addresses(
            @Nullable Path list, @Nullable String addressColumn, @Nullable String nameColumn)
            implements Fetched {}

    /**
     * The pictures of an earlier run that failed or are in quarantine, as the last word of its
     * ledger on them says.
     *
     * @param root the folder that their names are relative to; of no use with an origin
     * @param ledger where they stand
     * @param kinds names of the failures that are meant; none for all
     * @param origin what lists them, if their names do not tell where they are; otherwise null
     */
    record Unfinished(Path root, Path ledger, Set<String> kinds, @Nullable Fetched origin)
            implements Input {
        public Unfinished {
            kinds = Set.copyOf(kinds);
        }
    }

    /** What pictures must be fetched from, or null if workers open them where they are. */
    default @Nullable Fetched fetched() {
        return switch (this) {
            case Fetched fetched -> fetched;
            case Unfinished unfinished -> unfinished.origin();
            default -> null;
        };
    }
}
