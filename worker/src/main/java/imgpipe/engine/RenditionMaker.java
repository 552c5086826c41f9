package imgpipe.engine;

import imgpipe.codec.Codecs;
import imgpipe.codec.MetadataEdit;
import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Metadata;
import imgpipe.image.Picture;
import imgpipe.image.Workspace;
import imgpipe.operation.Operation;
import imgpipe.operation.Recipe;
import imgpipe.operation.ToSrgb;
import imgpipe.paint.ColorConversion;
import imgpipe.resample.Resampler;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One output of a decoded picture: the recipe's steps, then its format. */
record RenditionMaker(
        Codecs codecs,
        Workspace workspace,
        Resampler resampler,
        ColorConversion colors,
        Marks marks) {
    /**
     * Makes it.
     *
     * @param picture of the source, with as many samples as the recipe needs
     * @param recipe with a format
     * @param warnings takes sentences
     */
    Encoded make(DecodedSource source, Picture picture, Recipe recipe, Set<String> warnings)
            throws PictureException {
        ImageFormat format = recipe.target();
        EncodeSettings settings = recipe.settings();
        RenditionContext context =
                new RenditionContext(
                        workspace,
                        resampler,
                        colors,
                        format,
                        settings,
                        recipe.operations().contains(new ToSrgb()),
                        marks);
        Picture decoded = frames(source, picture, format, warnings);
        Picture stepped = decoded;
        for (Operation step : recipe.steps(decoded.orientation())) {
            StepLimits.require(step, stepped, source.limits());
            stepped = step.apply(stepped, context);
        }
        Picture conformed = context.conform(stepped, codecs.writer(format));
        List<String> lost = new ArrayList<>();
        Metadata metadata =
                MetadataEdit.apply(
                        decoded, conformed, settings.metadata(), format, recipe.keepsView(), lost);
        warnings.addAll(lost);
        Optional<MemorySegment> kept =
                source.pixels().insteadOf(stepped.with(metadata), format, settings, workspace);
        MemorySegment bytes = encode(conformed.with(metadata), format, settings, kept);
        return new Encoded(bytes, conformed.size());
    }

    /**
     * The picture as a file; the one that is there, if there is one, where that saves too little or
     * cannot be done.
     */
    private MemorySegment encode(
            Picture picture,
            ImageFormat format,
            EncodeSettings settings,
            Optional<MemorySegment> kept)
            throws PictureException {
        try {
            MemorySegment made = SizedEncoder.encode(codecs, picture, format, settings, workspace);
            double share = 1 - settings.minSavings() / 100;
            return kept.filter(file -> made.byteSize() > file.byteSize() * share).orElse(made);
        } catch (PictureException e) {
            if (e.reason() == Reason.LIMIT && kept.isPresent()) {
                return kept.get();
            }
            throw e;
        }
    }

    /** What was decoded, or its first frame where no more are written. */
    private Picture frames(
            DecodedSource source, Picture decoded, ImageFormat format, Set<String> warnings)
            throws PictureException {
        if (codecs.writesAnimations(format)) {
            return decoded;
        }
        if (format.animated() && source.isAnimated()) {
            warnings.add(
                    "only the first of its frames was written: no codec here writes animated "
                            + format
                            + "; see imgpipe doctor");
        }
        return decoded.firstFrame();
    }
}
