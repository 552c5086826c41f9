package imgpipe.cli;

import imgpipe.dispatch.MemoryPlan;
import imgpipe.image.ImageFormat;
import imgpipe.job.EngineKind;
import imgpipe.job.Input;
import imgpipe.job.JobSpec;
import imgpipe.job.NameTemplate;
import imgpipe.job.Overwrite;
import imgpipe.job.ReadableName;
import imgpipe.job.RenditionSpec;
import imgpipe.job.Runners;
import imgpipe.shard.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the arguments of a verb that works on pictures mean. */
final class SpecArguments {
    private static final int MOST_WORKERS = 1024;

    /** Threads that copy: more of them would wait for the same disk. */
    private static final int COPYING = 4;

    /** With less, pauses of the JVM or of the system would end workers. */
    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(100);

    private SpecArguments() {}

    /**
     * Checks every argument.
     *
     * @throws UsageException for the first one that cannot be
     */
    static JobSpec spec(Arguments arguments) throws UsageException {
        OutPlace out = OutPlace.of(arguments);
        return spec(arguments, InputArguments.input(arguments), out, jobFolder(arguments, out));
    }

    /**
     * The same for a verb without OUT.
     *
     * @param output folder for the results
     * @param jobFolder for logs
     */
    static JobSpec spec(Arguments arguments, Path output, Path jobFolder) throws UsageException {
        return spec(
                arguments, InputArguments.input(arguments), new OutPlace(output, null), jobFolder);
    }

    /** The same for an input that no argument tells. */
    static JobSpec spec(Arguments arguments, Input input, OutPlace out, Path jobFolder)
            throws UsageException {
        Values values = new Values(arguments);
        Path output = out.folder();
        boolean copies = arguments.verb().copies();
        List<RenditionSpec> renditions = RecipeArguments.renditions(arguments);
        requireTogether(arguments, input, out);
        int cores = Math.min(Runtime.getRuntime().availableProcessors(), MOST_WORKERS);
        int fit = MemoryPlan.mostWorkers(Runners.machineMemory());
        return new JobSpec(
                arguments.verb().toString(),
                RecordedArguments.of(arguments),
                input,
                output,
                out.address(),
                values.number(Opt.TO_TAR, 0, 1, 1_000_000),
                renditions,
                copies ? NameTemplate.SAME : name(arguments, renditions),
                values.constant(Opt.OVERWRITE, Overwrite.CHANGED),
                arguments.has(Opt.ALL_FILES),
                arguments.has(Opt.IN_PLACE),
                arguments.has(Opt.DRY_RUN),
                limits(arguments, values),
                copies ? EngineKind.COPY : values.constant(Opt.ENGINE, EngineKind.PROCESSES),
                copies
                        ? COPYING
                        : values.number(Opt.WORKERS, Math.min(cores, fit), 1, MOST_WORKERS),
                NetworkArguments.settings(arguments),
                NetworkArguments.spoolBytes(arguments),
                values.time(Opt.TIMEOUT, Duration.ofSeconds(30), LEAST_TIMEOUT),
                values.bytes(
                        Opt.WORKER_MEMORY,
                        0,
                        MemoryPlan.LEAST_SHARE,
                        "a size from 192m such as 512m or 2g"),
                !arguments.has(Opt.NO_SANDBOX),
                BoundArguments.bounds(arguments),
                jobFolder,
                manifest(arguments, output));
    }

    private static @Nullable Path manifest(Arguments arguments, Path output) throws UsageException {
        Optional<String> file = arguments.value(Opt.MANIFEST);
        if (file.isEmpty()) {
            return null;
        }
        Path path = InputArguments.path(Opt.MANIFEST.toString(), file.get());
        Path folder = path.toAbsolutePath().getParent();
        if (Files.isDirectory(path) || folder == null) {
            throw Values.wrong(Opt.MANIFEST, file.get(), "the name of a file");
        }
        if (!folder.startsWith(output.toAbsolutePath()) && !Files.isWritable(folder)) {
            throw Values.wrong(
                    Opt.MANIFEST,
                    file.get(),
                    "a file in a folder that is there and can be written");
        }
        return path;
    }

    /** The folder of ledger, job log and summary for this output. */
    static Path jobFolder(Arguments arguments, OutPlace out) throws UsageException {
        Optional<String> given = arguments.value(Opt.JOB_DIR);
        if (given.isEmpty()) {
            return out.jobFolder();
        }
        Path folder = InputArguments.path(Opt.JOB_DIR.toString(), given.get());
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw Values.wrong(Opt.JOB_DIR, given.get(), "the name of a folder");
        }
        return folder;
    }

    private static void requireTogether(Arguments arguments, Input input, OutPlace out)
            throws UsageException {
        if (arguments.has(Opt.IN_PLACE) && (out.address() != null || input.fetched() != null)) {
            throw new UsageException(
                    Opt.IN_PLACE + " is for folders; an address is written to by name only");
        }
        if (arguments.has(Opt.TO_TAR) && out.address() != null) {
            throw new UsageException(
                    Opt.TO_TAR
                            + " writes tar files into a folder of this machine, and to no address;"
                            + " name a folder as OUT");
        }
        if (arguments.has(Opt.TO_TAR) && arguments.has(Opt.MANIFEST)) {
            throw new UsageException(
                    Opt.MANIFEST
                            + " lists files, which "
                            + Opt.TO_TAR
                            + " does not write; leave"
                            + " one of them out");
        }
        if (arguments.has(Opt.TO_TAR) && arguments.value(Opt.TO).orElse("").contains(",")) {
            throw new UsageException(
                    Opt.TO_TAR
                            + " puts pictures of one name into one sample; write one format with "
                            + Opt.TO);
        }
        if (arguments.verb() == Verb.FETCH && (out.address() != null || input.fetched() == null)) {
            throw new UsageException(
                    "fetch brings pictures from an address, a list of them or an archive into a"
                            + " folder; to send some to an address use push");
        }
        if (arguments.verb() == Verb.PUSH && (out.address() == null || input.fetched() != null)) {
            throw new UsageException(
                    "push sends pictures of this machine to an address; to bring some here use"
                            + " fetch");
        }
    }

    private static NameTemplate name(Arguments arguments, List<RenditionSpec> renditions)
            throws UsageException {
        NameTemplate usual =
                arguments.verb() == Verb.THUMBS ? NameTemplate.SIZED : NameTemplate.MIRROR;
        Optional<String> text = arguments.value(Opt.NAME);
        NameTemplate template = text.isEmpty() ? usual : template(text.get(), usual);
        Set<String> names = new HashSet<>();
        for (RenditionSpec rendition : renditions) {
            String name = rendition.name(template, "picture.jpg", ImageFormat.JPEG);
            if (!names.add(name)) {
                throw new UsageException(
                        "two outputs of each picture would share a name, as "
                                + ReadableName.oneLine(name)
                                + " of picture.jpg; tell them apart with --name "
                                + usual.text());
            }
        }
        return template;
    }

    private static NameTemplate template(String text, NameTemplate usual) throws UsageException {
        try {
            return new NameTemplate(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "--name: "
                            + ReadableName.oneLine(String.valueOf(e.getMessage()))
                            + "; write something like "
                            + usual.text(),
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
                !arguments.has(Opt.NO_FAST_JPEG),
                values.number(Opt.PAGE, 1, 1, 1_000_000),
                values.number(Opt.FRAMES, Limits.ALL_FRAMES, 1, 1_000_000));
    }
}
