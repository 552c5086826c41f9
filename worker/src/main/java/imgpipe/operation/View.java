package imgpipe.operation;

import imgpipe.image.Orientation;
import imgpipe.image.Picture;
import imgpipe.image.Size;

/**
 * What is seen of a stored picture: a part of it, turned.
 *
 * @param window the part, in pixels of the stored picture
 * @param turn how the part is turned
 * @param pending how it has to be turned further to stand upright
 */
record View(Window window, Orientation turn, Orientation pending) {
    /** All of a picture, as it lies. */
    static View of(Picture picture) {
        return of(picture.size(), picture.orientation());
    }

    /** All of an upright picture of this size. */
    static View of(Size size) {
        return of(size, Orientation.UPRIGHT);
    }

    /** All of a picture stored with this size and orientation, as it lies. */
    static View of(Size stored, Orientation orientation) {
        return new View(Window.of(stored), Orientation.UPRIGHT, orientation);
    }

    /** How large it looks. */
    Size size() {
        return turn.turn(window.size());
    }

    /** The same, turned upright. */
    View oriented() {
        return new View(window, turn.then(pending), Orientation.UPRIGHT);
    }

    /** The same, turned further. */
    View turned(Orientation by) {
        return new View(window, turn.then(by), pending);
    }

    /** A part of it, as it is seen. */
    View cropped(Window part) {
        return new View(window.part(part.before(turn, size())), turn, pending);
    }

    /** The picture as it is seen; itself if that is how it lies. */
    Picture of(Picture stored, OperationContext context) {
        Picture turned = Turning.of(window.of(stored, context), turn, context);
        return pending == turned.orientation() ? turned : turned.with(pending);
    }
}
