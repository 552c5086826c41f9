package imgpipe.job;

import imgpipe.image.ImageFormat;
import imgpipe.ledger.LedgerEntry.Output;
import imgpipe.ledger.LedgerIndex;
import imgpipe.listing.AddressName;
import imgpipe.operation.Recipe;
import imgpipe.shard.FailureKind;
import imgpipe.shard.Limits;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides from the listing alone what becomes of each candidate: where its output goes, whether it
 * is up to date, whether two would write to one place.
 */
final class Planner {
    private final JobSpec spec;
    private final LedgerIndex ledger;
    private final NameTemplate template;
    private final Map<ImageFormat, List<String>> recipes = new EnumMap<>(ImageFormat.class);
    private final Map<String, String> works = new ConcurrentHashMap<>();
    private final String outputUri;
    private final Outputs outputs;
    private final boolean foldsNames;

    /** What is to be done with a candidate. */
    sealed interface Plan {
        /** Make it. */
        record Make(Task task) implements Plan {}

        /** Leave it: it is up to date, or there and not to be overwritten. */
        record Skip() implements Plan {}

        /** Leave it: it is up to date, although the ledger's last word is not that it is done. */
        record SayAgain(Task task, List<Output> outputs) implements Plan {}

        /** Leave it: it brought down workers in an earlier run. */
        record LeaveInQuarantine(FailureKind kind) implements Plan {}
    }

    /**
     * A planner for one run.
     *
     * @param outputUri what targets begin with: the percent-encoded path of the output folder, or
     *     the address of a store; ends in a slash
     * @param outputs what is there now
     * @param foldsNames whether two names that differ in case are one file there
     */
    Planner(
            JobSpec spec,
            String outputUri,
            Outputs outputs,
            LedgerIndex ledger,
            boolean foldsNames) {
        this.spec = spec;
        this.outputUri = outputUri;
        this.outputs = outputs;
        this.ledger = ledger;
        this.foldsNames = foldsNames;
        template = spec.name().encoded();
    }

    /** What the targets of outputs in a folder begin with. */
    static String uri(Path folder) {
        String uri = folder.toAbsolutePath().toUri().getRawPath();
        return uri.endsWith("/") ? uri : uri + "/";
    }

    /** The percent-encoded paths of a candidate's outputs, in the order of the renditions. */
    List<String> targets(Candidate candidate) {
        ImageFormat own = format(candidate.name());
        return spec.renditions().stream()
                .map(rendition -> outputUri + rendition.name(template, candidate.name(), own))
                .toList();
    }

    /** What a picture of this name is written as when nobody asks for a format. */
    private static ImageFormat format(String name) {
        int dot = name.lastIndexOf('.');
        return ImageFormat.ofExtension(name.substring(dot + 1))
                .map(ImageFormat::target)
                .orElse(ImageFormat.JPEG);
    }

    private List<String> recipes(ImageFormat own) {
        if (spec.engine() == EngineKind.COPY) {
            return List.of(RenditionSpec.COPY);
        }
        return spec.renditions().stream()
                .map(RenditionSpec::recipe)
                .map(recipe -> recipe.format() == null ? recipe.with(own) : recipe)
                .map(Recipe::toString)
                .toList();
    }

    /**
     * Whether the candidate lies in the output folder, and an earlier run made it from another
     * source: to make something of it again would go on for ever.
     */
    boolean isOwnResult(Candidate candidate) {
        return liesInOutput(candidate)
                && ledger.isResultOfAnother(
                        Output.there(
                                relative(candidate.source()),
                                candidate.bytes(),
                                candidate.modified()),
                        candidate.name());
    }

    /** Whether the candidate could be written over by an output. */
    boolean liesInOutput(Candidate candidate) {
        return candidate.source().startsWith(outputUri);
    }

    /** Whether a source that is fetched would be written over, for which no option asks. */
    boolean replacesFetched(Candidate candidate, String target) {
        return spec.input().fetched() != null && target.equals(candidate.source());
    }

    /** What two candidates must not share. In a data set that is the name without extension. */
    String key(String target) {
        if (spec.tarSamples() > 0) {
            int dot = target.lastIndexOf('.');
            return dot > target.lastIndexOf('/') ? target.substring(0, dot) : target;
        }
        return foldsNames
                ? Normalizer.normalize(
                        ReadableName.decode(target).toLowerCase(Locale.ROOT), Normalizer.Form.NFC)
                : target;
    }

    /** What to do with a candidate that gets this number if it becomes a task. */
    Plan plan(long id, Candidate candidate) {
        List<String> targets = targets(candidate);
        List<String> texts = recipes.computeIfAbsent(format(candidate.name()), this::recipes);
        List<Rendition> renditions = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            if (spec.overwrite() != Overwrite.NEVER || isFree(candidate, targets.get(i))) {
                renditions.add(new Rendition(targets.get(i), texts.get(i)));
            }
        }
        if (renditions.isEmpty()) {
            return new Plan.Skip();
        }
        Task task =
                new Task(
                        id,
                        candidate.name(),
                        candidate.source(),
                        Math.max(0, candidate.bytes()),
                        candidate.modified(),
                        renditions);
        // What the listing does not tell is found out when the source is asked for.
        boolean isTold = candidate.bytes() >= 0;
        return spec.overwrite() == Overwrite.ALWAYS || !isTold
                ? new Plan.Make(task)
                : unlessDone(task);
    }

    /**
     * Whether nothing is there that must stay. What has failed again after its source had changed
     * may replace what an earlier run has made of it.
     */
    private boolean isFree(Candidate candidate, String target) {
        return outputs.isFree(relative(target))
                || (spec.input() instanceof Input.Unfinished
                        && !target.equals(candidate.source())
                        && ledger.isResult(output(target)));
    }

    /** The task with all that is asked for, also with what is there and not to be overwritten. */
    Task whole(Task task) {
        Candidate candidate =
                new Candidate(task.name(), task.source(), task.bytes(), task.modified());
        List<String> targets = targets(candidate);
        List<String> texts = recipes(format(task.name()));
        List<Rendition> renditions = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            renditions.add(new Rendition(targets.get(i), texts.get(i)));
        }
        return new Task(
                task.id(), task.name(), task.source(), task.bytes(), task.modified(), renditions);
    }

    private Plan unlessDone(Task task) {
        String work = work(task);
        if (!(spec.input() instanceof Input.Unfinished)) {
            Optional<FailureKind> kind =
                    ledger.quarantine(task.name(), task.bytes(), task.modified(), work);
            if (kind.isPresent()) {
                return new Plan.LeaveInQuarantine(kind.get());
            }
        }
        if (spec.overwrite() == Overwrite.NEVER) {
            return new Plan.Make(task);
        }
        if (ledger.size() == 0) {
            return new Plan.Make(task);
        }
        List<Output> outputs =
                task.renditions().stream().map(rendition -> output(rendition.target())).toList();
        if (!ledger.isDone(task.name(), task.bytes(), task.modified(), work, outputs)) {
            return new Plan.Make(task);
        }
        return ledger.isLastWord(task.name(), task.bytes(), task.modified(), work, outputs)
                ? new Plan.Skip()
                : new Plan.SayAgain(task, outputs);
    }

    /** The output as it is there now; of no size if it is not. */
    Output output(String target) {
        return outputs.now(relative(target));
    }

    /** Whether an output is there as the ledger has it. */
    boolean isThere(Output output) {
        Output now = outputs.now(output.path());
        return now.bytes() == output.bytes() && now.modified() == output.modified();
    }

    /** Whether the picture failed when it was tried last. */
    boolean hasFailed(Task task) {
        return ledger.hasFailed(task.name());
    }

    /** Whether something lies at a target now. */
    boolean isThere(String target) {
        return !outputs.isFree(relative(target));
    }

    /** A target's path below the output folder, percent-encoded. */
    String relative(String target) {
        return target.substring(outputUri.length());
    }

    /**
     * The hash of everything that decides how outputs look, but for the picture. The folder that
     * names are relative to is part of it: a picture of the same name, size and time elsewhere is
     * another one. In place it is not, as there the sources move together with the ledger, and
     * would be encoded a second time.
     */
    String work(Task task) {
        StringBuilder text = new StringBuilder(spec.limits().lenient() ? "lenient" : "strict");
        if (!task.source().startsWith(outputUri)) {
            text.append(", from ").append(root(task));
        }
        text.append(spec.limits().fastJpeg() ? "" : ", no fast JPEG");
        // What is left out has the hash that it had before there were these two.
        text.append(spec.limits().page() == 1 ? "" : ", page " + spec.limits().page());
        text.append(
                spec.limits().frames() == Limits.ALL_FRAMES
                        ? ""
                        : ", frames " + spec.limits().frames());
        task.renditions().forEach(rendition -> text.append('\n').append(rendition.recipe()));
        if (isListedByAddress()) {
            // Another address of the same name is another picture. There are as many as pictures.
            return sha256(text + "\n" + AddressName.of(task.source()));
        }
        return works.computeIfAbsent(text.toString(), Planner::sha256);
    }

    private boolean isListedByAddress() {
        return spec.input().fetched() instanceof Input.Address
                || spec.input().fetched() instanceof Input.Addresses;
    }

    /** What the names of sources are relative to. Addresses in a list have nothing in common. */
    private String root(Task task) {
        return switch (spec.input().fetched()) {
            // With a slash behind it or without, it is the same folder.
            case Input.Bucket bucket -> bucket.address().replaceFirst("/+$", "");
            case Input.Archive archive -> archive.file().toUri().getRawPath();
            case Input.Address _, Input.Addresses _ -> "addresses";
            case null -> task.source().substring(0, task.source().length() - task.name().length());
        };
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
