package imgpipe.engine;

import imgpipe.codec.Codecs;
import imgpipe.codec.DecodeRequest;
import imgpipe.codec.Decoded;
import imgpipe.codec.Header;
import imgpipe.codec.JpegTransformer;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.ImageFormat;
import imgpipe.image.MetadataPolicy;
import imgpipe.image.Picture;
import imgpipe.image.Size;
import imgpipe.image.Workspace;
import imgpipe.image.WorkspaceFullException;
import imgpipe.operation.Recipe;
import imgpipe.operation.RecipeException;
import imgpipe.operation.RecipeParser;
import imgpipe.operation.UnfitException;
import imgpipe.paint.ColorConversion;
import imgpipe.resample.Resampler;
import imgpipe.shard.Answer;
import imgpipe.shard.Deferred;
import imgpipe.shard.FailureKind;
import imgpipe.shard.FileFault;
import imgpipe.shard.Limits;
import imgpipe.shard.MemoryBudget;
import imgpipe.shard.Outcome;
import imgpipe.shard.Rendition;
import imgpipe.shard.Task;
import imgpipe.shard.Written;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Does one task after another: read, look at the header, decode once, and for each rendition the
 * recipe's steps, encode, write to a temporary file. Belongs to one thread.
 */
public final class Engine implements TaskEngine {
    /** How many recipes are kept parsed; a run has one for each format. */
    private static final int RECIPES = 100;

    private final Codecs codecs;
    private final Resampler resampler = Resampler.create();
    private final ColorConversion colors = new ColorConversion();
    private final Workspace workspace = new Workspace();
    private final Optional<JpegTransformer> transformer = JpegTransformer.ofThisMachine();
    private final Map<String, Recipe> recipes = new HashMap<>();
    private final Marks marks;
    private final RenditionMaker maker;

    private Engine(Codecs codecs) {
        this.codecs = codecs;
        marks = new Marks(codecs, resampler, colors);
        maker = new RenditionMaker(codecs, workspace, resampler, colors, marks);
    }

    /** An engine with the codecs that this machine has. */
    public static Engine create() {
        return new Engine(Codecs.ofThisMachine());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Whatever is wrong with the picture or the disk is a {@link Outcome.Failed}; only {@link
     * Error}s are thrown.
     */
    @Override
    public Outcome run(Task task, Limits limits, Path temporaryFolder) {
        return switch (run(task, limits, temporaryFolder, MemoryBudget.UNBOUNDED)) {
            case Outcome outcome -> outcome;
            case Deferred deferred -> throw new IllegalStateException("not for later: " + deferred);
        };
    }

    /**
     * {@inheritDoc}
     *
     * <p>That is estimated; where the estimate is too low and the picture wants more, it is put off
     * or fails then.
     */
    @Override
    public Answer run(Task task, Limits limits, Path temporaryFolder, MemoryBudget budget) {
        if (workspace.reset()) {
            // What that picture left on the heap is of no use either.
            System.gc();
        }
        workspace.bound(budget.own().offHeap());
        Admission admission = new Admission(budget);
        try {
            MemorySegment file = SourceFile.read(task, limits, workspace);
            return make(task, file, limits, temporaryFolder, admission);
        } catch (WorkspaceFullException e) {
            return admission.tooLarge(task, e.wanted());
        } catch (PictureException e) {
            return failed(task, kind(e.reason()), sentence(e));
        } catch (SourceFile.ChangedException e) {
            return failed(task, FailureKind.CHANGED, sentence(e));
        } catch (UnfitException e) {
            return failed(task, FailureKind.UNFIT, sentence(e));
        } catch (WriteException e) {
            return failed(
                    task, e.diskFull() ? FailureKind.DISK_FULL : FailureKind.WRITE, sentence(e));
        } catch (MarkException e) {
            return failed(task, FailureKind.READ, sentence(e));
        } catch (IOException e) {
            return failed(task, FailureKind.READ, "it cannot be read: " + FileFault.reason(e));
        } catch (RuntimeException e) {
            return failed(task, FailureKind.INTERNAL, "imgpipe itself failed on it: " + e);
        }
    }

    private Answer make(
            Task task, MemorySegment file, Limits limits, Path temporaryFolder, Admission admission)
            throws PictureException, WriteException, MarkException {
        List<Recipe> wanted = new ArrayList<>();
        for (Rendition rendition : task.renditions()) {
            wanted.add(recipe(rendition.recipe()));
        }
        marks.prepare(wanted);
        ImageFormat format = codecs.sniff(file);
        codecs.turnTo(format, file, limits.page());
        Header header = codecs.header(format, file);
        int most = wanted.isEmpty() ? limits.frames() : mostFrames(wanted, format, limits);
        int frames = Math.min(header.frames(), most);
        HeaderLimits.require(header, frames, limits);
        Optional<Answer> refusal = refusal(task, file, header, frames, wanted, limits, admission);
        if (refusal.isPresent()) {
            return refusal.get();
        }

        Set<String> warnings = new LinkedHashSet<>();
        LosslessJpeg lossless =
                format == ImageFormat.JPEG
                        ? transformer
                                .map(it -> new LosslessJpeg(it, colors, file, workspace))
                                .orElse(null)
                        : null;
        Written[] written = new Written[wanted.size()];
        List<Recipe> coded = new ArrayList<>();
        for (int i = 0; i < written.length; i++) {
            Recipe recipe = wanted.get(i);
            Workspace.Mark mark = workspace.mark();
            Optional<Encoded> made =
                    lossless == null ? Optional.empty() : lossless.make(recipe, warnings);
            if (made.isPresent()) {
                written[i] = write(temporaryFolder.resolve(task.temporaryName(i)), made.get());
            } else {
                coded.add(recipe);
            }
            workspace.release(mark);
        }
        if (!coded.isEmpty() || wanted.isEmpty()) {
            DecodeRequest request =
                    new DecodeRequest(
                            wanted.isEmpty() ? null : floor(coded, header),
                            most,
                            limits.lenient(),
                            coded.stream().anyMatch(Engine::keepsMetadata),
                            limits.fastJpeg());
            Decoded decoded = codecs.decode(format, file, request, workspace);
            warnings.addAll(decoded.warnings());
            DecodedSource source =
                    new DecodedSource(file, header, limits, decoded, resampler, workspace);
            for (int i = 0; i < written.length; i++) {
                if (written[i] == null) {
                    Picture picture = source.pictureFor(wanted.get(i));
                    // What was decoded serves the next rendition too; what is made of it does not.
                    Workspace.Mark mark = workspace.mark();
                    Encoded made = maker.make(source, picture, wanted.get(i), warnings);
                    written[i] = write(temporaryFolder.resolve(task.temporaryName(i)), made);
                    workspace.release(mark);
                }
            }
        }
        return new Outcome.Done(
                task.id(),
                List.of(written),
                header.size().pixels() * frames,
                List.copyOf(warnings));
    }

    /** Pictures that take little, as nearly all do, cost hardly a thought. */
    private Optional<Answer> refusal(
            Task task,
            MemorySegment file,
            Header header,
            int frames,
            List<Recipe> recipes,
            Limits limits,
            Admission admission)
            throws PictureException {
        Size floor = recipes.isEmpty() ? header.size() : floor(recipes, header);
        MemoryEstimate estimate =
                new MemoryEstimate(codecs, header, frames, floor, limits.maxPixels());
        return admission.hasPlenty(estimate.atMost(recipes, file.byteSize()))
                ? Optional.empty()
                : admission.refuse(task, estimate.of(recipes, file));
    }

    private static Written write(Path target, Encoded output) throws WriteException {
        try {
            long crc = TemporaryFile.write(target, output.bytes());
            Size size = output.size();
            return new Written(output.bytes().byteSize(), crc, size.width(), size.height());
        } catch (IOException e) {
            throw new WriteException(e);
        }
    }

    /** Frames that are not written are not decoded, unless only the reader can say so. */
    private int mostFrames(List<Recipe> recipes, ImageFormat source, Limits limits)
            throws PictureException {
        boolean readable = codecs.reader(source).animates(source);
        for (Recipe recipe : recipes) {
            ImageFormat target = recipe.target();
            if (target.animated() && !(readable && !codecs.writesAnimations(target))) {
                return limits.frames();
            }
        }
        return 1;
    }

    /** One decode serves all renditions, so it has as many pixels as the largest of them needs. */
    private static Size floor(List<Recipe> recipes, Header header) {
        int width = 1;
        int height = 1;
        for (Recipe recipe : recipes) {
            Size floor = recipe.floor(header.size(), header.orientation());
            width = Math.max(width, floor.width());
            height = Math.max(height, floor.height());
        }
        return new Size(width, height);
    }

    private Recipe recipe(String text) {
        if (recipes.size() > RECIPES) {
            recipes.clear();
        }
        return recipes.computeIfAbsent(text, Engine::parse);
    }

    private static Recipe parse(String text) {
        try {
            return RecipeParser.parse(text);
        } catch (RecipeException e) {
            throw new IllegalArgumentException("recipe \"" + text + "\": " + e.getMessage(), e);
        }
    }

    private static boolean keepsMetadata(Recipe recipe) {
        return recipe.settings().metadata() != MetadataPolicy.NONE;
    }

    private static FailureKind kind(Reason reason) {
        return switch (reason) {
            case NOT_A_PICTURE -> FailureKind.NOT_A_PICTURE;
            case UNSUPPORTED -> FailureKind.UNSUPPORTED;
            case TRUNCATED -> FailureKind.TRUNCATED;
            case CORRUPT -> FailureKind.CORRUPT;
            case LIMIT -> FailureKind.LIMIT;
        };
    }

    private static Outcome failed(Task task, FailureKind kind, String sentence) {
        return new Outcome.Failed(task.id(), kind, task.name(), sentence);
    }

    private static String sentence(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** Bytes held for pictures, but for those of marks. */
    long capacity() {
        return workspace.capacity();
    }

    /** Gives codecs and memory back. */
    @Override
    public void close() {
        codecs.close();
        marks.close();
        workspace.close();
    }
}
