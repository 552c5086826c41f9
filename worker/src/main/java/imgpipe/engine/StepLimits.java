package imgpipe.engine;

import imgpipe.codec.PictureException;
import imgpipe.codec.PictureException.Reason;
import imgpipe.image.Picture;
import imgpipe.image.Size;
import imgpipe.operation.Operation;
import imgpipe.shard.Limits;
import java.util.Locale;

/** Compares what a step would make with what a picture may cost, before memory is spent on it. */
final class StepLimits {
    private StepLimits() {}

    /**
     * Fails on a step whose result costs more than a source may.
     *
     * @throws PictureException of reason LIMIT
     */
    static void require(Operation step, Picture picture, Limits limits) throws PictureException {
        Size size = step.resultSize(picture.size());
        int frames = picture.frames().size();
        if (size.pixels() * frames > limits.maxPixels()) {
            throw new PictureException(
                    Reason.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "the recipe would make %s pixels of it%s, %.1f million; --max-pixels"
                                    + " allows %.1f million",
                            size,
                            frames > 1 ? " in " + frames + " frames" : "",
                            size.pixels() * frames / 1e6,
                            limits.maxPixels() / 1e6));
        }
    }
}
