package imgpipe.cli;

import imgpipe.job.Input;
import imgpipe.transfer.store.Addresses;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Where the pictures are, as IN or the options in its place say. */
final class InputArguments {
    /** What the JVM makes of bytes in an argument that are no text. */
    private static final char REPLACED = '\uFFFD';

    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

    private static final Pattern ARCHIVE =
            Pattern.compile(
                    "\\.(tar|tar\\.[a-z0-9]+|tgz|tbz2?|txz|tzst|zip)$", Pattern.CASE_INSENSITIVE);

    private InputArguments() {}

    /**
     * Understands IN, {@code --files-from}, {@code --null} and {@code --root}.
     *
     * @throws UsageException when there is no such input
     */
    static Input input(Arguments arguments) throws UsageException {
        Optional<String> list = arguments.value(Opt.FILES_FROM);
        if (arguments.has(Opt.URLS)) {
            return addresses(arguments, arguments.value(Opt.URLS).orElseThrow());
        }
        for (Opt option : new Opt[] {Opt.URL_COLUMN, Opt.NAME_COLUMN}) {
            if (arguments.has(option)) {
                throw new UsageException(
                        option + " goes with a list of addresses only: --urls FILE");
            }
        }
        int place = arguments.verb().operands().indexOf("IN");
        String in = list.orElseGet(() -> arguments.operands().get(place));
        if (list.isPresent() || in.equals("-")) {
            return listed(arguments, in);
        }
        for (Opt option : new Opt[] {Opt.NUL, Opt.ROOT}) {
            if (arguments.has(option)) {
                throw new UsageException(
                        option + " goes with a list of names only: --files-from FILE, or - as IN");
            }
        }
        return named(in);
    }

    /**
     * The path that this text names.
     *
     * @param what the option or operand, for the message
     */
    static Path path(String what, String text) throws UsageException {
        try {
            if (!text.isEmpty()) {
                Path path = Path.of(text);
                if (text.indexOf(REPLACED) >= 0 && !Files.exists(path)) {
                    throw new UsageException(
                            what
                                    + " "
                                    + Values.quoted(text)
                                    + " has bytes that are no UTF-8, which do not get through a"
                                    + " command line; name its folder, or list it in a file for "
                                    + Opt.FILES_FROM);
                }
                return path;
            }
        } catch (InvalidPathException e) {
            throw new UsageException(
                    what
                            + " "
                            + Values.quoted(text)
                            + " is no name of a file in this locale; set LC_ALL=C.UTF-8",
                    e);
        }
        throw new UsageException(what + " is empty; for the current folder write .");
    }

    private static Input listed(Arguments arguments, String list) throws UsageException {
        String rootName = arguments.value(Opt.ROOT).orElse(".");
        Path root = path(Opt.ROOT.toString(), rootName);
        if (!Files.isDirectory(root)) {
            throw Values.wrong(Opt.ROOT, rootName, "the name of a folder that is there");
        }
        @Nullable Path file = null;
        if (!list.equals("-")) {
            file = path(Opt.FILES_FROM.toString(), list);
            if (Files.isDirectory(file) || !Files.isReadable(file)) {
                throw Values.wrong(
                        Opt.FILES_FROM, list, "a file that can be read, or - for standard input");
            }
        }
        return new Input.Listed(file, arguments.has(Opt.NUL), root);
    }

    private static Input addresses(Arguments arguments, String list) throws UsageException {
        for (Opt option : new Opt[] {Opt.NUL, Opt.ROOT}) {
            if (arguments.has(option)) {
                throw new UsageException(option + " does not go with " + Opt.URLS);
            }
        }
        @Nullable Path file = null;
        if (!list.equals("-")) {
            file = path(Opt.URLS.toString(), list);
            if (Files.isDirectory(file) || !Files.isReadable(file)) {
                throw Values.wrong(
                        Opt.URLS, list, "a file that can be read, or - for standard input");
            }
        }
        return new Input.Addresses(
                file,
                arguments.value(Opt.URL_COLUMN).orElse(null),
                arguments.value(Opt.NAME_COLUMN).orElse(null));
    }

    /** An address as IN: of a bucket, all below a prefix; of the web, what is there. */
    private static Optional<Input> address(String in) throws UsageException {
        Optional<String> scheme = Addresses.scheme(in);
        if (scheme.isEmpty()) {
            return Optional.empty();
        }
        return switch (scheme.get()) {
            case "s3" -> {
                String _ = OutPlace.bucket("IN", in);
                yield Optional.of(new Input.Bucket("s3" + in.substring(2)));
            }
            case "http", "https" -> Optional.of(new Input.Address(in));
            default ->
                    throw new UsageException(
                            "IN "
                                    + Values.quoted(Addresses.readable(in))
                                    + " is an address of a kind that is not read; http, https and"
                                    + " s3 are");
        };
    }

    private static boolean isArchive(String in) {
        return ARCHIVE.matcher(in).find();
    }

    private static Input named(String in) throws UsageException {
        Optional<Input> address = address(in);
        if (address.isPresent()) {
            return address.get();
        }
        Path path = path("IN", in);
        if (Files.isDirectory(path)) {
            if (!Files.isReadable(path)) {
                throw new UsageException(
                        "IN " + Values.quoted(in) + " cannot be read; see its permissions");
            }
            return new Input.Folder(path);
        }
        if (Files.isRegularFile(path)) {
            return isArchive(in)
                    ? new Input.Archive(path.toAbsolutePath().normalize())
                    : new Input.SingleFile(path);
        }
        if (Files.exists(path)) {
            throw new UsageException(
                    "IN "
                            + Values.quoted(in)
                            + " is neither a folder nor a regular file; name one");
        }
        if (WILDCARD.matcher(in).find()) {
            return glob(in);
        }
        throw new UsageException(
                "IN "
                        + Values.quoted(in)
                        + " is not there; name a folder, a file, a tar or zip, an address, a quoted"
                        + " glob, or - for a list of names on standard input");
    }

    /** The root is all folders before the first that has a wildcard. */
    private static Input glob(String in) throws UsageException {
        String before = WILDCARD.split(in, 2)[0];
        int slash = before.lastIndexOf('/') + 1;
        Path root = path("IN", slash == 0 ? "." : in.substring(0, slash));
        String pattern = in.substring(slash);
        if (!Files.isDirectory(root)) {
            throw new UsageException(
                    "IN "
                            + Values.quoted(in)
                            + ": there is no folder "
                            + Values.quoted(root.toString())
                            + "; name one that is there before the first wildcard");
        }
        try {
            var _ = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new UsageException(
                    "IN "
                            + Values.quoted(in)
                            + " is not there and no glob either: "
                            + e.getDescription()
                            + "; write something like 'photos/**.jpg'",
                    e);
        }
        return new Input.Glob(root, pattern);
    }
}
