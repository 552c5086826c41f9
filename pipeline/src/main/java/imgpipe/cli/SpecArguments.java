package imgpipe.cli;

import imgpipe.job.EngineKind;
import imgpipe.job.JobSpec;
import imgpipe.job.NameTemplate;
import imgpipe.job.Overwrite;
import imgpipe.job.ReadableName;
import imgpipe.shard.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the arguments of a verb that works on pictures mean. */
final class SpecArguments {
    private static final int MOST_WORKERS = 1024;

    private SpecArguments() {}

    /**
     * Checks every argument.
     *
     * @throws UsageException for the first one that cannot be
     */
    static JobSpec spec(Arguments arguments) throws UsageException {
        Path output = output(arguments.operands().getLast());
        return spec(arguments, output, jobFolder(arguments, output));
    }

    /**
     * The same for a verb without OUT.
     *
     * @param output folder for the results
     * @param jobFolder for logs
     */
    static JobSpec spec(Arguments arguments, Path output, Path jobFolder) throws UsageException {
        Values values = new Values(arguments);
        int cores = Math.min(Runtime.getRuntime().availableProcessors(), MOST_WORKERS);
        return new JobSpec(
                arguments.verb().toString(),
                InputArguments.input(arguments),
                output,
                RecipeArguments.recipe(arguments),
                name(arguments),
                values.constant(Opt.OVERWRITE, Overwrite.CHANGED),
                arguments.has(Opt.ALL_FILES),
                arguments.has(Opt.IN_PLACE),
                arguments.has(Opt.DRY_RUN),
                limits(arguments, values),
                values.constant(Opt.ENGINE, EngineKind.PROCESSES),
                values.number(Opt.WORKERS, cores, 1, MOST_WORKERS),
                values.number(Opt.TRANSFERS, 16, 1, MOST_WORKERS),
                values.number(Opt.RETRIES, 3, 0, 100),
                values.time(Opt.TIMEOUT, Duration.ofSeconds(30)),
                values.bytes(Opt.WORKER_MEMORY, 0, 64L << 20, "a size from 64m such as 512m or 2g"),
                jobFolder);
    }

    /** The folder of ledger, job log and summary for this output. */
    static Path jobFolder(Arguments arguments, Path output) throws UsageException {
        Optional<String> given = arguments.value(Opt.JOB_DIR);
        if (given.isEmpty()) {
            return output.resolve(".imgpipe");
        }
        Path folder = InputArguments.path(Opt.JOB_DIR.toString(), given.get());
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw Values.wrong(Opt.JOB_DIR, given.get(), "the name of a folder");
        }
        return folder;
    }

    private static Path output(String text) throws UsageException {
        if (text.matches("[A-Za-z][A-Za-z0-9+.-]+://.*")) {
            throw new UsageException(
                    "OUT " + Values.quoted(text) + " is an address; outputs go to a folder");
        }
        Path output = InputArguments.path("OUT", text);
        if (Files.exists(output) && !Files.isDirectory(output)) {
            throw new UsageException(
                    "OUT " + Values.quoted(text) + " is a file; name a folder, new or old");
        }
        return output;
    }

    private static NameTemplate name(Arguments arguments) throws UsageException {
        Optional<String> text = arguments.value(Opt.NAME);
        if (text.isEmpty()) {
            return NameTemplate.MIRROR;
        }
        try {
            return new NameTemplate(text.get());
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "--name: "
                            + ReadableName.oneLine(String.valueOf(e.getMessage()))
                            + "; write something like "
                            + NameTemplate.MIRROR.text(),
                    e);
        }
    }

    private static Limits limits(Arguments arguments, Values values) throws UsageException {
        return new Limits(
                values.count(
                        Opt.MAX_PIXELS,
                        Limits.DEFAULT.maxPixels(),
                        1,
                        "a number of pixels such as 100M"),
                values.number(Opt.MAX_FRAMES, Limits.DEFAULT.maxFrames(), 1, 1_000_000),
                values.bytes(Opt.MAX_FILE, Limits.DEFAULT.maxFileBytes(), 1, "a size such as 512M"),
                arguments.has(Opt.LENIENT),
                !arguments.has(Opt.NO_FAST_JPEG));
    }
}
