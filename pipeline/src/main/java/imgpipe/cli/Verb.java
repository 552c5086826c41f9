package imgpipe.cli;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The table of verbs: what help says of each, and which options go with it. */
enum Verb {
    RESIZE(
            List.of("IN", "OUT"),
            "fit every picture into a box",
            EnumSet.complementOf(EnumSet.of(OptionGroup.MARK, OptionGroup.MEASURING)),
            "imgpipe resize --size 1600x1600 --to webp photos/ web/"),
    CONVERT(
            List.of("IN", "OUT"),
            "another format, sizes untouched",
            EnumSet.complementOf(
                    EnumSet.of(OptionGroup.SIZE, OptionGroup.MARK, OptionGroup.MEASURING)),
            "imgpipe convert --to webp --quality 75 photos/ web/"),
    THUMBS(
            List.of("IN", "OUT"),
            "several sizes of every picture from one decode",
            EnumSet.complementOf(EnumSet.of(OptionGroup.MARK, OptionGroup.MEASURING)),
            "imgpipe thumbs --sizes 1600,800,200x200^ --to jpeg,webp photos/ web/"),
    WATERMARK(
            List.of("IN", "OUT"),
            "a mark or a line of text over every picture",
            EnumSet.complementOf(EnumSet.of(OptionGroup.SIZE, OptionGroup.MEASURING)),
            "imgpipe watermark --mark logo.png --opacity 60 photos/ web/"),
    RUN(
            List.of("RECIPE", "IN", "OUT"),
            "any chain of operations, as text or from @FILE",
            EnumSet.complementOf(
                    EnumSet.of(
                            OptionGroup.SIZE,
                            OptionGroup.MARK,
                            OptionGroup.PICTURE,
                            OptionGroup.MEASURING)),
            "imgpipe run 'orient | resize 800x800 | jpeg q=80' photos/ web/"),
    FETCH(
            List.of("IN", "OUT"),
            "download pictures as they are",
            EnumSet.of(
                    OptionGroup.FILES,
                    OptionGroup.RUN,
                    OptionGroup.NETWORK,
                    OptionGroup.MESSAGES,
                    OptionGroup.GENERAL),
            "imgpipe fetch --urls list.csv --name-column file photos/"),
    PUSH(
            List.of("IN", "OUT"),
            "upload pictures as they are",
            EnumSet.of(
                    OptionGroup.FILES,
                    OptionGroup.RUN,
                    OptionGroup.NETWORK,
                    OptionGroup.MESSAGES,
                    OptionGroup.GENERAL),
            "imgpipe push web/ s3://bucket/web/"),
    RETRY(
            List.of("OUT"),
            "what failed in OUT again, all or some kinds of it",
            EnumSet.of(
                    OptionGroup.RUN,
                    OptionGroup.NETWORK,
                    OptionGroup.MESSAGES,
                    OptionGroup.GENERAL),
            "imgpipe retry --kind TIMEOUT,MEMORY --timeout 2m web/"),
    VERIFY(
            List.of("OUT"),
            "whether outputs are as they were written",
            EnumSet.of(OptionGroup.MESSAGES, OptionGroup.GENERAL),
            "imgpipe verify --decode web/"),
    REPORT(
            List.of("OUT"),
            "the last run again: sums, slowest, failures",
            EnumSet.of(OptionGroup.GENERAL),
            "imgpipe report web/"),
    BENCH(
            List.of("IN"),
            "threads against processes, measured here",
            EnumSet.of(
                    OptionGroup.SIZE,
                    OptionGroup.FORMAT,
                    OptionGroup.PICTURE,
                    OptionGroup.MEASURING,
                    OptionGroup.LIMITS,
                    OptionGroup.GENERAL),
            "imgpipe bench --size 800 --svg scaling.svg photos/"),
    IDENTIFY(
            List.of("FILE..."),
            "format, size, profile, metadata of files",
            EnumSet.of(OptionGroup.GENERAL),
            "imgpipe identify photos/"),
    FORMATS(
            List.of(),
            "what is read and written here, and how",
            EnumSet.of(OptionGroup.GENERAL),
            "imgpipe formats"),
    DOCTOR(
            List.of(),
            "what is missing here and how to get it",
            EnumSet.of(OptionGroup.GENERAL),
            "imgpipe doctor"),
    HELP(
            List.of("[VERB]"),
            "help on a verb",
            EnumSet.of(OptionGroup.GENERAL),
            "imgpipe help resize"),
    COMPLETION(
            List.of("bash|zsh|fish"),
            "completion for a shell, as a script",
            EnumSet.of(OptionGroup.GENERAL),
            "imgpipe completion bash > ~/.local/share/bash-completion/completions/imgpipe");

    private static final Set<Opt> RETRY_TOO =
            Set.of(
                    Opt.KIND,
                    Opt.DRY_RUN,
                    Opt.MAX_PIXELS,
                    Opt.MAX_FRAMES,
                    Opt.MAX_FILE,
                    Opt.LENIENT);

    /** These concern workers, or outputs that are made. */
    private static final Set<Opt> NOT_TO_COPY =
            Set.of(
                    Opt.NAME,
                    Opt.MANIFEST,
                    Opt.IN_PLACE,
                    Opt.KIND,
                    Opt.DECODE,
                    Opt.WORKERS,
                    Opt.TIMEOUT,
                    Opt.WORKER_MEMORY,
                    Opt.ENGINE,
                    Opt.NO_FAST_JPEG,
                    Opt.NO_SANDBOX);

    private static final Set<Opt> VERIFY_TOO =
            Set.of(
                    Opt.DECODE,
                    Opt.NO_SANDBOX,
                    Opt.WORKERS,
                    Opt.TRANSFERS,
                    Opt.TIMEOUT,
                    Opt.WORKER_MEMORY,
                    Opt.ENGINE,
                    Opt.JOB_DIR,
                    Opt.MAX_PIXELS,
                    Opt.MAX_FRAMES,
                    Opt.MAX_FILE);
    private static final Set<Opt> BENCH_TOO =
            Set.of(
                    Opt.ALL_FILES,
                    Opt.WORKERS,
                    Opt.TIMEOUT,
                    Opt.WORKER_MEMORY,
                    Opt.NO_SANDBOX,
                    Opt.PROGRESS,
                    Opt.JSON);

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> operands;

    private final String summary;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.copyOf
    private final Set<OptionGroup> groups;

    private final String example;

    Verb(List<String> operands, String summary, Set<OptionGroup> groups, String example) {
        this.operands = operands;
        this.summary = summary;
        this.groups = Set.copyOf(groups);
        this.example = example;
    }

    /** The verb with exactly this name. */
    static Optional<Verb> of(String name) {
        return Arrays.stream(values()).filter(verb -> verb.toString().equals(name)).findFirst();
    }

    /**
     * What stands behind the verb, in this order; those in brackets may be left out, of one with
     * dots may be several.
     */
    List<String> operands() {
        return operands;
    }

    String summary() {
        return summary;
    }

    String example() {
        return example;
    }

    /** Whether the verb leaves pictures as they are. */
    boolean copies() {
        return this == FETCH || this == PUSH;
    }

    /** Whether the verb works on pictures, and so takes IN. */
    boolean isJob() {
        return operands.contains("IN");
    }

    boolean accepts(Opt option) {
        if (option == Opt.BOX || option == Opt.SIZES) {
            return groups.contains(option.group()) && (option == Opt.SIZES) == (this == THUMBS);
        }
        if (option == Opt.KIND || option == Opt.DECODE) {
            return this == (option == Opt.KIND ? RETRY : VERIFY);
        }
        if (copies() && NOT_TO_COPY.contains(option)) {
            return false;
        }
        return groups.contains(option.group())
                || (copies() && option == Opt.MAX_FILE)
                || option == Opt.VERBOSE
                || (this == WATERMARK && option == Opt.GRAVITY)
                || (this == RETRY && RETRY_TOO.contains(option))
                || (this == VERIFY && VERIFY_TOO.contains(option))
                || (this == REPORT && (option == Opt.JOB_DIR || option == Opt.S3_ENDPOINT))
                || (this == IDENTIFY && (option == Opt.JSON || option == Opt.ALL_FILES))
                || (this == FORMATS && option == Opt.JSON)
                || (this == BENCH && BENCH_TOO.contains(option));
    }

    /** The options that go with it, in the order of the table. */
    List<Opt> options() {
        return Arrays.stream(Opt.values()).filter(this::accepts).toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
