package imgpipe.operation;

import imgpipe.image.Picture;
import imgpipe.image.Size;

/**
 * An operation that moves pixels or leaves some out, but changes none: it only says which part of
 * the picture is seen, and from where. Several of them, and a resize behind, are done at once.
 */
sealed interface Move extends Operation permits Orient, Turn, Crop {
    /** What is seen after this step of what was seen before. */
    View seen(View view);

    /** The same for a picture in hand, which may decide. */
    default View seen(View view, Picture picture, OperationContext context) {
        return seen(view);
    }

    @Override
    default Picture apply(Picture picture, OperationContext context) {
        return seen(View.of(picture), picture, context).of(picture, context);
    }

    @Override
    default Size resultSize(Size size) {
        return seen(View.of(size)).size();
    }
}
