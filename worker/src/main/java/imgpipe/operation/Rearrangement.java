package imgpipe.operation;

import imgpipe.image.Orientation;
import imgpipe.image.Size;

/**
 * What a recipe comes to that changes no sample: a part of the stored picture, turned.
 *
 * @param left pixels of the stored picture on the left of the part
 * @param top pixels of the stored picture above it
 * @param part its size, as stored
 * @param turn how it is turned
 * @param pending how the result has to be turned further to stand upright
 */
public record Rearrangement(int left, int top, Size part, Orientation turn, Orientation pending) {
    /** Whether the result is what a viewer sees of the picture of this size and orientation. */
    public boolean shows(Size stored, Orientation orientation) {
        return part.equals(stored) && turn.then(pending) == orientation;
    }

    /** Size of the result. */
    public Size size() {
        return turn.turn(part);
    }
}
