package imgpipe.job;

import imgpipe.image.ImageFormat;
import imgpipe.job.JobException.Reason;
import imgpipe.ledger.LedgerEntry;
import imgpipe.shard.FailureKind;
import imgpipe.shard.FileFault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lists the pictures of an input in the file system. Links are followed to files inside the root,
 * never to folders and never out of it.
 */
final class SourceScanner implements Scan {
    private final Input input;
    private final boolean allFiles;
    private final BooleanSupplier stopped;
    private final Path root;
    private final String rootUri;
    private @Nullable NameList names;

    /**
     * A scan that has not begun.
     *
     * @param allFiles whether files without a picture extension are candidates
     * @param stopped asked before each file; true ends the scan
     * @throws JobException when the input is not there
     */
    SourceScanner(Input input, boolean allFiles, BooleanSupplier stopped) throws JobException {
        this.input = input;
        this.allFiles = allFiles;
        this.stopped = stopped;
        root = realRoot(input);
        String uri = root.toUri().getRawPath();
        rootUri = uri.endsWith("/") ? uri : uri + "/";
    }

    /** The folder that names are relative to, without links. */
    Path root() {
        return root;
    }

    @Override
    public boolean searches() {
        return input instanceof Input.Folder || input instanceof Input.Glob;
    }

    private static Path realRoot(Input input) throws JobException {
        Path path =
                switch (input) {
                    case Input.Folder folder -> folder.root();
                    case Input.SingleFile file -> {
                        if (!Files.exists(file.file())) {
                            throw missing(file.file());
                        }
                        Path folder = file.file().toAbsolutePath().getParent();
                        yield folder == null ? file.file() : folder;
                    }
                    case Input.Glob glob -> glob.root();
                    case Input.Listed listed -> listed.root();
                    case Input.Unfinished unfinished -> unfinished.root();
                    case Input.Fetched fetched -> throw notHere(fetched);
                };
        if (!Files.exists(path)) {
            throw missing(path);
        }
        if (!Files.isDirectory(path)) {
            throw new JobException(Reason.USAGE, path + " is not a folder");
        }
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new JobException(
                    Reason.FAILED, path + " cannot be read: " + FileFault.reason(e), e);
        }
    }

    private static IllegalArgumentException notHere(Input.Fetched input) {
        return new IllegalArgumentException(input + " is not in the file system");
    }

    private static JobException missing(Path path) {
        return new JobException(
                Reason.USAGE, path + " is not there; name an existing folder or file to read from");
    }

    @Override
    public void scan(ScanListener listener) throws IOException, JobException {
        switch (input) {
            case Input.Folder folder -> walk(listener, path -> true);
            case Input.SingleFile file -> {
                Path name = file.file().getFileName();
                if (name != null) {
                    look(root.resolve(name), true, listener);
                }
            }
            case Input.Glob glob -> {
                PathMatcher matcher = root.getFileSystem().getPathMatcher("glob:" + glob.pattern());
                walk(listener, path -> matcher.matches(root.relativize(path)));
            }
            case Input.Listed listed -> listed(listed, listener);
            case Input.Unfinished unfinished -> unfinished(unfinished, listener);
            case Input.Fetched fetched -> throw notHere(fetched);
        }
    }

    private void walk(ScanListener listener, PathMatcher wanted) throws IOException {
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        if (stopped.getAsBoolean()) {
                            return FileVisitResult.TERMINATE;
                        }
                        return isHidden(folder) && !folder.equals(root)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (stopped.getAsBoolean()) {
                            return FileVisitResult.TERMINATE;
                        }
                        if (isHidden(file)
                                || !wanted.matches(file)
                                || !(allFiles || hasPictureExtension(file))) {
                            listener.ignored();
                        } else {
                            look(file, attributes, listener);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException fault) {
                        listener.failed(
                                name(file),
                                FailureKind.READ,
                                "it cannot be read: " + FileFault.reason(fault));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @Nullable IOException fault) {
                        if (fault != null) {
                            listener.failed(
                                    name(folder),
                                    FailureKind.READ,
                                    "it cannot be read to its end: " + FileFault.reason(fault));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private void listed(Input.Listed listed, ScanListener listener)
            throws IOException, JobException {
        Path list = listed.list();
        if (list != null && !Files.isReadable(list)) {
            throw new JobException(
                    Reason.USAGE, "--files-from " + list + " is not there or cannot be read");
        }
        names(listed)
                .read(
                        name -> {
                            listedName(name, listener);
                            return !stopped.getAsBoolean();
                        });
    }

    private NameList names(Input.Listed listed) {
        NameList known = names;
        if (known == null) {
            known = new NameList(listed.list(), listed.nulSeparated());
            names = known;
        }
        return known;
    }

    private void listedName(byte[] name, ScanListener listener) throws JobException {
        Path file;
        try {
            file = NameList.path(root, name);
        } catch (IllegalArgumentException e) {
            throw new JobException(
                    Reason.USAGE,
                    "the list names \""
                            + NameList.readable(name)
                            + "\", which cannot be a file: "
                            + e.getMessage(),
                    e);
        }
        if (!file.startsWith(root) || file.equals(root)) {
            throw new JobException(
                    Reason.USAGE,
                    "the list names "
                            + NameList.readable(name)
                            + ", which lies outside "
                            + root
                            + "; give the folder that all names lie in with --root DIR");
        }
        look(file, true, listener);
    }

    private void unfinished(Input.Unfinished unfinished, ScanListener listener) throws IOException {
        try (UnfinishedNames names = UnfinishedNames.open(unfinished.ledger())) {
            for (LedgerEntry entry = names.next();
                    entry != null && !stopped.getAsBoolean();
                    entry = names.next()) {
                if (unfinished.kinds().isEmpty()
                        || unfinished.kinds().contains(String.valueOf(entry.kind()))) {
                    Path file = Path.of(URI.create("file://" + rootUri + entry.name())).normalize();
                    if (file.startsWith(root)) {
                        look(file, true, listener);
                    } else {
                        listener.failed(
                                entry.name(), FailureKind.READ, "it lies outside of the input");
                    }
                }
            }
        }
    }

    private void look(Path file, boolean named, ScanListener listener) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (named && attributes.isDirectory()) {
                listener.failed(
                        name(file),
                        FailureKind.READ,
                        "it is a folder; name its files, or give the folder as IN");
            } else {
                look(file, attributes, listener);
            }
        } catch (IOException e) {
            listener.failed(
                    name(file), FailureKind.READ, "it cannot be read: " + FileFault.reason(e));
        }
    }

    private void look(Path file, BasicFileAttributes attributes, ScanListener listener) {
        BasicFileAttributes found = attributes;
        if (attributes.isSymbolicLink()) {
            try {
                if (!file.toRealPath().startsWith(root)) {
                    listener.failed(
                            name(file),
                            FailureKind.READ,
                            "it is a link that leads out of the input");
                    return;
                }
                found = Files.readAttributes(file, BasicFileAttributes.class);
            } catch (IOException e) {
                listener.failed(
                        name(file),
                        FailureKind.READ,
                        "it is a link that leads nowhere: " + FileFault.reason(e));
                return;
            }
        }
        if (!found.isRegularFile()) {
            listener.failed(
                    name(file),
                    FailureKind.READ,
                    "it is not a regular file but a folder, pipe, socket or device");
            return;
        }
        String source = file.toUri().getRawPath();
        listener.candidate(
                new Candidate(
                        source.substring(rootUri.length()),
                        source,
                        found.size(),
                        found.lastModifiedTime().to(TimeUnit.NANOSECONDS)));
    }

    private String name(Path file) {
        String uri = file.toUri().getRawPath();
        return uri.startsWith(rootUri) && uri.length() > rootUri.length()
                ? uri.substring(rootUri.length())
                : uri;
    }

    private static boolean isHidden(Path file) {
        Path name = file.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    private static boolean hasPictureExtension(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 && ImageFormat.ofExtension(name.substring(dot + 1)).isPresent();
    }

    @Override
    public void close() throws IOException {
        if (names != null) {
            names.close();
        }
    }
}
