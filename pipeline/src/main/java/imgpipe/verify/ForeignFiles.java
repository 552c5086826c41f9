package imgpipe.verify;

import imgpipe.ledger.OutputOwners;
import imgpipe.shard.FileFault;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Finds the files in an output folder that the ledger does not name. */
final class ForeignFiles {
    private ForeignFiles() {}

    /**
     * Searches the folder; links are not followed.
     *
     * @param root the output folder, without links
     * @param left files and folders that are not judged
     * @param stopped asked before each file; true ends the search
     */
    static void find(
            Path root,
            OutputOwners owners,
            Set<Path> left,
            BooleanSupplier stopped,
            Consumer<Finding> findings)
            throws IOException {
        String uri = root.toUri().getRawPath();
        String prefix = uri.endsWith("/") ? uri : uri + "/";
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        if (stopped.getAsBoolean()) {
                            return FileVisitResult.TERMINATE;
                        }
                        return left.contains(folder)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (stopped.getAsBoolean()) {
                            return FileVisitResult.TERMINATE;
                        }
                        if (!left.contains(file) && !owners.isOwned(relative(file))) {
                            findings.accept(new Finding(Fault.FOREIGN, relative(file), ""));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException fault) {
                        findings.accept(
                                new Finding(
                                        Fault.FOREIGN,
                                        relative(file),
                                        "it cannot be searched: " + FileFault.reason(fault)));
                        return FileVisitResult.CONTINUE;
                    }

                    private String relative(Path file) {
                        return file.toUri().getRawPath().substring(prefix.length());
                    }
                });
    }
}
