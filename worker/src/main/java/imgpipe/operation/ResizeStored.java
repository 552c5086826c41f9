package imgpipe.operation;

import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Size;

/**
 * A resize that was moved before the turn that comes before it in the recipe: turning the small
 * picture costs less.
 *
 * @param resize as it stands in the recipe, meant for the upright picture
 * @param orientation of the picture as stored
 */
record ResizeStored(Resize resize, Orientation orientation) implements Operation {
    @Override
    public Picture apply(Picture picture, OperationContext context) {
        return resize.applyBefore(orientation, picture, context);
    }

    @Override
    public Size resultSize(Size size) {
        return orientation.turn(resize.resultSize(orientation.turn(size)));
    }
}
