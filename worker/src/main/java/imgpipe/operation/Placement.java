package imgpipe.operation;

import imgpipe.image.Orientation;
import imgpipe.image.Size;

/**
 * Where everything goes when a picture is resized.
 *
 * @param scaled the whole picture at its new scale
 * @param kept the part of it that is kept
 * @param canvas the result
 * @param left where the kept part begins in the scaled picture, or in the canvas if that is larger
 * @param top likewise
 */
record Placement(Size scaled, Size kept, Size canvas, int left, int top) {
    boolean pads() {
        return !kept.equals(canvas);
    }

    boolean crops() {
        return !kept.equals(scaled);
    }

    /** Whether a picture of this size stays as it is. */
    boolean keeps(Size size) {
        return scaled.equals(size) && canvas.equals(size);
    }

    /** The same, keeping the part that begins here. */
    Placement at(Window part) {
        return new Placement(scaled, kept, canvas, part.left(), part.top());
    }

    /** The same for the picture as it is stored. */
    Placement before(Orientation orientation) {
        Window stored = new Window(left, top, kept).before(orientation, pads() ? canvas : scaled);
        return new Placement(
                orientation.turn(scaled),
                stored.size(),
                orientation.turn(canvas),
                stored.left(),
                stored.top());
    }
}
