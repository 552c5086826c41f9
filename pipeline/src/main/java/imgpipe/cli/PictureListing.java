package imgpipe.cli;

import imgpipe.image.ImageFormat;
import imgpipe.shard.FileFault;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The files that arguments name: themselves, or the pictures in a folder and those below it. */
final class PictureListing {
    private final boolean allFiles;
    private final BiConsumer<Path, String> unreadable;

    /**
     * A listing.
     *
     * @param allFiles whether files in folders count that have no picture extension
     * @param unreadable hears of a folder or file that cannot be looked at, and why
     */
    PictureListing(boolean allFiles, BiConsumer<Path, String> unreadable) {
        this.allFiles = allFiles;
        this.unreadable = unreadable;
    }

    /** The files, those of a folder in the order of their names. */
    List<Path> of(Path argument) throws IOException {
        if (!Files.isDirectory(argument)) {
            return List.of(argument);
        }
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(
                argument,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes facts) {
                        return folder.equals(argument) || !isHidden(folder)
                                ? FileVisitResult.CONTINUE
                                : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                        if (!isHidden(file)
                                && (allFiles || hasPictureExtension(file))
                                && Files.isRegularFile(file)) {
                            found.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException fault) {
                        unreadable.accept(file, FileFault.reason(fault));
                        return FileVisitResult.CONTINUE;
                    }
                });
        Collections.sort(found);
        return found;
    }

    private static boolean isHidden(Path file) {
        return name(file).startsWith(".");
    }

    private static boolean hasPictureExtension(Path file) {
        String name = name(file);
        return ImageFormat.ofExtension(name.substring(name.lastIndexOf('.') + 1)).isPresent();
    }

    private static String name(Path file) {
        return Optional.ofNullable(file.getFileName()).map(Path::toString).orElse("");
    }
}
