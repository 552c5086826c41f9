package imgpipe.cli;

import static imgpipe.cli.OptionGroup.FILES;
import static imgpipe.cli.OptionGroup.FORMAT;
import static imgpipe.cli.OptionGroup.GENERAL;
import static imgpipe.cli.OptionGroup.LIMITS;
import static imgpipe.cli.OptionGroup.MARK;
import static imgpipe.cli.OptionGroup.MEASURING;
import static imgpipe.cli.OptionGroup.MESSAGES;
import static imgpipe.cli.OptionGroup.NETWORK;
import static imgpipe.cli.OptionGroup.PICTURE;
import static imgpipe.cli.OptionGroup.RUN;
import static imgpipe.cli.OptionGroup.SIZE;

import imgpipe.image.Gravity;
import imgpipe.image.ImageFormat;
import imgpipe.resample.Kernel;
import imgpipe.shard.FailureKind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of options. Parser, help and completion are made from it; their order is the order
 * here.
 */
enum Opt {
    BOX(
            "size",
            "WxH",
            SIZE,
            "box to fit into: 800, 800x600, 800x, x600, 50%; 800x600^ covers it",
            "1600x1600"),
    SIZES(
            "sizes",
            "LIST",
            SIZE,
            "boxes as for --size of resize, separated by commas: 1600,800,200x200^",
            ""),
    FIT("fit", "inside|cover|pad|fill", SIZE, "how a picture is fitted into the box", "inside"),
    GRAVITY(
            "gravity",
            "WHERE",
            SIZE,
            "what cover keeps, where pad puts the picture, watermark the mark: north, southeast,"
                    + " ...",
            "centre; watermark: southeast"),
    SMART("smart", "", SIZE, "let cover keep the part where most is to be seen", ""),
    ENLARGE("enlarge", "", SIZE, "make small pictures larger too", ""),
    KERNEL(
            "kernel",
            "NAME",
            SIZE,
            "resampling filter: box, linear, catmull-rom, mitchell, lanczos3",
            "lanczos3"),
    BEST(
            "best",
            "",
            SIZE,
            "decode JPEGs at twice the size or more, not at 1.2 times: a little better, slower",
            ""),
    LINEAR(
            "linear",
            "",
            SIZE,
            "average light, not the samples that stand for it: truer fine detail, much slower",
            ""),

    MARK_FILE("mark", "FILE", MARK, "picture to lay over each; may have alpha", ""),
    TEXT("text", "TEXT", MARK, "line of text to lay over each, in white", ""),
    OPACITY("opacity", "N", MARK, "percent, 1 to 100", "60"),
    MARGIN(
            "margin",
            "LENGTH",
            MARK,
            "from the edges, and between tiles: 12 pixels, or 2% of the shorter side",
            "2%"),
    SCALE(
            "scale",
            "LENGTH",
            MARK,
            "width of the mark: 300 pixels, or 20% of the picture's",
            "its own; text as high as 4% of the shorter side"),
    TILED("tiled", "", MARK, "repeat the mark all over", ""),

    TO(
            "to",
            "FORMAT",
            FORMAT,
            "format to write: jpeg, png, webp, avif, gif, tiff, bmp; thumbs takes several:"
                    + " jpeg,webp",
            "by the source's extension"),
    QUALITY(
            "quality",
            "N",
            FORMAT,
            "1 to 100, for lossy formats; without it a JPEG that is only turned or cropped on"
                    + " block borders keeps its pixels exactly",
            "80"),
    CHROMA("chroma", "420|422|444", FORMAT, "chroma subsampling of JPEG and AVIF", "420"),
    PROGRESSIVE("progressive", "", FORMAT, "progressive JPEG, interlaced PNG", ""),
    LOSSLESS("lossless", "", FORMAT, "lossless WebP or AVIF", ""),
    MAX_BYTES(
            "max-bytes",
            "SIZE",
            FORMAT,
            "lower the quality until an output is no larger: 200k, 2M",
            "no bound"),
    MIN_SAVINGS(
            "min-savings",
            "PERCENT",
            FORMAT,
            "keep a source that is the same picture in the same format unless the output is at"
                    + " least that much smaller: 5%",
            "never kept"),
    EFFORT("effort", "N", FORMAT, "PNG and WebP: 1 (fastest) to 9 (smallest)", "4"),
    COLORS("colors", "N", FORMAT, "PNG with a palette of at most N colors, 2 to 256", ""),
    METADATA(
            "metadata",
            "none|copyright|safe|all",
            FORMAT,
            "EXIF, XMP and IPTC to carry over; safe leaves out place, thumbnails and maker notes."
                    + " GIF and BMP have no place for any, PNG, WebP and AVIF none for IPTC",
            "none"),

    NO_ORIENT(
            "no-orient",
            "",
            PICTURE,
            "leave pictures as they lie instead of turning them upright",
            ""),
    COLOR(
            "color",
            "srgb|keep",
            PICTURE,
            "convert colors to sRGB, or keep them and the ICC profile",
            "srgb"),
    BACKGROUND(
            "background",
            "COLOR",
            PICTURE,
            "#rrggbb or a name, behind pad and transparent parts; makes pictures opaque unless --to"
                    + " can hold alpha",
            "white"),

    OVERWRITE(
            "overwrite",
            "changed|never|always",
            FILES,
            "what to do where an output is there already",
            "changed"),
    NAME(
            "name",
            "TEMPLATE",
            FILES,
            "names of outputs, from {dir} {stem} {srcext} {ext} {width} {height} {size}",
            "{dir}{stem}.{ext}; thumbs: {dir}{stem}-{size}.{ext}"),
    MANIFEST(
            "manifest",
            "FILE",
            FILES,
            "write a list of all outputs with their sizes, and HTML with srcset, as JSON",
            ""),
    DRY_RUN('n', "dry-run", "", FILES, "list what would be written, write nothing", ""),
    IN_PLACE("in-place", "", FILES, "allow OUT to be IN, or to lie in it or around it", ""),
    ALL_FILES("all-files", "", FILES, "try files without a picture extension too", ""),
    FILES_FROM(
            "files-from",
            "FILE",
            FILES,
            "read the names of pictures from FILE (- is standard input); stands in place of IN",
            ""),
    NUL('0', "null", "", FILES, "names end in NUL instead of a line feed", ""),
    ROOT(
            "root",
            "DIR",
            FILES,
            "folder that the names in a list are relative to",
            "the current one"),

    URLS(
            "urls",
            "FILE",
            FILES,
            "fetch the addresses in FILE (- is standard input): lines of text, CSV with a header,"
                    + " or JSON lines, also gzipped; stands in place of IN",
            ""),
    URL_COLUMN("url-column", "NAME", FILES, "column or field of FILE with the addresses", "url"),
    NAME_COLUMN(
            "name-column",
            "NAME",
            FILES,
            "column or field of FILE with names for the pictures",
            "names come from the addresses"),
    TO_TAR(
            "to-tar",
            "N",
            FILES,
            "write N pictures each into numbered tar files, with a JSON file beside each picture"
                    + " (WebDataset)",
            ""),

    KIND(
            "kind",
            "LIST",
            FILES,
            "kinds of failures to try again, separated by commas: TIMEOUT,MEMORY",
            "all"),

    DECODE("decode", "", FILES, "let workers decode every output that is intact", ""),

    WORKERS('j', "workers", "N", RUN, "pictures worked on at the same time", "one per core"),
    TRANSFERS(
            "transfers",
            "N",
            RUN,
            "files read and published, fetched and sent at the same time",
            "16"),
    TIMEOUT("timeout", "TIME", RUN, "deadline for one picture: 500ms, 30s, 2m", "30s"),
    RETRIES("retries", "N", RUN, "further attempts at I/O that failed in passing", "3"),
    WORKER_MEMORY(
            "worker-memory",
            "SIZE",
            RUN,
            "memory of one worker, its Java heap included: 512m, 2g; larger pictures wait for the"
                    + " end and share that of all",
            "its share of the machine's"),
    MAX_FAILURES(
            "max-failures",
            "N[%]",
            RUN,
            "stop when more pictures than N have failed, or more than N% of those found; those in"
                    + " hand may fail too; the same command goes on",
            "all may fail"),
    MAX_DURATION(
            "max-duration",
            "TIME",
            RUN,
            "begin no picture after this time: 90m, 6h; the same command goes on",
            "no bound"),
    ENGINE(
            "engine",
            "processes|threads",
            RUN,
            "run workers as processes, or as threads of one",
            "processes"),
    NO_FAST_JPEG("no-fast-jpeg", "", RUN, "decode every JPEG by libjpeg-turbo or ImageIO", ""),
    NO_SANDBOX(
            "no-sandbox",
            "",
            RUN,
            "let worker processes reach all that you can; else the kernel keeps them to the"
                    + " pictures they read and write",
            ""),
    JOB_DIR("job-dir", "DIR", RUN, "folder for ledger, job log and summary", "OUT/.imgpipe"),

    TRANSFER_TIMEOUT(
            "transfer-timeout",
            "TIME",
            NETWORK,
            "deadline for one attempt to fetch or send a picture",
            "2m"),
    PER_HOST("per-host", "N", NETWORK, "transfers from or to one host at the same time", "all"),
    SPOOL_SIZE(
            "spool-size",
            "SIZE",
            NETWORK,
            "bytes that may wait on this disk when they are fetched, and as many to be sent",
            "1g"),
    ALLOW_PRIVATE(
            "allow-private",
            "",
            NETWORK,
            "dial addresses of this machine and of private networks too",
            ""),
    ALLOW_HOST(
            "allow-host",
            "LIST",
            NETWORK,
            "hosts that may be dialled wherever they are, separated by commas",
            ""),
    S3_ENDPOINT("s3-endpoint", "URL", NETWORK, "S3 service to use", "Amazon's"),
    S3_PATH_STYLE(
            "s3-path-style",
            "",
            NETWORK,
            "put the bucket into the path of addresses, as most services but Amazon's want it",
            ""),

    ROUNDS("rounds", "N", MEASURING, "how often everything is measured", "3"),
    LIMIT("limit", "N", MEASURING, "pictures to take at most, spread evenly over IN", "100"),
    SVG("svg", "FILE", MEASURING, "draw speed-up and efficiency into FILE", ""),

    MAX_PIXELS("max-pixels", "N", LIMITS, "width x height x frames: 100M, 2G", "100M"),
    MAX_FRAMES("max-frames", "N", LIMITS, "frames of an animation that are read", "1000"),
    MAX_FILE("max-file", "SIZE", LIMITS, "size of the file", "512M"),
    PAGE(
            "page",
            "N",
            LIMITS,
            "page of a TIFF to read, or picture of an icon, the largest is 1",
            "1"),
    FRAMES("frames", "N", LIMITS, "frames of an animation to keep; 1 makes a still picture", "all"),
    LENIENT("lenient", "", LIMITS, "keep what can be read of a damaged picture, and say so", ""),

    PROGRESS(
            "progress",
            "auto|always|never",
            MESSAGES,
            "bar on a terminal, otherwise a line a minute",
            "auto"),
    QUIET('q', "quiet", "", MESSAGES, "print nothing but errors", ""),
    VERBOSE('v', "verbose", "", MESSAGES, "print more, and stack traces; -vv for still more", ""),
    JSON("json", "", MESSAGES, "print the result as JSON", ""),
    LOG_FILE("log-file", "FILE", MESSAGES, "append a log to FILE", ""),
    LOG_FORMAT("log-format", "text|json", MESSAGES, "form of the log file", "text"),

    HELP('h', "help", "", GENERAL, "help on the verb", ""),
    VERSION('V', "version", "", GENERAL, "the version", "");

    private final char letter;
    private final String longName;
    private final String argument;
    private final OptionGroup group;
    private final String description;
    private final String defaultText;

    Opt(
            String longName,
            String argument,
            OptionGroup group,
            String description,
            String defaultText) {
        this('\0', longName, argument, group, description, defaultText);
    }

    Opt(
            char letter,
            String longName,
            String argument,
            OptionGroup group,
            String description,
            String defaultText) {
        this.letter = letter;
        this.longName = longName;
        this.argument = argument;
        this.group = group;
        this.description = description;
        this.defaultText = defaultText;
    }

    /** The one-letter name without its dash, or empty. */
    String letter() {
        return letter == '\0' ? "" : String.valueOf(letter);
    }

    /** The long name without its dashes. */
    String longName() {
        return longName;
    }

    /** What help calls the value; empty for an option without one. */
    String argument() {
        return argument;
    }

    boolean hasArgument() {
        return !argument.isEmpty();
    }

    OptionGroup group() {
        return group;
    }

    String description() {
        return description;
    }

    /** What holds when the option is not given, for help; empty if that goes without saying. */
    String defaultText() {
        return defaultText;
    }

    /** The words that may be given as the value, if they are few; otherwise none. */
    List<String> choices() {
        return switch (this) {
            case GRAVITY -> names(Arrays.stream(Gravity.values()));
            case KIND -> names(Arrays.stream(FailureKind.values()));
            case KERNEL -> names(Arrays.stream(Kernel.values()));
            case TO -> names(Arrays.stream(ImageFormat.values()).filter(ImageFormat::writable));
            default -> argument.contains("|") ? List.of(argument.split("\\|")) : List.of();
        };
    }

    /** Whether the value names a file or folder. */
    boolean takesPath() {
        return argument.equals("FILE") || argument.equals("DIR");
    }

    /** The option as it is typed: {@code --size}. */
    @Override
    public String toString() {
        return "--" + longName;
    }

    private static List<String> names(Stream<?> values) {
        return values.map(Object::toString).toList();
    }
}
