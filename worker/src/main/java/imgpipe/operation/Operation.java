package imgpipe.operation;

import imgpipe.image.Picture;
import imgpipe.image.Size;

/**
 * One step of a recipe. Its text form, as {@link RecipeParser} reads it, is its {@code toString()}.
 */
public sealed interface Operation
        permits Move,
                Resize,
                ResizeStored,
                Rotate,
                Pad,
                Trim,
                ToSrgb,
                Flatten,
                Grey,
                Blur,
                Sharpen,
                Adjust,
                Watermark {
    /**
     * The picture with this step done, or the picture itself if there is nothing to do. Planes of
     * the argument are neither changed nor freed.
     *
     * @throws UnfitException if it cannot be done to this picture
     */
    Picture apply(Picture picture, OperationContext context);

    /**
     * The size of the result for a picture of this size, turned by {@code Orient} if that came
     * before; no smaller than it where only the samples can tell.
     *
     * @throws UnfitException if it cannot be done to such a picture
     */
    default Size resultSize(Size size) {
        return size;
    }
}
