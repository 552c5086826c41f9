package imgpipe.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folders that outputs go to: none outside the output folder, and all of them with names that
 * survive a power loss.
 */
final class Folders {
    private final Path root;
    private final Set<Path> existing = ConcurrentHashMap.newKeySet();

    /** Those whose own names this run has forced to the disk. Used by the forcing thread alone. */
    private final Set<Path> durable = new HashSet<>();

    /**
     * For one run.
     *
     * @param root the output folder, without links
     */
    Folders(Path root) {
        this.root = root;
        durable.add(root);
    }

    static Path of(Path target) {
        Path folder = target.getParent();
        if (folder == null) {
            throw new IllegalArgumentException(target + " has no folder");
        }
        return folder;
    }

    /**
     * Makes the target's folder.
     *
     * @throws OutsideException when a link has put it somewhere else
     */
    void make(Path target) throws IOException {
        Path folder = of(target);
        if (existing.contains(folder)) {
            return;
        }
        Path there = folder;
        while (Files.notExists(there)) {
            there = of(there);
        }
        // Before anything is made below it.
        if (!there.toRealPath().startsWith(root)) {
            throw new OutsideException(there + " is a link that leads out of the output folder");
        }
        Files.createDirectories(folder);
        existing.add(folder);
    }

    /**
     * Forces the names in these folders to the disk, and once in a run those of the folders
     * themselves: one that is there may have been made by a run that was killed before it forced
     * the name. Called from one thread.
     */
    void force(Set<Path> touched) throws IOException {
        Set<Path> all = new LinkedHashSet<>(touched);
        Set<Path> named = new HashSet<>();
        for (Path folder : touched) {
            for (Path each = folder;
                    each.startsWith(root) && !durable.contains(each);
                    each = of(each)) {
                if (named.add(each)) {
                    all.add(of(each));
                }
            }
        }
        for (Path folder : all) {
            DurableFiles.forceFolder(folder);
        }
        durable.addAll(named);
    }

    /** Such an output is given up at once. */
    static final class OutsideException extends IOException {
        private static final long serialVersionUID = 1L;

        OutsideException(String sentence) {
            super(sentence);
        }
    }
}
