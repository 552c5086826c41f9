package imgpipe.job;

import imgpipe.image.ImageFormat;
import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerIndex;
import imgpipe.operation.Operation;
import imgpipe.operation.Recipe;
import imgpipe.operation.Resize;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the listing alone what becomes of each candidate: where its output goes, whether it
 * is up to date, whether two would write to one place.
 */
final class Planner {
    private final JobSpec spec;
    private final LedgerIndex ledger;
    private final NameTemplate template;
    private final Map<ImageFormat, Recipe> recipes = new EnumMap<>(ImageFormat.class);
    private final Map<String, String> works = new HashMap<>();
    private final String outputUri;
    private final boolean foldsNames;
    private final @Nullable Resize resize;

    /** What is to be done with a candidate. */
    sealed interface Plan {
        /** Make it. */
        record Make(Task task) implements Plan {}

        /** Leave it: it is up to date, or there and not to be overwritten. */
        record Skip() implements Plan {}

        /** Leave it: it brought down workers in an earlier run. */
        record LeaveInQuarantine() implements Plan {}
    }

    /**
     * A planner for one run.
     *
     * @param output the output folder, which may not be there in a dry run
     * @param foldsNames whether two names that differ in case are one file there
     */
    Planner(JobSpec spec, Path output, LedgerIndex ledger, boolean foldsNames) {
        this.spec = spec;
        this.ledger = ledger;
        this.foldsNames = foldsNames;
        template = spec.name().encoded();
        String uri = output.toAbsolutePath().toUri().getRawPath();
        outputUri = uri.endsWith("/") ? uri : uri + "/";
        Resize found = null;
        for (Operation operation : spec.recipe().operations()) {
            found = operation instanceof Resize each ? each : found;
        }
        resize = found;
    }

    /** The percent-encoded path of a candidate's output. */
    String target(Candidate candidate) {
        String size = resize == null ? "" : resize.box().toString();
        boolean both = size.matches("\\d+x\\d+");
        return outputUri
                + template.expand(
                        candidate.name(),
                        format(candidate.name()),
                        size.replace("%", "pct"),
                        both ? size.substring(0, size.indexOf('x')) : "",
                        both ? size.substring(size.indexOf('x') + 1) : "");
    }

    private ImageFormat format(String name) {
        ImageFormat asked = spec.recipe().format();
        if (asked != null) {
            return asked;
        }
        int dot = name.lastIndexOf('.');
        return ImageFormat.ofExtension(name.substring(dot + 1))
                .map(ImageFormat::target)
                .orElse(ImageFormat.JPEG);
    }

    /**
     * Whether the candidate lies in the output folder, and an earlier run made it from another
     * source: to make something of it again would go on for ever.
     */
    boolean isOwnResult(Candidate candidate) {
        return liesInOutput(candidate)
                && ledger.isResultOfAnother(
                        new Output(
                                relative(candidate.source()),
                                candidate.bytes(),
                                candidate.modified(),
                                0),
                        candidate.name());
    }

    /** Whether the candidate could be written over by an output. */
    boolean liesInOutput(Candidate candidate) {
        return candidate.source().startsWith(outputUri);
    }

    /** What two candidates must not share. */
    String key(String target) {
        return foldsNames
                ? Normalizer.normalize(
                        ReadableName.decode(target).toLowerCase(Locale.ROOT), Normalizer.Form.NFC)
                : target;
    }

    /** What to do with a candidate that gets this number if it becomes a task. */
    Plan plan(long id, Candidate candidate) {
        String target = target(candidate);
        String recipe =
                recipes.computeIfAbsent(
                                format(candidate.name()), format -> spec.recipe().with(format))
                        .toString();
        Task task =
                new Task(
                        id,
                        candidate.name(),
                        candidate.source(),
                        candidate.bytes(),
                        candidate.modified(),
                        List.of(new Rendition(target, recipe)));
        return switch (spec.overwrite()) {
            case ALWAYS -> new Plan.Make(task);
            case NEVER ->
                    Files.exists(path(target), LinkOption.NOFOLLOW_LINKS)
                            ? new Plan.Skip()
                            : new Plan.Make(task);
            case CHANGED -> unlessDone(task);
        };
    }

    private Plan unlessDone(Task task) {
        String work = work(task);
        if (ledger.isQuarantined(task.name(), task.bytes(), task.modified(), work)) {
            return new Plan.LeaveInQuarantine();
        }
        if (ledger.size() == 0) {
            return new Plan.Make(task);
        }
        List<Output> outputs =
                task.renditions().stream().map(rendition -> output(rendition.target())).toList();
        return ledger.isDone(task.name(), task.bytes(), task.modified(), work, outputs)
                ? new Plan.Skip()
                : new Plan.Make(task);
    }

    /** The output as it is there now; of no size if it is not. */
    private Output output(String target) {
        try {
            BasicFileAttributes now =
                    Files.readAttributes(
                            path(target), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Output(
                    relative(target),
                    now.size(),
                    now.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                    0);
        } catch (IOException e) {
            return new Output(relative(target), -1, 0, 0);
        }
    }

    /** A target's path below the output folder, percent-encoded. */
    String relative(String target) {
        return target.substring(outputUri.length());
    }

    private static Path path(String uri) {
        return Path.of(URI.create("file://" + uri));
    }

    /** The hash of everything that decides how outputs look, but for the picture. */
    String work(Task task) {
        StringBuilder text = new StringBuilder(spec.limits().lenient() ? "lenient" : "strict");
        text.append(spec.limits().fastJpeg() ? "" : ", no fast JPEG");
        task.renditions().forEach(rendition -> text.append('\n').append(rendition.recipe()));
        return works.computeIfAbsent(text.toString(), Planner::sha256);
    }

    private static String sha256(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
