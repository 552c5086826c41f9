package imgpipe.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Whether two names that differ in case, or in how accents are composed, are one file in a folder.
 */
final class NameFolding {
    private NameFolding() {}

    /** Tries it with files in this folder, which are gone afterwards. */
    static boolean isFoundIn(Path folder) throws IOException {
        // "é" as one character, and as a letter with an accent behind it.
        return isSame(folder, "imgpipe-CASE", "imgpipe-case")
                || isSame(folder, "imgpipe-\u00e9", "imgpipe-e\u0301");
    }

    private static boolean isSame(Path folder, String made, String other) throws IOException {
        Path file;
        try {
            file = folder.resolve(made);
        } catch (InvalidPathException e) {
            return false;
        }
        Files.createFile(file);
        try {
            return Files.exists(folder.resolve(other));
        } finally {
            Files.delete(file);
        }
    }

    /**
     * The same for a run that writes nothing, judged by the name of the output folder itself or,
     * where it is not there, of the one that it would be made in: whether that is found in other
     * letters too.
     */
    static boolean isLikelyIn(Path output) {
        Path there = output.toAbsolutePath().normalize();
        while (there != null && Files.notExists(there)) {
            there = there.getParent();
        }
        while (there != null && there.getFileName() != null) {
            String name = there.getFileName().toString();
            String upper = name.toUpperCase(Locale.ROOT);
            String other = upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper;
            if (!other.equals(name)) {
                try {
                    return Files.isSameFile(there, there.resolveSibling(other));
                } catch (IOException e) {
                    return false;
                }
            }
            there = there.getParent();
        }
        return false;
    }
}
