package imgpipe.cli;

import imgpipe.image.Chroma;
import imgpipe.image.EncodeSettings;
import imgpipe.image.Gravity;
import imgpipe.image.ImageFormat;
import imgpipe.image.MetadataPolicy;
import imgpipe.image.Rgb;
import imgpipe.job.ReadableName;
import imgpipe.job.RenditionSpec;
import imgpipe.operation.Box;
import imgpipe.operation.Fit;
import imgpipe.operation.Flatten;
import imgpipe.operation.Operation;
import imgpipe.operation.Orient;
import imgpipe.operation.Recipe;
import imgpipe.operation.RecipeException;
import imgpipe.operation.RecipeParser;
import imgpipe.operation.Resize;
import imgpipe.operation.ToSrgb;
import imgpipe.resample.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The recipes that the arguments of a verb that works on pictures stand for. */
final class RecipeArguments {
    private final Arguments arguments;
    private final Values values;

    private RecipeArguments(Arguments arguments) {
        this.arguments = arguments;
        this.values = new Values(arguments);
    }

    /**
     * What is made of every picture.
     *
     * @throws UsageException for values that cannot be, alone or together
     */
    static List<RenditionSpec> renditions(Arguments arguments) throws UsageException {
        RecipeArguments maker = new RecipeArguments(arguments);
        List<RenditionSpec> renditions = maker.renditions();
        if (arguments.has(Opt.SMART) && renditions.stream().noneMatch(RecipeArguments::isSmart)) {
            throw new UsageException(
                    "--smart chooses what is cut off where a box is covered, and none is; write"
                            + " "
                            + (arguments.verb() == Verb.THUMBS ? Opt.SIZES : Opt.BOX)
                            + " 200x200^ or --fit cover");
        }
        maker.background();
        for (RenditionSpec rendition : renditions) {
            requireHeeded(rendition.recipe());
        }
        return renditions;
    }

    /** Who asks a format for what it cannot do would not notice it in the outputs. */
    private static void requireHeeded(Recipe recipe) throws UsageException {
        ImageFormat format = recipe.format();
        if (format == null) {
            return;
        }
        EncodeSettings settings = recipe.settings();
        if (settings.lossless() && (format == ImageFormat.JPEG || format == ImageFormat.GIF)) {
            throw new UsageException(
                    format + " has no lossless kind; write png, webp or avif, or leave it out");
        }
        if (settings.colors() > 0 && format != ImageFormat.PNG) {
            throw new UsageException(
                    "a palette of so many colors is for png, not " + format + "; leave it out");
        }
    }

    private static boolean isSmart(RenditionSpec rendition) {
        return rendition.recipe().operations().stream()
                .anyMatch(operation -> operation instanceof Resize resize && resize.smart());
    }

    /** The recipe that {@code run} was given, as text that means the same in every folder. */
    static String recipe(Arguments arguments) throws UsageException {
        return MarkFiles.found(read(arguments.operands().getFirst())).toString();
    }

    private List<RenditionSpec> renditions() throws UsageException {
        return switch (arguments.verb()) {
            case RESIZE, BENCH -> {
                String size = arguments.value(Opt.BOX).orElse("1600x1600");
                yield List.of(rendition(Opt.BOX, size, format()));
            }
            case THUMBS -> thumbs();
            case CONVERT -> List.of(RenditionSpec.of(convert()));
            case WATERMARK -> List.of(RenditionSpec.of(MarkFiles.found(watermark())));
            case RUN -> {
                Recipe recipe = run(arguments.operands().getFirst());
                yield List.of(RenditionSpec.of(MarkFiles.found(recipe)));
            }
            // Nothing is made of pictures.
            case VERIFY, FETCH, PUSH -> List.of(RenditionSpec.of(Recipe.EMPTY));
            case RETRY, REPORT, IDENTIFY, FORMATS, DOCTOR, HELP, COMPLETION ->
                    throw new IllegalArgumentException(arguments.verb() + " has no recipe");
        };
    }

    private RenditionSpec rendition(Opt option, String size, @Nullable ImageFormat format)
            throws UsageException {
        return new RenditionSpec(
                steps(Optional.of(resize(option, size)), format), RenditionSpec.nameOf(size));
    }

    private List<RenditionSpec> thumbs() throws UsageException {
        List<String> sizes = list(Opt.SIZES);
        if (sizes.isEmpty()) {
            throw new UsageException("thumbs lacks --sizes; write --sizes 1600,800,200x200^");
        }
        List<RenditionSpec> renditions = new ArrayList<>();
        List<String> formats = list(Opt.TO);
        for (String size : sizes) {
            if (formats.isEmpty()) {
                renditions.add(rendition(Opt.SIZES, size, null));
            }
            for (String format : formats) {
                renditions.add(rendition(Opt.SIZES, size, format(format)));
            }
        }
        return renditions;
    }

    /** The parts of a value that commas separate; none if the option is not given. */
    private List<String> list(Opt option) throws UsageException {
        Optional<String> text = arguments.value(option);
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> parts = Arrays.asList(text.get().split(",", -1));
        if (parts.stream().distinct().count() < parts.size()) {
            throw Values.wrong(option, text.get(), "each of them once");
        }
        return parts;
    }

    private Recipe convert() throws UsageException {
        if (!arguments.has(Opt.TO)) {
            throw new UsageException(
                    "convert lacks --to; write --to with one of "
                            + String.join(", ", Opt.TO.choices()));
        }
        return steps(Optional.empty(), format());
    }

    private Recipe watermark() throws UsageException {
        Recipe plain = steps(Optional.empty(), format());
        List<Operation> steps = new ArrayList<>(plain.operations());
        steps.add(MarkArguments.watermark(arguments));
        return new Recipe(steps, plain.format(), plain.settings());
    }

    /** The order of the work: upright, resized, in sRGB, opaque. */
    private Recipe steps(Optional<Operation> resize, @Nullable ImageFormat format)
            throws UsageException {
        List<Operation> steps = new ArrayList<>();
        if (!arguments.has(Opt.NO_ORIENT)) {
            steps.add(new Orient());
        }
        resize.ifPresent(steps::add);
        if (values.constant(Opt.COLOR, ColorChoice.SRGB) == ColorChoice.SRGB) {
            steps.add(new ToSrgb());
        }
        if (arguments.has(Opt.BACKGROUND) && (format == null || !format.alpha())) {
            steps.add(new Flatten(background()));
        }
        return new Recipe(steps, format, settings());
    }

    private Operation resize(Opt option, String size) throws UsageException {
        boolean covering = size.endsWith("^");
        Optional<Box> box = Box.parse(covering ? size.substring(0, size.length() - 1) : size);
        if (box.isEmpty()) {
            throw Values.wrong(
                    option,
                    size,
                    "800, 800x600, 800x, x600 (sides from 1 to " + Box.LONGEST + ") or 50%");
        }
        Fit fit = values.word(Opt.FIT, covering ? Fit.COVER : Fit.INSIDE, Fit::of);
        if (covering && fit != Fit.COVER) {
            throw new UsageException(
                    option
                            + " "
                            + size
                            + " asks for cover and --fit for "
                            + fit
                            + "; leave one out");
        }
        return new Resize(
                box.get(),
                fit,
                values.word(Opt.GRAVITY, Gravity.CENTRE, Gravity::of),
                values.word(Opt.KERNEL, Kernel.LANCZOS3, Kernel::of),
                arguments.has(Opt.ENLARGE),
                background(),
                arguments.has(Opt.BEST),
                arguments.has(Opt.SMART) && fit == Fit.COVER,
                arguments.has(Opt.LINEAR));
    }

    private Recipe run(String text) throws UsageException {
        Recipe recipe = read(text);
        List<Opt> given =
                Arrays.stream(Opt.values())
                        .filter(option -> option.group() == OptionGroup.FORMAT)
                        .filter(arguments::has)
                        .toList();
        if (given.isEmpty()) {
            return recipe;
        }
        ImageFormat written = recipe.format();
        if (written != null) {
            throw new UsageException(
                    given.stream().map(Opt::toString).collect(Collectors.joining(", "))
                            + " cannot be given when the recipe ends in a format; write it behind "
                            + written
                            + " in the recipe");
        }
        return new Recipe(recipe.operations(), format(), settings());
    }

    private static Recipe read(String text) throws UsageException {
        return parsed(text.startsWith("@") ? content(text.substring(1)) : text);
    }

    private static Recipe parsed(String text) throws UsageException {
        try {
            return RecipeParser.parse(text);
        } catch (RecipeException e) {
            throw new UsageException(
                    "recipe: " + ReadableName.oneLine(String.valueOf(e.getMessage())), e);
        }
    }

    private static String content(String file) throws UsageException {
        try {
            // Positions in messages stay right as no character is dropped.
            return Files.readString(Path.of(file), StandardCharsets.UTF_8)
                    .replace('\n', ' ')
                    .replace('\r', ' ');
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(
                    "the recipe @"
                            + Values.quoted(file)
                            + " cannot be read as UTF-8 text; name a file behind the @",
                    e);
        }
    }

    private @Nullable ImageFormat format() throws UsageException {
        Optional<String> name = arguments.value(Opt.TO);
        return name.isEmpty() ? null : format(name.get());
    }

    private static ImageFormat format(String name) throws UsageException {
        Optional<ImageFormat> format = ImageFormat.ofName(name);
        if (format.isEmpty() || !format.get().writable()) {
            throw Values.wrong(Opt.TO, name, "one of " + String.join(", ", Opt.TO.choices()));
        }
        return format.get();
    }

    private EncodeSettings settings() throws UsageException {
        EncodeSettings defaults = EncodeSettings.DEFAULT;
        return defaults.withQuality(values.number(Opt.QUALITY, defaults.askedQuality(), 1, 100))
                .withChroma(values.word(Opt.CHROMA, defaults.chroma(), Chroma::of))
                .withProgressive(arguments.has(Opt.PROGRESSIVE))
                .withLossless(arguments.has(Opt.LOSSLESS))
                .withMaxBytes(values.bytes(Opt.MAX_BYTES, 0, 1, "a size such as 200k or 2M"))
                .withMinSavings(values.percent(Opt.MIN_SAVINGS, 0, 0.1, 99))
                .withEffort(values.number(Opt.EFFORT, 0, 1, 9))
                .withColors(values.number(Opt.COLORS, 0, 2, 256))
                .with(values.word(Opt.METADATA, MetadataPolicy.NONE, MetadataPolicy::of));
    }

    private Rgb background() throws UsageException {
        String text = arguments.value(Opt.BACKGROUND).orElse("white");
        return Rgb.of(text)
                .orElseThrow(
                        () ->
                                Values.wrong(
                                        Opt.BACKGROUND,
                                        text,
                                        "#rrggbb, #rgb or a name such as white"));
    }
}
